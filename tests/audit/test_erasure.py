"""Personal data in what records were has an end, and nobody but the eraser makes it."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, models, transaction
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.accounts.models import User
from yhdys.audit.personal_data import PAST_KEPT, blank_past
from yhdys.audit.queries import history_of
from yhdys.audit.tracking import own_dates, past_of, tracked_models
from yhdys.core import clock
from yhdys.news.models import Article
from yhdys.organisations.models import Contact, Organisation
from yhdys.privacy.register import classes, known_tables
from yhdys.privacy.tasks import erase_outlived
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_eraser, in_region

NAMES = {"name", "byline", "phone", "photo", "in_place_of"}
OF_ORGANISATIONS = {"nominations.callinvitation.name"}
"""Names that are no person's."""


def changed(contact: Contact, phone: str, age: timedelta = timedelta()) -> None:
    with own_dates(), clock.at(clock.now() - age):
        Contact.objects.filter(pk=contact.pk).update(phone=phone)


def test_every_column_with_personal_data_is_blanked_in_time() -> None:
    forgotten = {
        f"{model._meta.label_lower}.{field.name}"
        for model in tracked_models()
        if model._meta.label_lower in {table for data in classes() for table in data.tables}
        for field in past_of(model)._meta.fields
        if isinstance(field, models.EmailField) or field.name in NAMES
        if field.name not in past_of(model).pgh_personal
    }
    assert forgotten - OF_ORGANISATIONS == set()


def test_the_register_blanks_columns_that_are_kept_and_tables_it_knows() -> None:
    for data in classes():
        assert set(data.past) <= known_tables()
    for model in tracked_models():
        past: Any = past_of(model)
        assert set(past.pgh_personal) <= {field.name for field in past._meta.fields}
        assert not any(past._meta.get_field(name).db_column for name in past.pgh_personal), "a key is no name"


def test_what_is_older_than_a_year_is_blanked_and_the_rest_stays(region: Region) -> None:
    contact = ContactFactory(name="Aino Koe", phone="1")
    changed(contact, "2", PAST_KEPT + timedelta(days=1))
    changed(contact, "3", PAST_KEPT - timedelta(days=1))
    assert erase_outlived()["audit.past"] == 1
    old, young = past_of(Contact).objects.order_by("pgh_id")
    assert (old.name, old.phone, old.pgh_label, old.pgh_obj_id) == (None, None, "update", contact.pk)
    assert old.pgh_erased_at is not None
    assert (young.name, young.phone, young.pgh_erased_at) == ("Aino Koe", "2", None)
    newest, oldest = history_of(contact)
    assert [one.changes[0].is_erased for one in (newest, oldest)] == [False, True]
    assert blank_past() == 0


def test_what_is_told_of_somebody_who_was_removed_is_blanked_the_next_night(region: Region) -> None:
    contact = ContactFactory(name="Aino Koe", phone="1")
    changed(contact, "2")
    Contact.objects.filter(pk=contact.pk).delete()
    assert past_of(Contact).objects.filter(name="Aino Koe").count() == 2
    assert blank_past() == 2
    assert set(past_of(Contact).objects.values_list("name", "phone", "pgh_label")) == {
        (None, None, "update"), (None, None, "delete"),
    }  # fmt: skip


def test_only_personal_columns_are_blanked(region: Region) -> None:
    organisation = OrganisationFactory(phone="1")
    article = ArticleFactory(byline="Aino Koe", lead_fi="Ennen")
    with own_dates(), clock.at(clock.now() - PAST_KEPT - timedelta(days=1)):
        Organisation.objects.filter(pk=organisation.pk).update(phone="2")
        Article.objects.filter(pk=article.pk).update(byline="", lead_fi="Nyt")
    blank_past()
    assert past_of(Organisation).objects.get().phone == "1"
    past = past_of(Article).objects.get()
    assert (past.byline, past.lead_fi) == (None, "Ennen")


def test_the_national_sites_people_are_blanked_too(national: None) -> None:
    user = User.objects.create_user("ohjelma@example.org", name="Ohjelma")
    with own_dates(), clock.at(clock.now() - PAST_KEPT - timedelta(days=1)):
        User.objects.filter(pk=user.pk).update(name="Toinen")
    assert blank_past() == 1
    assert not past_of(User).objects.exclude(name=None).exists()


def test_another_regions_past_stays(kainuu: Region, lappi: Region) -> None:
    for place in (kainuu, lappi):
        with in_region(place):
            contact = ContactFactory(phone="1")
            changed(contact, "2", PAST_KEPT + timedelta(days=1))
    with in_region(kainuu):
        assert blank_past() == 1
    with in_region(lappi):
        assert past_of(Contact).objects.get().phone == "1"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name FROM organisations_contactpast",
        "SELECT name FROM organisations_contact",
        "SELECT * FROM audit_entry",
        "DELETE FROM organisations_contactpast",
        "INSERT INTO organisations_contactpast DEFAULT VALUES",
        "UPDATE organisations_contactpast SET pgh_label = 'x'",
        "UPDATE organisations_organisationpast SET phone = NULL",
        "UPDATE organisations_contact SET name = NULL",
    ],
)
def test_the_eraser_reads_and_writes_nothing_else(region: Region, statement: str) -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), in_eraser(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_after_the_erasure_the_region_is_itself_again(region: Region) -> None:
    with in_eraser(), connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_contactpast SET name = NULL WHERE pgh_id = uuidv7()")
    assert Contact.objects.count() == 0
    ContactFactory()
