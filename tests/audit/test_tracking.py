"""Every table of a region keeps its past, by triggers that nothing goes round."""

import os
from datetime import UTC, datetime

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, models, transaction
from pytest_django import DjangoDbBlocker
from tests.factories.news import ArticleFactory
from tests.factories.organisations import OrganisationFactory

from yhdys.accounts.models import StaffRole, User
from yhdys.audit import tracking
from yhdys.audit.actions import record
from yhdys.audit.models import Entry, Past
from yhdys.audit.tracking import (
    COLUMNS_NOT_TRACKED,
    DERIVED,
    NOT_TRACKED,
    own_dates,
    past_of,
    past_of_links,
    tracked_columns,
    tracked_links,
    tracked_models,
)
from yhdys.core import clock
from yhdys.keywords.models import Keyword, Sector
from yhdys.news.models import Article
from yhdys.organisations.actions import change_organisation
from yhdys.organisations.models import Organisation
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.tenancy.provisioning import TEMPLATE

SCHEMAS = (TEMPLATE, "kainuu", "lappi")


def owner(query: str, *arguments: object) -> list[tuple[object, ...]]:
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"]) as connection:
        return connection.execute(query, arguments).fetchall()


def columns(table: str, schema: str = "kainuu") -> dict[object, tuple[object, ...]]:
    rows = owner(
        "SELECT column_name, udt_name, character_maximum_length, collation_name FROM information_schema.columns "
        "WHERE table_schema = %s AND table_name = %s",
        schema,
        table,
    )
    return {name: tuple(rest) for name, *rest in rows}


@pytest.mark.usefixtures("region")
def test_every_table_of_a_region_keeps_its_past_or_says_why_not() -> None:
    links = {model._meta.get_field(field).m2m_db_table() for model, field in tracked_links()}
    known = {model._meta.db_table for model in tracked_models()} | links
    known |= {apps.get_model(label)._meta.db_table for label in NOT_TRACKED if label.split(".")[0] != "account"}
    known |= {model._meta.db_table for model in apps.get_models() if issubclass(model, Past)}
    known |= {"django_migrations", "account_emailaddress", "account_emailconfirmation"}
    there = {table for (table,) in owner("SELECT tablename FROM pg_tables WHERE schemaname = 'kainuu'")}
    assert there - known == set()
    assert all(NOT_TRACKED.values())
    assert not {model._meta.label_lower for model in tracked_models()} & set(NOT_TRACKED)


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model._meta.label)
def test_the_past_has_the_columns_of_its_table(model: type[models.Model]) -> None:
    now, past = columns(model._meta.db_table), columns(past_of(model)._meta.db_table)
    kept = {name: kind for name, kind in past.items() if not str(name).startswith("pgh_")}
    left_out = set(now) - set(kept)
    assert kept == {name: kind for name, kind in now.items() if name in kept}
    translated = {name for name in left_out if f"{name}_fi" in kept}
    assert left_out - translated - DERIVED == set(COLUMNS_NOT_TRACKED.get(model._meta.label_lower, ()))


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_schema_has_the_triggers(schema: str) -> None:
    there = {
        str(table)
        for (table,) in owner(
            "SELECT tgrelid::regclass::oid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE relnamespace = %s::regnamespace AND NOT tgisinternal AND tgenabled = 'O'",
            schema,
        )
    }
    wanted = {model._meta.db_table for model in tracked_models()}
    wanted |= {model._meta.get_field(field).m2m_db_table() for model, field in tracked_links()}
    assert {name.rpartition(".")[2] for name in there} == wanted


def test_a_change_keeps_what_was_before(region: Region) -> None:
    organisation = OrganisationFactory(name_fi="Kainuun Oma ry", phone="08 1")
    assert not past_of(Organisation).objects.exists()
    organisation.phone = "08 2"
    organisation.save()
    (past,) = past_of(Organisation).objects.all()
    assert (past.pgh_obj_id, past.pgh_label, past.phone) == (organisation.pk, "update", "08 1")
    assert past.name_fi == "Kainuun Oma ry"


def test_saving_without_a_change_keeps_nothing(region: Region) -> None:
    organisation = OrganisationFactory()
    organisation.save()
    Organisation.objects.update(updated_at=clock.now())
    assert not past_of(Organisation).objects.exists()


def test_no_way_of_writing_goes_round_it(region: Region) -> None:
    one, other = OrganisationFactory(phone="1"), OrganisationFactory(phone="2")
    Organisation.objects.filter(pk=one.pk).update(phone="3")
    other.phone = "4"
    Organisation.objects.bulk_update([other], ["phone"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_organisation SET phone = '5' WHERE phone = '4'")
    Organisation.objects.filter(pk=other.pk).delete()
    kept = past_of(Organisation).objects.order_by("pgh_id").values_list("pgh_label", "phone")
    assert list(kept) == [("update", "1"), ("update", "2"), ("update", "4"), ("delete", "5")]


def test_links_are_kept_as_they_come_and_go(region: Region) -> None:
    sectors = list(Sector.objects.all()[:2])
    organisation = OrganisationFactory()
    organisation.sectors.set(sectors[:1])
    organisation.sectors.set(sectors[1:])
    past = past_of_links(Organisation, "sectors").objects.order_by("pgh_id")
    assert [(one.pgh_obj_id, one.pgh_label, one.sector) for one in past] == [
        (organisation.pk, "insert", sectors[0].pk),
        (organisation.pk, "delete", sectors[0].pk),
        (organisation.pk, "insert", sectors[1].pk),
    ]
    article = ArticleFactory()
    article.keywords.set(Keyword.objects.all()[:3])
    assert past_of_links(Article, "keywords").objects.filter(pgh_label="insert").count() == 3


def test_the_change_bears_the_number_of_the_entry_that_tells_who(region: Region) -> None:
    user = User.objects.create_user("sihteeri@example.org", name="Sihteeri")
    organisation = OrganisationFactory(phone="1")
    organisation.phone = "2"
    change_organisation(organisation, by=user)
    entry, past = Entry.objects.get(verb="changed"), past_of(Organisation).objects.get()
    assert (entry.transaction, entry.moment) == (past.pgh_transaction, past.pgh_created_at)


@pytest.mark.usefixtures("committed")
def test_two_transactions_have_two_numbers(django_db_setup: None) -> None:
    with in_region("kainuu"):
        with transaction.atomic():
            organisation = OrganisationFactory(phone="1")
        for phone in ("2", "3"):
            organisation.phone = phone
            change_organisation(organisation, by=None)
        numbers = [past.pgh_transaction for past in past_of(Organisation).objects.order_by("pgh_id")]
        assert len(set(numbers)) == 2
        assert numbers == list(
            Entry.objects.filter(verb="changed").order_by("at").values_list("transaction", flat=True)
        )


def test_a_past_that_is_told_today_bears_its_own_dates(region: Region) -> None:
    then = datetime(2019, 5, 2, 9, tzinfo=UTC)
    organisation = OrganisationFactory(phone="1")
    with own_dates():
        with clock.at(then):
            Organisation.objects.update(phone="2")
            entry = record(organisation, "changed", by=None)
        Organisation.objects.update(phone="3")
        record(organisation, "changed", by=None)
    first, second = past_of(Organisation).objects.order_by("pgh_id")
    assert first.pgh_created_at == then == Entry.objects.get(pk=entry.pk).moment
    assert second.pgh_created_at.year >= 2026


def test_its_own_dates_outlive_a_savepoint_and_end_with_it(region: Region) -> None:
    then, later = datetime(2019, 5, 2, 9, tzinfo=UTC), datetime(2020, 5, 2, 9, tzinfo=UTC)
    OrganisationFactory(phone="1")
    with own_dates():
        with clock.at(then):
            Organisation.objects.update(phone="2")
        with clock.at(later):
            with transaction.atomic(), clock.at(then):
                Organisation.objects.update(phone="x")
                transaction.set_rollback(True)
            Organisation.objects.update(phone="3")
    Organisation.objects.update(phone="4")
    moments = list(past_of(Organisation).objects.order_by("pgh_id").values_list("pgh_created_at", flat=True))
    assert moments[:2] == [then, later]
    assert moments[2].year >= 2026


def test_a_past_is_told_in_one_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), pytest.raises(transaction.TransactionManagementError), own_dates():
        pass


def test_the_regions_role_may_not_rewrite_the_past(region: Region) -> None:
    OrganisationFactory(phone="1")
    Organisation.objects.update(phone="2")
    for rewrite in (lambda pasts: pasts.update(phone="9"), lambda pasts: pasts.all()._raw_delete("default")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rewrite(past_of(Organisation).objects)
    assert past_of(Organisation).objects.get().phone == "1"


def test_the_past_is_written_only_beside_its_own_table(django_db_setup: None) -> None:
    """The owner, who may write anywhere, cannot put the past of Kainuu's users among that of the national ones."""
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"]) as owner, owner.transaction(force_rollback=True):
        owner.execute(
            "INSERT INTO kainuu.accounts_user (id, email, name, language, is_active, password, sort_key, "
            "session_generation, created_at, updated_at) "
            "VALUES (uuidv7(), 'a@example.org', 'A', 'fi', true, '', '', 0, now(), now())"
        )
        owner.execute("SET LOCAL search_path TO public")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="The past of kainuu"), owner.transaction():
            owner.execute("UPDATE kainuu.accounts_user SET name = 'B'")
        owner.execute("SET LOCAL search_path TO kainuu")
        owner.execute("UPDATE kainuu.accounts_user SET name = 'B'")
        assert owner.execute("SELECT name FROM kainuu.accounts_userpast").fetchall() == [("A",)]


def test_two_regions_keep_two_pasts(kainuu: Region, lappi: Region) -> None:
    for place in (kainuu, lappi):
        with in_region(place):
            OrganisationFactory(phone=place.slug)
            Organisation.objects.update(phone="2")
    for place in (kainuu, lappi):
        with in_region(place):
            assert [past.phone for past in past_of(Organisation).objects.all()] == [place.slug]


def test_the_national_site_keeps_the_past_of_its_own_people(national: None) -> None:
    user = User.objects.create_user("ohjelma@example.org", name="Ohjelma")
    role = StaffRole.objects.create(user=user, role=StaffRole.Role.OBSERVER)
    StaffRole.objects.filter(pk=role.pk).update(role=StaffRole.Role.EDITOR)
    assert past_of(StaffRole).objects.get().role == StaffRole.Role.OBSERVER


def test_secrets_have_no_past(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"password", "last_login"}.isdisjoint(tracked_columns(User))
    monkeypatch.setitem(tracking.COLUMNS_NOT_TRACKED, "accounts.user", {"last_login": ""})
    with pytest.raises(ImproperlyConfigured, match=r"User\.password looks like a secret"):
        tracked_columns(User)
