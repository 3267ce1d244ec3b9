"""The effect that carries letters out."""

from django.db import transaction

from yhdys.mail.actions import deliver, give_up
from yhdys.mail.models import OutgoingMail
from yhdys.tenancy import outbox


def _given_up(pk: str, *, error: str) -> None:
    give_up(OutgoingMail.objects.get(pk=pk), error)


@outbox.effect("mail.deliver", on_failure=_given_up)
@transaction.atomic
def deliver_mail(pk: str) -> None:
    """Deliver one letter. Raises what the mail server or the network raised: the outbox tries again."""
    deliver(OutgoingMail.objects.select_for_update().get(pk=pk))
