"""What the views of nomination calls share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.web.workspace.base import RecordMixin


def desk_of(call: NominationCall, part: str = "") -> str:
    """The address of a call's desk, or of a part of it."""
    address = reverse("workspace:nomination-call", kwargs={"pk": call.pk})
    return f"{address}#{part}" if part else address


class CallMixin(RecordMixin):
    """A view about one call that the user may read."""

    model = NominationCall
    permission = "nominations.view_call"

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().listed()  # type: ignore[attr-defined, no-any-return]  # our own queryset

    @property
    def call(self) -> NominationCall:
        """The call that the view is about."""
        found: NominationCall = self.record
        return found

    @property
    def caption(self) -> str:
        """Body and term."""
        return str(self.call)

    @property
    def back(self) -> str:
        """The desk."""
        return desk_of(self.call)

    def refused_url(self) -> str:
        return self.back

    def context(self) -> dict[str, Any]:
        return super().context() | {"call": self.call, "back": self.back}  # type: ignore[misc, no-any-return]  # a Page's


class InvitationMixin(CallMixin):
    """A view about one organisation that is asked."""

    model = CallInvitation  # type: ignore[assignment]  # of its call
    part = "invitations"

    @property
    def call(self) -> NominationCall:
        found: NominationCall = self.record.call
        return found

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return desk_of(self.call, self.part)
