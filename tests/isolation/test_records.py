"""Records and queries remember whose they are, and refuse to be used anywhere else."""

import copy
import pickle
from collections.abc import Callable
from contextlib import aclosing, closing
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import UUIDField, prefetch_related_objects
from tests.factories.accounts import UserFactory, user_with_role
from tests.isolation.awaiting import awaited

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import ActionLink, OutboxEntry, RegionalModel, WrongRegion


def entries(count: int) -> list[OutboxEntry]:
    return [OutboxEntry.objects.create(effect="test", arguments=[number]) for number in range(count)]


# --- Queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "run",
    [
        lambda query: query.first(),
        lambda query: query.count(),
        lambda query: query.exists(),
        lambda query: list(query),
        lambda query: query.update(phone="1"),
        lambda query: query.delete(),
        lambda query: query[:1].get(),
        lambda query: query.aggregate(),
        lambda query: query.values_list("pk").explain(),
        lambda query: list(query.filter(phone="").order_by("pk")),
        lambda query: list(query.values_list("phone").union(query)),
        lambda query: list(query.iterator()),
        lambda query: query.get_or_create(phone="2"),
        lambda query: query.select_for_update().last(),
        lambda query: list(pickle.loads(pickle.dumps(query.all().query and query)).all()),
    ],
)
@pytest.mark.falls_without("QuerySet binding")
def test_a_query_made_in_one_region_refuses_to_run_in_another(
    kainuu: Region, lappi: Region, run: Callable[[Any], Any]
) -> None:
    with in_region(kainuu):
        query = RegionSettings.objects.all()
    with in_region(lappi), pytest.raises(WrongRegion):
        run(query)


def test_a_query_inside_another_is_held_to_its_region_by_the_database(kainuu: Region, lappi: Region) -> None:
    """A subquery has no region of its own: it reads where the outer one runs, and finds no foreign key there."""
    with in_region(kainuu):
        mine = UserFactory.create()
        inner = User.objects.filter(pk=mine.pk)
    with in_region(lappi):
        assert not User.objects.filter(pk__in=inner.values("pk")).exists()


@pytest.mark.falls_without("rows fetched bit by bit")
def test_rows_fetched_bit_by_bit_stay_in_their_region(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        entries(5)
        rows = OutboxEntry.objects.filter(effect="test").iterator(chunk_size=1)
        assert next(rows).arguments == [0]
    with in_region(lappi), closing(rows), pytest.raises(WrongRegion):
        next(rows)


def test_rows_fetched_bit_by_bit_go_on_after_a_visit_elsewhere(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        entries(3)
        rows = OutboxEntry.objects.filter(effect="test").order_by("pk").iterator(chunk_size=1)
        first = next(rows)
        with in_region(lappi):
            assert not OutboxEntry.objects.filter(pk=first.pk).exists()
        rest = list(rows)
        assert [row.arguments for row in rest] == [[1], [2]]
        assert {row._region for row in (first, *rest)} == {"kainuu"}


def test_rows_awaited_stay_in_their_region(kainuu: Region, lappi: Region) -> None:
    async def carry() -> None:
        with in_region(kainuu):
            rows = OutboxEntry.objects.filter(effect="test").aiterator(chunk_size=1)
            assert (await anext(rows)).arguments == [0]
        with in_region(lappi):
            async with aclosing(rows):
                with pytest.raises(WrongRegion):
                    await anext(rows)

    with in_region(kainuu):
        entries(3)
    awaited(carry)


def test_a_query_made_outside_belongs_to_the_region_in_which_it_is_used(kainuu: Region, lappi: Region) -> None:
    query = RegionSettings.objects.all()
    for region in (kainuu, lappi):
        with in_region(region):
            assert query.all().get().council_name_fi.startswith(region.name_fi)


# --- Records ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "use",
    [
        lambda link: link.save(),
        lambda link: link.save(update_fields=["purpose"]),
        lambda link: link.delete(),
        lambda link: link.refresh_from_db(),
        lambda link: ActionLink.objects.bulk_create([link]),
        lambda link: ActionLink.objects.bulk_update([link], ["purpose"]),
        lambda link: copy.copy(link).save(),
        lambda link: pickle.loads(pickle.dumps(link)).save(),
        lambda link: ActionLink.objects.only("pk").bulk_create([copy.deepcopy(link)]),
    ],
)
@pytest.mark.falls_without("instance binding")
def test_a_record_of_one_region_refuses_to_be_used_in_another(
    kainuu: Region, lappi: Region, use: Callable[[ActionLink], Any]
) -> None:
    with in_region(kainuu):
        day = clock.now() + timedelta(days=1)
        link = ActionLink.objects.create(purpose="test", target_id=kainuu_id(), token_hash="a", expires_at=day)
    with in_region(lappi), pytest.raises(WrongRegion):
        use(link)


def kainuu_id() -> Any:
    return RegionSettings.objects.values_list("pk", flat=True).get()


def test_a_deferred_field_is_not_read_elsewhere(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        settings = RegionSettings.objects.defer("phone").get()
    with in_region(lappi), pytest.raises(WrongRegion):
        settings.phone  # noqa: B018 - reading it asks the database


@pytest.mark.parametrize(
    "look",
    [
        lambda user, role: list(user.staff_roles.all()),
        lambda user, role: user.staff_roles.count(),
        lambda user, role: user.staff_roles.create(role="editor"),
        lambda user, role: role.user,
        lambda user, role: prefetch_related_objects([user], "staff_roles"),
        lambda user, role: prefetch_related_objects([role], "user"),
    ],
)
def test_what_belongs_to_a_record_is_not_looked_for_elsewhere(
    kainuu: Region, lappi: Region, look: Callable[[User, StaffRole], Any]
) -> None:
    with in_region(kainuu):
        user = user_with_role(StaffRole.Role.EDITOR)
        role = StaffRole.objects.get()
    with in_region(lappi), pytest.raises(WrongRegion):
        look(user, role)


@pytest.mark.falls_without("relations within a region")
def test_a_record_does_not_point_at_another_regions(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        stranger = UserFactory.create()
    with in_region(lappi):
        role = user_with_role(StaffRole.Role.EDITOR).staff_roles.get()
        for point in (
            lambda: setattr(role, "granted_by", stranger),
            lambda: StaffRole(user=stranger),
            lambda: StaffRole.objects.create(user=stranger),
            lambda: role.user.staff_roles.add(StaffRole(user=stranger)),
        ):
            with pytest.raises(WrongRegion):
                point()
        role.refresh_from_db()
        assert role.granted_by is None


def test_a_query_writes_no_pointer_to_another_regions_record(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        stranger = UserFactory.create()
    with in_region(lappi), pytest.raises(WrongRegion):
        StaffRole.objects.update(granted_by=stranger)


def test_no_key_of_a_region_is_ever_another_regions() -> None:
    """A foreign key that got through would meet nobody: every row of every region has its own."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, RegionalModel):
            assert isinstance(model._meta.pk, UUIDField), model
