"""What the front page and the contacts tell, gathered from the domains."""

import re
from dataclasses import dataclass
from datetime import datetime

from yhdys.councils.enums import ChannelState, MandateKind
from yhdys.councils.models import Body, Mandate, Membership, PublicationChannel
from yhdys.councils.queries import officers_of
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import Meeting

TASKS_SHOWN = 5
MEETINGS_SHOWN = 3
PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Channels:
    """Where else the council publishes: what works today, and what is announced."""

    in_use: tuple[PublicationChannel, ...]
    coming: tuple[PublicationChannel, ...]

    def __bool__(self) -> bool:
        return bool(self.in_use or self.coming)


@dataclass(frozen=True, slots=True)
class ByRole:
    """The officers of one body."""

    body: Body
    officers: tuple[Membership, ...]


def council() -> Body | None:
    """The region's council; None in a region whose council has not been written down yet."""
    try:
        body: Body = Body.objects.for_mentions().regional_council()
    except Body.DoesNotExist:
        return None
    return body


def paragraphs(text: str) -> list[str]:
    """Plain text in the paragraphs that empty lines make."""
    return [part.strip() for part in PARAGRAPHS.split(text or "") if part.strip()]


def coming_meetings() -> list[Meeting]:
    """The next meetings of all bodies that the public knows of, the nearest first."""
    there = Meeting.objects.announced().upcoming().exclude(state=MeetingState.CANCELLED)
    return list(there.for_cards()[:MEETINGS_SHOWN])


def tasks(body: Body) -> list[Mandate]:
    """What the body is for today, in its order."""
    return list(Mandate.objects.of_body(body).filter(kind=MandateKind.TASK).in_force().told())


def channels(body: Body) -> Channels:
    """The body's channels; those that have ended are left out."""
    listed = list(PublicationChannel.objects.of_body(body).lasting().told())
    return Channels(
        in_use=tuple(one for one in listed if one.state == ChannelState.IN_USE),
        coming=tuple(one for one in listed if one.state == ChannelState.COMING),
    )


def by_role() -> list[ByRole]:
    """The officers in force of every working body, the council's own first."""
    found = [ByRole(body, tuple(officers_of(body))) for body in Body.objects.working().listed()]
    return [one for one in found if one.officers or one.body.email or one.body.phone]


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of some moments, of which some may be missing."""
    return max((moment for moment in moments if moment is not None), default=None)
