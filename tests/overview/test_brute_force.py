"""What the nation is told equals a count by plain SQL over every region's schema: ``./up check overview``."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import psycopg
import pytest
from django.core.management import call_command
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.meetings import ready_meeting
from tests.factories.news import ArticleFactory
from tests.overview import brute_force
from tests.overview.filling import fill

from yhdys.core import clock
from yhdys.councils.models import Membership
from yhdys.meetings import actions as meetings
from yhdys.meetings.enums import Outcome
from yhdys.meetings.models import AgendaItem, Meeting
from yhdys.news import actions as news
from yhdys.overview.registry import FEWEST_PEOPLE, metrics
from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_region
from yhdys.tenancy.hosting import schemas_at_work
from yhdys.tenancy.models import OutboxEntry


@pytest.fixture
def owner(committed: None) -> Iterator[psycopg.Connection]:
    """The owner of all schemas, past every line of our own code."""
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--seed") or 1)


@pytest.fixture
def filled(owner: psycopg.Connection, seed: int) -> psycopg.Connection:
    """Two regions with a past, of which nothing has been told."""
    for number, schema in enumerate(schemas_at_work()):
        with in_region(schema):
            fill(Random(f"{seed}-{schema}"), number)
            OutboxEntry.objects.all().delete()
    return owner


def differences(owner: psycopg.Connection) -> list[str]:
    """Of all regions; counted again when midnight fell between."""
    while True:
        today = clock.today()
        found = [line for schema in schemas_at_work() for line in brute_force.differences(owner, schema, today)]
        if today == clock.today():
            return found


def test_every_figure_is_counted_by_brute_force_too() -> None:
    assert {metric.name for metric in metrics()} == brute_force.EVERY


def test_what_is_told_is_what_is_so(filled: psycopg.Connection, seed: int, tell: Callable[[str, str], None]) -> None:
    assert len(differences(filled)) > 1_000
    call_command("reconcile_overview", verbosity=0)
    assert differences(filled) == []
    assert_nothing_unpublished(filled)
    told = {schema: brute_force.told_figures(filled, schema) for schema in schemas_at_work()}
    assert told["kainuu"] != told["lappi"]
    hidden = [key for figures in told.values() for key, value in figures.items() if value is None]
    assert {name for name, _period in hidden} == {"members"}
    shown = {schema: brute_force.told_items(filled, schema) for schema in schemas_at_work()}
    counted = sum(map(len, told.values()))
    months = len({period for figures in told.values() for _name, period in figures if len(period) == 7})
    tell(
        "What the nation is told:",
        f"  {counted} figures ({len(brute_force.EVERY)} kinds, {months} months, "
        f"{len(hidden)} below {FEWEST_PEOPLE} people and so not told) and {sum(map(len, shown.values()))} published "
        f"items of {len(told)} regions are what SQL counts in their schemas; --seed {seed}",
    )


def assert_nothing_unpublished(owner: psycopg.Connection) -> None:
    """No title of a draft, or of what was scheduled or withdrawn, is in any table of the nation."""
    for table in ("overview_publisheditem", "overview_figure", "overview_regionprofile"):
        texts = "\n".join(text for (text,) in owner.execute(f"SELECT row_to_json(t)::text FROM {table} t"))
        assert texts
        assert "Salainen" not in texts, table


TAMPERINGS = {
    "one number": """
        UPDATE overview_figure SET value = value + 1 WHERE schema = 'lappi' AND metric = 'seats' AND period = 'now'
    """,
    "one number of years ago": """
        UPDATE overview_figure SET value = value - 1 WHERE id = (
            SELECT max(id) FROM overview_figure WHERE metric = 'meetings_held' AND length(period) = 7 AND value > 0
        )
    """,
    "people who are too few": """
        UPDATE overview_figure SET value = 3 WHERE id = (SELECT min(id) FROM overview_figure WHERE value IS NULL)
    """,
    "a number left out": """
        DELETE FROM overview_figure WHERE schema = 'kainuu' AND metric = 'bodies' AND period = 'now'
    """,
    "a number of nothing": """
        INSERT INTO overview_figure (schema, metric, period, value, as_of)
        VALUES ('kainuu', 'bodies', '1999-01', 7, now())
    """,
    "one region's number under another's name": """
        UPDATE overview_figure k SET value = l.value FROM overview_figure l
        WHERE k.schema = 'kainuu' AND l.schema = 'lappi' AND k.metric = 'articles_published'
        AND (l.metric, l.period) = (k.metric, k.period) AND k.value <> l.value
    """,
    "an item that is not published": """
        INSERT INTO overview_publisheditem (schema, kind, key, title, summary, language, path, published_at)
        VALUES ('lappi', 'article', 'x', 'Salainen', '', 'fi', '/uutiset/x/', now())
    """,
    "an item left out": """
        DELETE FROM overview_publisheditem WHERE id = (SELECT max(id) FROM overview_publisheditem)
    """,
    "an item with another address": """
        UPDATE overview_publisheditem SET path = '/uutiset/toinen/'
        WHERE id = (SELECT max(id) FROM overview_publisheditem)
    """,
}


def test_whatever_is_tampered_with_is_found_and_mended_by_the_next_count(filled: psycopg.Connection) -> None:
    call_command("reconcile_overview", verbosity=0)
    for what, statement in TAMPERINGS.items():
        with filled.transaction(force_rollback=True):
            assert filled.execute(statement).rowcount > 0, what
            assert differences(filled), what
    for statement in TAMPERINGS.values():
        filled.execute(statement)
    call_command("reconcile_overview", verbosity=0)
    assert differences(filled) == []
    with in_region("kainuu"):
        Meeting.objects.filter(state="held").update(state="cancelled")
    assert differences(filled), "a change that nobody told of"


def told_after_each_step(owner: psycopg.Connection) -> Iterator[None]:
    """Let the workers do what waits, and nothing else; then all must be told."""
    while True:
        with in_region("kainuu"):
            while outbox.sweep():
                pass
        assert differences(owner) == []
        yield


def test_each_action_tells_what_it_changes(owner: psycopg.Connection) -> None:
    """No step waits for the night: after its own effects the nation knows it all."""
    call_command("reconcile_overview", verbosity=0)
    step = told_after_each_step(owner)
    with in_region("kainuu"):
        for work in _steps():
            work()
            next(step)


def _steps() -> Iterator[Callable[[], object]]:
    tomorrow = clock.now() + timedelta(days=1)
    council = BodyFactory(founded_year=2012)
    term = TermFactory(body=council, start=clock.today() - timedelta(days=400), end=None)
    yield lambda: [MembershipFactory(seat=SeatFactory(term=term)) for _ in range(5)]
    yield lambda: Membership.objects.all()[0].delete()
    meeting = ready_meeting(starts_at=tomorrow, ends_at=None)
    yield lambda: meetings.announce_meeting(meeting, by=None)
    yield lambda: meetings.convene_meeting(meeting, by=None)
    yield lambda: meetings.add_item(meeting, by=None, title="Lisätty asia")
    yield lambda: meetings.change_item(AgendaItem.objects.get(title_fi="Lisätty asia"), by=None, title="Muutettu asia")
    yield lambda: meetings.change_meeting(meeting, by=None, title="Toinen nimi")
    yield lambda: meetings.reschedule_meeting(meeting, by=None, reason="Este")
    yield lambda: meetings.change_meeting(meeting, by=None, starts_at=tomorrow + timedelta(days=40))
    yield lambda: meetings.convene_meeting(meeting, by=None)
    cancelled = ready_meeting(starts_at=tomorrow, ends_at=None)
    yield lambda: meetings.convene_meeting(cancelled, by=None)
    yield lambda: meetings.cancel_meeting(cancelled, by=None, reason="Este")
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() - timedelta(days=1))
    yield lambda: meetings.hold_meeting(meeting, by=None)
    for item in AgendaItem.objects.filter(meeting=meeting):
        yield lambda item=item: meetings.record_outcome(item, by=None, outcome=Outcome.RESOLVED)
    yield lambda: meetings.close_meeting(meeting, by=None)
    minutes = meetings.approve_minutes(meetings.start_minutes(meeting, by=None), by=None)
    yield lambda: meetings.publish_minutes(minutes, by=None)
    article = ArticleFactory()
    yield lambda: news.publish_article(article, by=None)
    yield lambda: news.withdraw_article(article, by=None, reason="Virhe")
    yield lambda: news.publish_article(article, by=None)
    scheduled = ArticleFactory()
    yield lambda: news.schedule_article(scheduled, at=tomorrow, by=None)
    yield lambda: news.publish_scheduled(str(scheduled.pk), tomorrow)
