"""What ``meetings.yaml`` may say, and what it shares with the news: tasks, links, where something was published."""

from dataclasses import dataclass, field
from datetime import date, datetime

from yhdys.councils.enums import MinutesKind, Role
from yhdys.demo.words import Text
from yhdys.meetings.enums import ItemKind, MeetingKind, Outcome, Presence


@dataclass(frozen=True)
class Election:
    person: str
    role: Role


@dataclass(frozen=True)
class Assignment:
    text: str
    who: str
    due: date


@dataclass(frozen=True)
class Link:
    title: Text
    url: str


@dataclass(frozen=True)
class Item:
    title: Text
    kind: ItemKind | None = None
    text: Text | None = None
    presenter: str = ""
    discussion: str = ""
    outcome: Outcome | None = None
    resolution: Text | None = None
    elections: list[Election] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class PublishedAt:
    """One more place where something was published: a channel of the council, or another named place."""

    url: str
    date: date
    channel: str = ""
    name: Text | None = None


@dataclass(frozen=True)
class Minutes:
    approved: date
    published: date
    kind: MinutesKind | None = None
    checkers: list[str] = field(default_factory=list)
    channels: list[PublishedAt] = field(default_factory=list)


@dataclass(frozen=True)
class Guest:
    name: str
    organisation: str


@dataclass(frozen=True)
class Invited:
    """Somebody who came by another body's role, and how they were there."""

    person: str
    attendance: Presence


@dataclass(frozen=True)
class Upcoming:
    """A meeting of the near future: the first such weekday that is at least so many days away."""

    days: int
    weekday: str
    at: str
    hours: float


@dataclass(frozen=True)
class Meeting:
    key: str
    body: str
    title: Text
    items: list[Item]
    kind: MeetingKind = MeetingKind.ORDINARY
    start: datetime | None = None
    end: datetime | None = None
    upcoming: Upcoming | None = None
    place: Text | None = None
    remote_link: str = ""
    theme: Text | None = None
    convened: date | None = None
    everybody_remote: bool = False
    remote: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    invited: list[Invited] = field(default_factory=list)
    minutes: Minutes | None = None


@dataclass(frozen=True)
class Meetings:
    """``meetings.yaml``."""

    meetings: list[Meeting]
