"""The tests' house: a real, provisioned database with two regions, on the web's own powerless connection."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from yhdys.core import clock
from yhdys.local import pytest_cluster
from yhdys.regions.actions import OWNER
from yhdys.regions.hosts import hosts, stop_listening
from yhdys.regions.models import Region
from yhdys.regions.signals import region_created
from yhdys.tenancy import grants, provisioning
from yhdys.tenancy.context import in_national, in_region
from yhdys.tenancy.models import OutboxEntry
from yhdys.tenancy.provisioning import COPIED_ROWS

REGIONS = pytest_cluster.REGIONS
FIRST = ("tests/local/test_up.py", "tests/isolation/test_hammer.py", "tests/demo/test_loading.py", "tests/e2e")
"""What takes longest begins first, so that no worker is alone at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of ``FIRST`` before all others; after pytest-django, which puts those with a database first."""
    ranks = {name: rank for rank, name in enumerate(FIRST)}
    items.sort(key=lambda item: next((ranks[name] for name in FIRST if item.nodeid.startswith(name)), len(FIRST)))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str, str], None]:
    """``tell(heading, line)``: lines for the end of the run, whether the test passes, and whichever process runs it."""
    return lambda heading, line: record_property("told", [heading, line])


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """Before the services go: what listens to them says nothing of it after the summary."""
    stop_listening()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests told, each heading once."""
    told: dict[str, list[str]] = {}
    for report in (report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)):
        for name, value in report.user_properties if report.when == "call" else ():
            if name == "told":
                told.setdefault(value[0], []).append(value[1])
    for heading, lines in told.items():
        terminalreporter.write_line(f"\n{heading}")
        for line, times in Counter(lines).items():
            terminalreporter.write_line(f"{line} (× {times})" if times > 1 else line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the proofs of ``./up check`` may be told; each has its own way without."""
    group = parser.getgroup("proofs")
    group.addoption("--seed", type=int, metavar="S", help="what an earlier run told, to repeat what it met at random")
    group.addoption("--hammer", type=int, metavar="N", help="how many requests hammer the regions")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A deployed database with the two regions; its connections are closed at the end."""
    assert pytest_cluster.cluster is not None
    pytest_cluster.cluster.deploy()
    with django_db_blocker.unblock():
        yield
        for connection in connections.all(initialized_only=True):
            connection.close()
            if connection.settings_dict["OPTIONS"].get("pool"):
                connection.close_pool()


@pytest.fixture(autouse=True)
def forget_answers() -> Iterator[None]:
    """What one test made processes remember, and the language it left active, mean nothing to the next."""
    hosts.clear()
    for schema in REGIONS:
        with in_region(schema):
            cache.clear()
    yield
    translation.deactivate()


def _region(slug: str) -> Region:
    with in_national():
        return Region.objects.get(slug=slug)


@pytest.fixture
def kainuu(db: None) -> Region:
    """The region of Kainuu; what the test writes is rolled back."""
    return _region("kainuu")


@pytest.fixture
def lappi(db: None) -> Region:
    """The region of Lapland; what the test writes is rolled back."""
    return _region("lappi")


@pytest.fixture
def region(kainuu: Region) -> Iterator[Region]:
    """The test's body works for Kainuu."""
    with in_region(kainuu):
        yield kainuu


@pytest.fixture
def national(db: None) -> Iterator[None]:
    """The test's body works for the national site."""
    with in_national():
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests with threads, workers and browsers: what they write is really committed, and swept away afterwards."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"].close_pool()  # its connections would keep roles that are made anew here
            _sweep()
            connections.close_all()


def _sweep() -> None:
    """Empty what a committed test may have written: every region's tables, and the national ones."""
    written: list[str] = []
    for region in Region.objects.using(OWNER).all():
        if region.slug not in REGIONS:
            provisioning.drop(region.schema_name)
            region.domains.using(OWNER).all().delete()
            Region.objects.using(OWNER).filter(pk=region.pk)._raw_delete(OWNER)
            continue
        Region.objects.using(OWNER).filter(pk=region.pk).update(state=Region.State.ACTIVE)
        _empty(region.schema_name, written := tables_of(region.schema_name))
        # Written as history, so that no worker of the test is woken, and nothing is left for one to do.
        with in_region(region), clock.at(clock.now()), transaction.atomic():
            region_created.send(Region, region=region)
            OutboxEntry.objects.all().delete()
    # A push that a worker still runs begins with the region's profile: so does this, and neither blocks the other.
    public = [table for table in tables_of("public") if table in written or table.startswith("overview_")]
    _empty("public", sorted(public, reverse=True))


def tables_of(schema: str) -> list[str]:
    return [table for table in grants.tables_of(connections[OWNER], schema) if table not in COPIED_ROWS]


def _empty(schema: str, tables: list[str]) -> None:
    """DELETE from the few that have rows: no lock that a worker would wait for. Foreign keys are checked at the end.

    Deleting leaves a past, so the past goes last.
    """
    pasts = [table for table in tables if table in grants.append_only()]
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path TO {schema}")
        for some in ([table for table in tables if table not in pasts], pasts):
            cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in some))
            for (table,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {table}")
