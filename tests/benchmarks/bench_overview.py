"""What the national front page asks of the database, with few regions and with a thousand.

Beside it, what a loop through the regions' schemas would cost: the same counts asked in one region, times their number.
"""

from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext
from tests.benchmarks.measuring import interleaved, machine

from yhdys.core import clock
from yhdys.overview.counting import as_told, this_period
from yhdys.overview.models import Figure, PublishedItem, RegionProfile
from yhdys.overview.queries import published_items, regions_of_finland
from yhdys.overview.registry import metrics
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region
from yhdys.tenancy.provisioning import OWNER
from yhdys.web.national.views import FRONT

REGIONS = 1_000
ROUNDS = 200


@pytest.fixture
def thousand(committed: None) -> Iterator[list[Region]]:
    """A thousand regions have told all figures of five years, and fifty items each; two of them really exist."""
    regions = [
        Region(slug=f"bench-{n}", schema_name=f"bench_{n}", code=f"{n:x}"[-2:], name_fi="", name_sv="", name_en="")
        for n in range(REGIONS)
    ]
    _fill([region.schema_name for region in regions] + ["kainuu", "lappi"])
    yield regions
    for model in (Figure, PublishedItem, RegionProfile):
        model.objects.using(OWNER).all()._raw_delete(OWNER)


def _fill(schemas: list[str]) -> None:
    now = clock.now()
    RegionProfile.objects.using(OWNER).bulk_create(
        RegionProfile(schema=schema, council_name_fi="Neuvottelukunta", as_of=now) for schema in schemas
    )
    Figure.objects.using(OWNER).bulk_create(
        (
            Figure(schema=schema, metric=metric.name, period=period, value=7, as_of=now)
            for schema in schemas
            for metric in metrics()
            for period in {this_period(metric.period), *([] if metric.period == "now" else map(str, range(2022, 2026)))}
        ),
        batch_size=5_000,
    )
    PublishedItem.objects.using(OWNER).bulk_create(
        (
            PublishedItem(schema=schema, kind="article", key=f"{n}", title="Otsikko", path="/", published_at=now)
            for schema in schemas
            for n in range(50)
        ),
        batch_size=5_000,
    )
    with connections[OWNER].cursor() as cursor:
        for model in (Figure, PublishedItem, RegionProfile):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def front_page() -> None:
    with in_national():
        regions = regions_of_finland(FRONT)
        list(published_items(regions)[:6])


def front_page_of_all() -> None:
    """As if all of the thousand were regions of Finland: every figure of the page is fetched."""
    with in_national(), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT schema, metric, value, as_of FROM overview_figure WHERE metric = ANY(%s) AND period = ANY(%s)",
            [list(FRONT), ["now", this_period(metrics()[0].period)]],
        )
        cursor.fetchall()


def one_regions_counts() -> None:
    with in_region("kainuu"):
        for metric in metrics():
            if metric.name in FRONT:
                as_told(metric)


def in_the_database(work: Callable[[], None]) -> float:
    """Seconds that the server itself spends on the queries, planning left out; the least of five turns."""
    with CaptureQueriesContext(connections["default"]) as asked:
        work()
    queries = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    with in_national(), connections["default"].cursor() as cursor:
        return min(sum(_execution(cursor, query) for query in queries) for _ in range(5))


def _execution(cursor: CursorWrapper, query: str) -> float:
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {query}")
    [(plan,)] = cursor.fetchall()
    return float(plan[0]["Execution Time"]) / 1000


def bench_overview(thousand: list[Region], figures: dict[str, float]) -> None:
    seconds = interleaved(
        {"front page": front_page, "a thousand regions' figures": front_page_of_all, "one region": one_regions_counts},
        rounds=ROUNDS,
    )
    loop = seconds["one region"] * REGIONS
    print(f"\noverview — {machine()}; median of {ROUNDS} turns, {REGIONS} regions have told")
    for name, work in (("front page", front_page), ("a thousand regions' figures", front_page_of_all)):
        print(f"  {name:<30} {seconds[name] * 1000:8.2f} ms, in the database {in_the_database(work) * 1000:.2f} ms")
    print(f"  a loop through {REGIONS} schemas    {loop * 1000:8.0f} ms   {loop / seconds['front page']:7.0f} × slower")
    figures["front_page_ms"] = round(seconds["front page"] * 1000, 2)
    figures["loop_vs_front_page"] = round(loop / seconds["front page"], 1)
