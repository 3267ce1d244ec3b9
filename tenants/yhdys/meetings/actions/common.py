"""What several actions share: locks, and the way from an invalid record to a refusal."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.core.errors import ActionRefused
from yhdys.meetings.models import AgendaItem, Meeting, Minutes

type By = User | None


def locked[M: models.Model](record: M) -> M:
    """The record as it is now, locked until the transaction ends. Raises ActionRefused when it is gone."""
    kind = type(record)
    try:
        found: M = kind._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    except kind.DoesNotExist:  # type: ignore[attr-defined]  # every model has it
        raise ActionRefused(_("“{name}” has been removed in the meantime.").format(name=record)) from None
    return found


def locked_with_meeting(item: AgendaItem) -> tuple[AgendaItem, Meeting]:
    """An item and its meeting, both locked, the meeting first, so that two actions never wait for each other."""
    meeting = locked(item.meeting)
    fresh = locked(item)
    fresh.meeting = meeting
    return fresh, meeting


def refuse_locked_record(meeting: Meeting) -> None:
    """Raise ActionRefused when the minutes have been approved: after that only corrections."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None and minutes.is_locked:
        raise ActionRefused(
            _("The minutes have been approved, so the record of the meeting is locked. Write a correction instead.")
        )


def in_finnish(given: Mapping[str, Any], translated: Collection[str]) -> dict[str, Any]:
    """Names without a language mean Finnish, whatever the language of the page on which they were typed."""
    return {f"{name}_fi" if name in translated else name: value for name, value in given.items()}


def validate(record: models.Model, *, exclude: set[str] | None = None) -> None:
    """Raise ActionRefused with the first sentences of what is wrong with the record."""
    try:
        record.full_clean(exclude=exclude, validate_constraints=False)
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
