"""Regions tell the nation about themselves, and only about themselves."""

from datetime import date, timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from yhdys.core import clock
from yhdys.overview import actions, registry
from yhdys.overview.counting import LONGEST_HISTORY, at_month_ends
from yhdys.overview.models import Figure, PublishedItem, RegionProfile
from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_national, in_region
from yhdys.tenancy.models import OutboxEntry

MORNING = clock.helsinki(2026, 11, 21, 9)


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, registry.Counted]:
    """What the region would count: the test changes the numbers."""
    numbers: dict[str, registry.Counted] = {
        "seats": 2,
        "people": 4,
        "meetings": {"2025-03": 1, "2025-12": 2},
        "latest": None,
    }
    monkeypatch.setattr(registry, "_metrics", {})
    monkeypatch.setattr(registry, "_item_kinds", {})
    for name, kind, period in (
        ("seats", "count", "now"),
        ("people", "of_people", "now"),
        ("meetings", "count", "year"),
        ("latest", "day", "now"),
    ):
        registry.figure(name, name, name, kind=kind, period=period)(lambda name=name: numbers[name])
    return numbers


@pytest.fixture
def published() -> list[registry.Item]:
    """What the region has published: the test changes the list."""
    things: list[registry.Item] = []
    registry.items("article", "Article")(lambda: iter(things))
    return things


def item(key: str, title: str = "Title") -> registry.Item:
    return registry.Item(key=key, title=title, path=f"/uutiset/{key}/", published_at=MORNING)


def told() -> dict[tuple[str, str], int | None]:
    return {(figure.metric, figure.period): figure.value for figure in Figure.objects.all()}


@pytest.fixture
def no_entries(region: Region) -> None:
    """Kainuu, with nothing waiting."""
    OutboxEntry.objects.all().delete()


def test_figures_are_counted_by_period_and_few_people_are_not_told(region: Region) -> None:
    with clock.at(MORNING):
        actions.push()
    assert told() == {
        ("seats", "now"): 2,
        ("people", "now"): None,
        ("meetings", "2025-03"): 1,
        ("meetings", "2025-12"): 2,
        ("meetings", "2025"): 3,
        ("meetings", "2026-11"): 0,
        ("meetings", "2026"): 0,
    }


def test_the_state_of_things_is_told_by_month_end_too(region: Region, counted: dict[str, registry.Counted]) -> None:
    days: list[date] = []

    def count(day: date) -> int | None:
        days.append(day)
        return None if day.month == 10 else day.day

    with clock.at(MORNING):
        counted["seats"] = at_month_ends(date(2026, 8, 12), count)
        actions.push()
    assert days == [date(2026, 11, 21), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 21)]
    assert {period: value for (metric, period), value in told().items() if metric == "seats"} == {
        "now": 21,
        "2026-08": 31,
        "2026-09": 30,
        "2026-11": 21,
    }


def test_a_history_begins_no_earlier_than_thirty_years_ago_and_not_in_the_future(region: Region) -> None:
    with clock.at(MORNING):
        ancient = at_month_ends(date(1066, 10, 14), lambda day: 1)
        future = at_month_ends(date(2027, 1, 1), lambda day: 1)
        unknown = at_month_ends(None, lambda day: 1)
    assert len(ancient) == 1 + LONGEST_HISTORY
    assert min(ancient) == "1996-12"
    assert future == unknown == {"now": 1}


def test_people_are_not_told_by_month_either_when_they_are_few(
    region: Region, counted: dict[str, registry.Counted]
) -> None:
    counted["people"] = {"now": 7, "2026-10": 4, "2026-09": 0}
    actions.push()
    assert [told()["people", period] for period in ("now", "2026-10", "2026-09")] == [7, None, 0]


def test_a_push_tells_what_it_found_otherwise(
    region: Region, published: list[registry.Item], counted: dict[str, registry.Counted]
) -> None:
    published.append(item("a"))
    with clock.at(MORNING):
        assert actions.push() == actions.Pushed(figures=7, items=1)
        assert not actions.push()
        counted.update(seats=3, people=None)
        published[:] = [item("a", "Otherwise")]
        assert actions.push() == actions.Pushed(figures=2, items=1)
        Figure.objects.filter(metric="meetings", period="2025").update(value=99)
        PublishedItem.objects.all().delete()
        assert actions.push() == actions.Pushed(figures=1, items=1)
    assert told()["meetings", "2025"] == 3


@pytest.mark.parametrize("kind", ["of_people", "year", "day"])
def test_only_things_are_added_up_to_years(kind: str) -> None:
    with pytest.raises(ValueError, match="only things"):
        registry.figure("visitors", "", "", kind=kind, period="year")


@pytest.mark.parametrize(("people", "value"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_one_to_four_people_are_too_few(
    region: Region, counted: dict[str, registry.Counted], people: int, value: int | None
) -> None:
    counted["people"] = people
    actions.push()
    assert told()["people", "now"] == value


def test_a_later_push_corrects_adds_and_removes(region: Region, counted: dict[str, registry.Counted]) -> None:
    actions.push()
    counted.update(seats=11, meetings={"2026-11": 1}, latest=date(2026, 11, 20), people=None)
    with clock.at(MORNING + timedelta(hours=1)):
        actions.push()
    assert told() == {
        ("seats", "now"): 11,
        ("meetings", "2026-11"): 1,
        ("meetings", "2026"): 1,
        ("latest", "now"): 20261120,
    }
    assert Figure.objects.get(metric="latest").day == date(2026, 11, 20)
    assert set(Figure.objects.values_list("as_of", flat=True)) == {MORNING + timedelta(hours=1)}


def test_items_follow_what_is_published(region: Region, published: list[registry.Item]) -> None:
    published.extend([item("a"), item("b")])
    actions.push()
    kept = PublishedItem.objects.get(key="b").pk
    published[:] = [item("b", "A better title")]
    actions.push()
    assert list(PublishedItem.objects.values_list("pk", "key", "title")) == [(kept, "b", "A better title")]


def test_only_the_newest_items_are_shown(region: Region, published: list[registry.Item]) -> None:
    published.extend(item(f"{n}") for n in range(registry.NEWEST + 1))
    actions.push()
    assert PublishedItem.objects.count() == registry.NEWEST


def test_the_profile_follows_the_settings(region: Region) -> None:
    settings = RegionSettings.objects.get()
    settings.council_name_fi, settings.is_demonstration = "Kainuun järjestöasiain neuvottelukunta", True
    settings.save()
    actions.push()
    profile = RegionProfile.objects.get()
    assert (profile.council_name_fi, profile.demonstration) == ("Kainuun järjestöasiain neuvottelukunta", True)


def test_many_changes_leave_one_waiting_effect(no_entries: None) -> None:
    for _ in range(3):
        actions.push_soon()
    assert OutboxEntry.objects.filter(effect=actions.PUSH).count() == 1


def test_a_changed_setting_is_told_when_the_effect_runs(no_entries: None) -> None:
    settings = RegionSettings.objects.get()
    settings.council_name_fi = "Neuvottelukunta"
    settings.save()
    assert not RegionProfile.objects.exists()
    assert outbox.sweep() == 1
    assert RegionProfile.objects.get().council_name_fi == "Neuvottelukunta"


def test_an_effect_that_a_worker_has_taken_up_is_not_relied_on(committed: None) -> None:
    with in_region("kainuu"):
        OutboxEntry.objects.all().delete()
        actions.push_soon()
        first = OutboxEntry.objects.get()
        with psycopg.connect(**psycopg.conninfo.conninfo_to_dict(_dsn())) as worker, worker.transaction():
            worker.execute(f"SET ROLE {_role('kainuu')}")
            worker.execute("SELECT 1 FROM kainuu.tenancy_outboxentry WHERE id = %s FOR UPDATE", [first.pk])
            actions.push_soon()
        assert OutboxEntry.objects.count() == 2


def _dsn() -> str:
    settings = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )  # fmt: skip


def _role(schema: str) -> str:
    return f"{connection.settings_dict['NAME']}_t_{schema}"


def test_the_nation_has_no_figures_of_its_own(national: None) -> None:
    with pytest.raises(ValueError, match="Only a region"):
        actions.push_soon()


def test_one_regions_push_leaves_anothers_rows(
    kainuu: Region, lappi: Region, published: list[registry.Item], counted: dict[str, registry.Counted]
) -> None:
    published.append(item("a"))
    with in_region(lappi):
        actions.push()
    published.clear()
    counted["seats"] = 9
    with in_region(kainuu):
        actions.push()
    with in_national():
        assert list(PublishedItem.objects.values_list("schema", flat=True)) == ["lappi"]
        seats = Figure.objects.filter(metric="seats").order_by("schema").values_list("schema", "value")
        assert list(seats) == [("kainuu", 9), ("lappi", 2)]


TABLES = ("overview_figure", "overview_publisheditem", "overview_regionprofile")


@pytest.mark.parametrize("table", TABLES)
def test_a_region_sees_and_changes_no_row_of_another(
    kainuu: Region, lappi: Region, published: list[registry.Item], table: str
) -> None:
    published.append(item("a"))
    with in_region(lappi):
        actions.push()
    with in_region(kainuu), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM public.{table} WHERE schema = 'lappi'")
        assert cursor.fetchone() == (0,)
        cursor.execute(f"UPDATE public.{table} SET schema = 'kainuu' WHERE schema = 'lappi'")
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM public.{table}")
        assert cursor.rowcount == 0
    with in_national(), connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT schema FROM public.{table}")
        assert cursor.fetchall() == [("lappi",)]


@pytest.mark.parametrize("verb", ["INSERT", "UPDATE"])
def test_a_region_cannot_name_another(kainuu: Region, verb: str) -> None:
    statement = {
        "INSERT": "INSERT INTO public.overview_figure (schema, metric, period, value, as_of) "
        "VALUES ('lappi', 'seats', 'now', 1, now())",
        "UPDATE": "UPDATE public.overview_figure SET schema = 'lappi'",
    }[verb]
    with in_region(kainuu):
        actions.push()
        connection.ensure_connection()
        with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            connection.connection.execute(statement)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET schema = ''", "DELETE FROM {}"])
def test_the_national_site_only_reads_what_regions_push(national: None, table: str, verb: str) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
        connection.connection.execute(verb.format(f"public.{table}"))


def test_the_command_tells_every_region_at_work(kainuu: Region, lappi: Region) -> None:
    call_command("reconcile_overview", verbosity=0)
    with in_national():
        assert list(RegionProfile.objects.order_by("schema").values_list("schema", flat=True)) == ["kainuu", "lappi"]


def test_the_command_refuses_an_unknown_region(kainuu: Region) -> None:
    with pytest.raises(CommandError, match="uusimaa"):
        call_command("reconcile_overview", "uusimaa", verbosity=0)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="seats"):
        registry.figure("seats", "", "")(lambda: 1)
    registry.items("blog", "")(list)
    with pytest.raises(ValueError, match="blog"):
        registry.items("blog", "")(list)
