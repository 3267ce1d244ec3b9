"""What the content files may say. Keys are names inside one region's files; the loader turns them into records."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from yhdys.councils.enums import (
    Appointing,
    AuthorityKind,
    AuthorityLanguage,
    Balance,
    BodyKind,
    ChannelKind,
    ChannelState,
    EventKind,
    LegalStanding,
    MandateKind,
    MatterState,
    MinutesKind,
    Precision,
    ProgrammeKind,
    QuorumRule,
    Role,
)
from yhdys.demo.schema_meetings import Assignment as Assignment
from yhdys.demo.schema_meetings import Election as Election
from yhdys.demo.schema_meetings import Guest as Guest
from yhdys.demo.schema_meetings import Invited as Invited
from yhdys.demo.schema_meetings import Item as Item
from yhdys.demo.schema_meetings import Link as Link
from yhdys.demo.schema_meetings import Meeting as Meeting
from yhdys.demo.schema_meetings import Meetings as Meetings
from yhdys.demo.schema_meetings import Minutes as Minutes
from yhdys.demo.schema_meetings import PublishedAt as PublishedAt
from yhdys.demo.schema_meetings import Upcoming as Upcoming
from yhdys.demo.schema_nominations import Call as Call
from yhdys.demo.words import Text as Text
from yhdys.news.enums import ArticleKind
from yhdys.organisations.enums import ConsentField, Reach
from yhdys.site.enums import Assessment, Conformance


@dataclass(frozen=True)
class Sender:
    name: Text
    address: str


@dataclass(frozen=True)
class ContactDetails:
    address: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Failure:
    """A content that does not meet the accessibility requirements, with the reason and another way."""

    what: Text
    reason: Text
    alternative: Text
    criterion: str = ""


@dataclass(frozen=True)
class Accessibility:
    drafted: date
    reviewed: date
    method: Assessment
    conformance: Conformance
    feedback_email: str
    unit: Text
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class Privacy:
    controller: Text
    contact_email: str
    officer: Text
    address: str
    processor: str
    processing_agreed_on: date


@dataclass(frozen=True)
class Channel:
    """Where else the council publishes."""

    key: str
    name: Text
    kind: ChannelKind
    url: str = ""
    state: ChannelState = ChannelState.IN_USE
    what: Text | None = None
    since: date | None = None


@dataclass(frozen=True)
class Settings:
    """``settings.yaml``: the region's own face."""

    site_name: Text
    host: Text
    host_website: str
    languages: list[str]
    content_languages: list[str]
    accent: str
    sender: Sender
    introduction: Text
    contact: ContactDetails
    accessibility: Accessibility
    privacy: Privacy
    channels: list[Channel] = field(default_factory=list)


@dataclass(frozen=True)
class Organisation:
    key: str
    name: Text
    sectors: list[str]
    reach: Reach
    municipality: str
    description: Text
    email: str
    website: str = ""


@dataclass(frozen=True)
class Authority:
    key: str
    kind: AuthorityKind
    name: Text
    registry_email: str
    language: AuthorityLanguage
    municipality: str = ""
    county: str = ""
    since: date | None = None
    until: date | None = None
    successor: str = ""


@dataclass(frozen=True)
class Person:
    """An invented person. ``publish`` names what they let be shown."""

    key: str
    name: str
    title: Text
    organisation: str = ""
    authority: str = ""
    phone: str = ""
    publish: list[ConsentField] = field(default_factory=list)


@dataclass(frozen=True)
class Organisations:
    """``organisations.yaml``."""

    organisations: list[Organisation]
    authorities: list[Authority]
    people: list[Person]


@dataclass(frozen=True)
class Event:
    date: date
    kind: EventKind
    title: Text
    precision: Precision = Precision.DAY
    decision: str = ""


@dataclass(frozen=True)
class Decision:
    key: str
    deciding_body: Text
    date: date
    title: Text
    url: str


@dataclass(frozen=True)
class Mandate:
    kind: MandateKind
    text: Text


@dataclass(frozen=True)
class Matter:
    title: Text
    text: Text
    state: MatterState = MatterState.PLANNED
    planned_for: Text | None = None
    in_force_on: date | None = None


@dataclass(frozen=True)
class Programme:
    kind: ProgrammeKind
    name: Text
    owner: Text | None = None
    reference: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Term:
    key: str
    start: date
    end: date | None = None
    pilot: bool = False
    review: date | None = None
    notes: Text | None = None
    decision: str = ""
    convener: str = ""


@dataclass(frozen=True)
class Seat:
    """A seat in each of the named terms, or in the body's only one."""

    key: str
    voting: bool
    term: str = ""
    terms: list[str] = field(default_factory=list)
    sector: str = ""
    organisation: str = ""
    authority: str = ""
    municipality: str = ""
    represents: str = ""
    by_post: bool = False
    expert: bool = False
    since: date | None = None


@dataclass(frozen=True)
class Membership:
    """A role from a day to a day; the loader divides it by the body's terms."""

    person: str
    role: Role
    start: date
    end: date | None = None
    seat: str = ""
    on_behalf_of: str = ""
    deputises_for: str = ""


class TieKind(StrEnum):
    """How a body's meetings reach people of another."""

    INVITE = "invite"
    DELIVER = "deliver"


@dataclass(frozen=True)
class Practice:
    """How a body usually meets."""

    call_days_before: int
    place: str = ""
    remote_link: str = ""


@dataclass(frozen=True)
class BodyRule:
    """A rule that ties this body to another: who is invited to its meetings, to whom its papers are delivered."""

    kind: TieKind
    role: Role | None = None
    of: str = ""
    person: str = ""


@dataclass(frozen=True)
class Body:
    key: str
    kind: BodyKind
    name: Text
    legal_standing: LegalStanding
    purpose: Text
    minutes_kind: MinutesKind
    balance: Balance
    quorum: QuorumRule
    parent: str = ""
    host: str = ""
    founded: date | None = None
    founded_year: int | None = None
    appointing: Appointing | None = None
    may_enlarge_itself: bool = False
    composition: Text | None = None
    municipalities: list[str] = field(default_factory=list)
    email: str = ""
    controller: str = ""
    timeline: list[Event] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    followed_matters: list[Matter] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    rules: list[BodyRule] = field(default_factory=list)
    practice: Practice | None = None
    terms: list[Term] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)


@dataclass(frozen=True)
class Account:
    """Somebody who signs in: a person of the region, or one of its own staff by name."""

    role: str
    person: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Council:
    """``council.yaml``: the bodies of the region, and the accounts of the demonstration."""

    bodies: list[Body]
    accounts: list[Account]


@dataclass(frozen=True)
class Article:
    key: str
    kind: ArticleKind
    date: datetime
    title: Text
    lead: Text
    text: Text
    keywords: list[str]
    meeting: str = ""
    author: str = ""
    channels: list[PublishedAt] = field(default_factory=list)


@dataclass(frozen=True)
class News:
    """``news.yaml``."""

    articles: list[Article]


@dataclass(frozen=True)
class Content:
    """All that is told of one region."""

    slug: str
    settings: Settings
    organisations: Organisations
    council: Council
    meetings: Meetings
    news: News
