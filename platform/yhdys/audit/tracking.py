"""Which tables keep their past, and how: every table of a region, unless it is named here with the reason.

Called once all models are there and have their columns of every language (``AuditConfig.ready``). Each tracked table
gets another beside it, of the same columns, into which triggers put what a row was before it changed or went. The row
itself tells what it is now, so a row that never changes costs nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from pghistory import core as library
from psycopg import sql

from yhdys.audit.models import Past
from yhdys.audit.triggers import KeepLinks, KeepPast
from yhdys.core import clock
from yhdys.privacy.register import past_columns
from yhdys.tenancy.models import RegionalModel

NOT_TRACKED = {
    "tenancy.outboxentry": "An effect that waits or is done; it goes after thirty days.",
    "tenancy.actionlink": "A key by its hash; what was done with it stands in the audit trail.",
    "tenancy.keptlimit": "A count of attempts that lives for minutes.",
    "mail.outgoingmail": "A letter does not change once written, and its words go after a year.",
    "mail.mailattachment": "A part of a letter.",
    "meetings.keptdocument": "Made anew from the records whenever they change.",
    "demo.loadedrecord": "What the demonstration has loaded; nobody changes it.",
    "audit.entry": "It is the history.",
    "audit.reading": "It is history, too: who read what.",
    "accounts.session": "Where somebody is signed in; it ends after fourteen days.",
    "tokens.accesstoken": "A secret by its hash; the audit trail tells when it was made and revoked.",
    "account.emailaddress": "The sign-in library's copy of the user's address, which is tracked.",
    "account.emailconfirmation": "A code of minutes.",
    "mfa.authenticator": "A secret.",
    "socialaccount.socialaccount": "Whom an identity provider vouches for; the audit trail tells when.",
    "socialaccount.socialapp": "A secret.",
    "socialaccount.socialtoken": "A secret.",
}
"""Tables of a region's schema without a past, by the label of their model, and why."""
COLUMNS_NOT_TRACKED = {
    "accounts.user": {
        "password": "A secret.",
        "last_login": "Changes at each sign-in.",
        "session_generation": "Goes up when sign-ins are ended; the audit trail tells when.",
    },
    "accounts.identityprovider": {"locked_secret": "A secret."},
}
"""Columns without a past, by the label of their model, and why."""
DERIVED = frozenset({"id", "created_at", "updated_at", "sort_key"})
"""What every table has, or what is computed from the rest."""
_SECRET = re.compile(r"password|secret|token|digest|hash")

_pasts: dict[type[models.Model], type[Past]] = {}
_links: dict[tuple[type[models.Model], str], type[Past]] = {}


class _Tracker(library.Tracker):
    """Registers the trigger of a past table with the tracked one."""

    def __init__(self, trigger: type[KeepLinks | KeepPast], columns: Mapping[str, str]) -> None:
        super().__init__(label=trigger.name)  # type: ignore[no-untyped-call]  # the library's types end here
        self.trigger, self.columns = trigger, columns

    def setup(self, event_model: Any) -> None:
        """Called by the library when the past table's model is there."""
        pgtrigger.register(self.trigger(event_model, self.columns))(event_model.pgh_tracked_model)


def past_of(model: type[models.Model]) -> type[Past]:
    """The past of a table. Raises KeyError for one that is not tracked."""
    return _pasts[model]


def past_of_links(model: type[models.Model], field: str) -> type[Past]:
    """The past of a many-to-many field. Raises KeyError for one that is not tracked."""
    return _links[model, field]


def tracked_models() -> list[type[models.Model]]:
    """Every table that keeps its past, by name."""
    return sorted(_pasts, key=lambda model: model._meta.label)


def tracked_links() -> list[tuple[type[models.Model], str]]:
    """Every many-to-many field that keeps its past, by name."""
    return sorted(_links, key=lambda one: (one[0]._meta.label, one[1]))


def tracked_columns(model: type[models.Model]) -> list[str]:
    """The columns whose past is kept. A translated text is told by its languages; its bare name only points to one.

    Raises ImproperlyConfigured when one of them seems to hold a secret.
    """
    fields = [field for field in model._meta.local_fields if isinstance(field, models.Field)]
    names = {field.name for field in fields}
    left_out = {*DERIVED, *COLUMNS_NOT_TRACKED.get(model._meta.label_lower, ())}
    kept = [field for field in fields if field.name not in left_out and f"{field.name}_fi" not in names]
    for field in kept:
        if _SECRET.search(field.name):
            raise ImproperlyConfigured(
                f"{model._meta.label}.{field.name} looks like a secret, which history must not keep. "
                "Name the table or the column in yhdys.audit.tracking, with the reason."
            )
    return [field.name for field in kept]


def track_all() -> None:
    """Give every table of a region its past. Call once, when all models are ready."""
    for model in apps.get_models():
        if issubclass(model, RegionalModel) and model._meta.managed and model._meta.label_lower not in NOT_TRACKED:
            _track(model)
            for field in model._meta.local_many_to_many:
                _track_links(model, field)


def _track(model: type[models.Model]) -> None:
    names = tracked_columns(model)
    fields = [model._meta.get_field(name) for name in names]
    columns = {str(field.column): str(field.column) for field in fields}  # type: ignore[union-attr]  # a column each
    _pasts[model] = _past(model, f"{model.__name__}Past", names, _Tracker(KeepPast, {"pgh_obj_id": "id"} | columns))


def _track_links(model: type[models.Model], field: "models.ManyToManyField[Any, Any]") -> None:
    through: Any = field.remote_field.through
    if not through._meta.auto_created:
        return  # A table of its own, tracked as such.
    name = f"{model.__name__}{field.name.title()}"
    meta = type("Meta", (), {"proxy": True, "app_label": model._meta.app_label, "default_permissions": ()})
    proxy = type(name, (through,), {"__module__": through.__module__, "Meta": meta})
    near, far = (through._meta.get_field(end) for end in (field.m2m_field_name(), field.m2m_reverse_field_name()))
    tracker = _Tracker(KeepLinks, {"pgh_obj_id": near.column, far.column: far.column})
    _links[model, field.name] = _past(proxy, f"{name}Past", [far.name], tracker)


def _past(model: type[models.Model], name: str, fields: Sequence[str], tracker: _Tracker) -> Any:
    return library.create_event_model(
        model,
        tracker,
        fields=list(fields),
        attrs={one: key for one in fields if (key := _bare_key(model._meta.get_field(one))) is not None}
        | {"pgh_personal": past_columns(model._meta.label_lower)},
        model_name=name,
        obj_field=None,  # type: ignore[arg-type]  # as its documentation has it
        context_field=None,  # type: ignore[arg-type]  # as above
        base_model=Past,
        abstract=False,
        meta={"base_manager_name": "objects", "default_permissions": ()},
    )


def _bare_key(field: Any) -> "models.Field[Any, Any] | None":
    """A relation as the key that it holds: what it pointed to may be gone."""
    if not field.is_relation:
        return None
    key = field.target_field
    length = {} if key.max_length is None else {"max_length": key.max_length}
    bare: models.Field[Any, Any] = type(key)(null=True, db_column=field.column, **length)
    return bare


@contextmanager
def own_dates() -> Iterator[None]:
    """Let what is written inside bear, in history too, the moments of ``clock.at``: for a past that is told today.

    Within one transaction. Raises TransactionManagementError outside of any.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A past is told in one transaction.")
    said: list[str] = [""]

    def dated(execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        if str(statement).startswith("ROLLBACK"):
            said.clear()  # it takes back what was said since the savepoint
        elif str(statement).startswith(("INSERT", "UPDATE", "DELETE")):
            moment = clock.now().isoformat() if clock.is_fixed() else ""
            if said != [moment]:
                with connection.cursor() as cursor:
                    cursor.execute(sql.SQL("SET LOCAL yhdys.at TO {}").format(sql.Literal(moment)).as_string(None))
                said[:] = [moment]
        return execute(statement, params, many, context)

    with connection.execute_wrapper(dated):
        yield
    if said != [""]:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL yhdys.at TO ''")
