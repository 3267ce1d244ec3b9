"""What the database itself writes into rows of the audit trail and of history."""

from django.db import models
from django.db.models import Func


class Transaction(Func):
    """The number of the running transaction: what was changed and who says so bear the same."""

    template = "(pg_current_xact_id()::text)::bigint"
    arity = 0
    output_field = models.BigIntegerField()


class Moment(Func):
    """When the running transaction began, in UTC; or the moment of the past that is being told (``own_dates``).

    Together with the number it names a transaction for ever: numbers begin anew in a restored database.
    """

    template = "COALESCE(NULLIF(current_setting('yhdys.at', true), '')::timestamptz, transaction_timestamp())"
    arity = 0
    output_field = models.DateTimeField()
