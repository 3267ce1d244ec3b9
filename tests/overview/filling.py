"""A region with a past: councils, meetings and news at random, with every edge that a count could stumble over."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.meetings import AgendaItemFactory, MeetingFactory
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory

from yhdys.core import clock
from yhdys.councils.enums import BodyKind, Role
from yhdys.councils.models import Body, Term
from yhdys.meetings.enums import MeetingState, MinutesState, Outcome
from yhdys.meetings.models import Convocation, Minutes
from yhdys.news.enums import ArticleState

NIGHTS = (clock.helsinki(2023, 12, 31, 23, 59), clock.helsinki(2024, 1, 1), clock.helsinki(2024, 7, 1, 1))
"""Moments that are of another year or month by the clock of Greenwich."""


@transaction.atomic
def fill(random: Random, number: int) -> None:
    """Make the records of one region, without any action, so that nothing is told of them.

    ``number`` makes regions begin in different years.
    """
    today = clock.today()
    council = BodyFactory(founded_on=date(2012 + number, random.randint(1, 12), random.randint(1, 28)))
    BodyFactory(founded_on=date(2008, 2, 29), ended_on=council.founded_on - timedelta(days=1))
    BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=council, founded_year=2019)
    BodyFactory(kind=BodyKind.SUBREGIONAL_COUNCIL, parent=council)
    BodyFactory(kind=BodyKind.OTHER, founded_on=today, ended_on=today)
    BodyFactory(kind=BodyKind.OTHER, founded_on=today + timedelta(days=1))
    year = council.founded_on.year + 1
    while year <= today.year:
        # A gap of a year between two terms, and an overlap with the next.
        end = None if year >= today.year - 2 else date(year + 1, 12, random.choice([30, 31]))
        _fill_term(random, TermFactory(body=council, start=date(year, 1, random.randint(1, 28)), end=end))
        year += random.choice([2, 3])
    for body in Body.objects.all():
        _fill_meetings(random, body)
    for count in range(70):
        _article(random, NIGHTS[count] if count < len(NIGHTS) else _moment(random))


def _day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))


def _moment(random: Random) -> datetime:
    day = _day(random, date(2014, 1, 1), clock.today())
    return clock.helsinki(day.year, day.month, day.day, random.randint(0, 23), random.randint(0, 59))


def _fill_term(random: Random, term: Term) -> None:
    last = term.end or clock.today() + timedelta(days=200)
    for _ in range(random.randint(3, 9)):
        begins = random.choice([None, _day(random, term.start, last)])
        ends = random.choice([None, None, _day(random, begins or term.start, last)])
        seat = SeatFactory(term=term, start=begins, end=ends)
        start = begins or term.start
        while start < last and random.random() < 0.8:
            end = random.choice([None, _day(random, start, last)])
            one = MembershipFactory(seat=seat, start=start, end=end)
            if random.random() < 0.4:
                MembershipFactory(seat=seat, term=term, start=start, role=Role.DEPUTY, deputises_for=one)
            if end is None:
                break
            start = end + timedelta(days=random.randint(1, 40))
    chair = term.memberships.first()
    if chair is not None:
        MembershipFactory(seat=None, term=term, start=chair.start, role=Role.CHAIR, contact=chair.contact)
    for role in (Role.SECRETARY, Role.EXPERT, Role.MEMBER):
        MembershipFactory(
            seat=None, term=term, start=_day(random, term.start, last), role=role, contact=ContactFactory()
        )


def _fill_meetings(random: Random, body: Body) -> None:
    for count in range(12):
        start = NIGHTS[count] if count < len(NIGHTS) else _moment(random)
        state = random.choice(list(MeetingState))
        if state in (MeetingState.RESCHEDULED, MeetingState.DRAFT) and random.random() < 0.5:
            start = None
        meeting = MeetingFactory(body=body, state=state, starts_at=start, ends_at=None)
        sent = _moment(random)
        for sequence in range(random.randint(1, 2) if state not in (MeetingState.DRAFT, MeetingState.CANCELLED) else 0):
            Convocation.objects.create(meeting=meeting, sequence=sequence, sent_at=sent + timedelta(days=sequence))
        outcomes = [*Outcome, ""] if state in (MeetingState.HELD, MeetingState.CLOSED) else [""]
        for _ in range(random.randint(0, 5)):
            AgendaItemFactory(meeting=meeting, outcome=random.choice(outcomes))
        if outcomes != [""] and random.random() < 0.8:
            minutes = random.choice(list(MinutesState))
            published = random.choice([*NIGHTS, _moment(random)]) if minutes == MinutesState.PUBLISHED else None
            Minutes.objects.create(meeting=meeting, state=minutes, published_at=published)


def _article(random: Random, at: datetime) -> None:
    state = random.choice([*ArticleState, *[ArticleState.PUBLISHED] * 8])
    article = ArticleFactory(title_fi=f"{'Julkinen' if state == ArticleState.PUBLISHED else 'Salainen'} kirjoitus")
    seen = state in (ArticleState.PUBLISHED, ArticleState.WITHDRAWN)
    article.state = state
    article.published_at = at if seen else None
    article.slug = f"{at:%Y-%m-%d}-{article.pk}" if seen else None
    article.scheduled_for = clock.now() + timedelta(days=1) if state == ArticleState.SCHEDULED else None
    article.save()
