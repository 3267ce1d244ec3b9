"""The history of a record tells who changed what, by a number of queries that does not grow."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import models
from django.test.utils import CaptureQueriesContext
from tests.factories.meetings import MeetingFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.audit.queries import Happening, Part, history_of, names_of, past_version
from yhdys.audit.tracking import own_dates, past_of
from yhdys.core import clock
from yhdys.keywords.models import Sector
from yhdys.meetings.actions import add_item, change_item, remove_item
from yhdys.meetings.models import AgendaItem
from yhdys.organisations.actions import change_contact, change_organisation
from yhdys.organisations.models import Contact, Organisation
from yhdys.regions.models import Region

BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
type Day = Callable[[int], Any]


@pytest.fixture
def day(region: Region) -> Iterator[Day]:
    """``with day(3):`` what happens inside is another transaction, of another day."""
    with own_dates():
        yield lambda number: clock.at(BEGAN + timedelta(days=number))


@pytest.fixture
def user(region: Region) -> User:
    return User.objects.create_user("sihteeri@example.org", name="Sihteeri")


def differences(happening: Happening) -> dict[str, tuple[Any, Any]]:
    (change,) = happening.changes
    assert change.after is not None
    return {name: (change.before[name], change.after[name]) for name in change.columns}


def test_each_change_tells_what_was_before_and_after(day: Day, user: User) -> None:
    organisation = OrganisationFactory(phone="1")
    for number, phone in ((1, "2"), (2, "3")):
        with day(number):
            organisation.phone = phone
            change_organisation(organisation, by=user)
    second, first = history_of(organisation)
    assert (differences(first), differences(second)) == ({"phone": ("1", "2")}, {"phone": ("2", "3")})
    assert {first.actor_name, second.actor_name} == {"Sihteeri"}
    assert (first.at, second.at) == (BEGAN + timedelta(days=1), BEGAN + timedelta(days=2))


def test_what_nobody_told_of_is_told_all_the_same(day: Day, user: User) -> None:
    organisation, other = OrganisationFactory(phone="1"), OrganisationFactory()
    with day(1):
        Organisation.objects.filter(pk=organisation.pk).update(phone="2")
        record(other, "changed", by=user)
    with day(2):
        Organisation.objects.filter(pk=organisation.pk).update(phone="3")
    second, first = history_of(organisation)
    assert (first.entry, first.actor_name, differences(first)) == (None, "Sihteeri", {"phone": ("1", "2")})
    assert (second.entry, second.actor_name, differences(second)) == (None, "", {"phone": ("2", "3")})


def test_links_are_told_by_what_came_and_what_went(day: Day) -> None:
    one, other, stays = Sector.objects.all()[:3]
    organisation = OrganisationFactory()
    with day(1):
        organisation.sectors.set([one, stays])
    with day(2):
        change_organisation(organisation, sectors=[other, stays], by=None)
    second, _first = history_of(organisation)
    (link,) = second.links
    assert (link.field, list(link.added), list(link.removed)) == ("sectors", [other.pk], [one.pk])
    assert names_of([second], organisation) == {(Sector, one.pk): str(one), (Sector, other.pk): str(other)}


def test_two_things_said_in_one_transaction_tell_the_change_once(day: Day, user: User) -> None:
    contact = ContactFactory(phone="1")
    with day(1):
        contact.phone = "2"
        change_contact(contact, by=user)
        record(contact, "consent_withdrawn", by=user, field="phone")
    told = {one.entry.verb: len(one.changes) for one in history_of(contact) if one.entry}
    assert told == {"changed": 1, "consent_withdrawn": 0}


def test_a_record_tells_of_its_parts_even_of_those_that_are_gone(day: Day, user: User) -> None:
    meeting = MeetingFactory()
    with day(1):
        item = add_item(meeting, title="Talousarvio", by=user)
    with day(2):
        change_item(item, title="Talousarvio 2027", by=user)
    with day(3):
        remove_item(item, by=user)
    part = Part(AgendaItem, "meeting", called_by=("title_fi",))
    removed, changed = (one for one in history_of(meeting, [part]) if one.changes)
    assert [(one.after, one.before["title_fi"]) for one in removed.changes] == [(None, "Talousarvio 2027")]
    assert differences(changed) == {"title_fi": ("Talousarvio", "Talousarvio 2027")}
    assert changed.changes[0].name_column == "title_fi"


def test_an_empty_text_and_none_are_the_same(day: Day) -> None:
    organisation = OrganisationFactory(phone="1")
    with day(1):
        organisation.name_sv, organisation.phone = "", "2"
        change_organisation(organisation, by=None)
    (one,) = history_of(organisation)
    assert differences(one) == {"phone": ("1", "2")}


def test_another_records_past_is_not_told(day: Day) -> None:
    organisation, other = OrganisationFactory(), OrganisationFactory(phone="1")
    with day(1):
        other.phone = "2"
        change_organisation(other, by=None)
    assert history_of(organisation) == []
    assert past_version(organisation, past_of(Organisation).objects.get().pk) is None
    assert past_version(other, past_of(Organisation).objects.get().pk) is not None


def changed_often(organisation: Organisation, times: range, day: Day) -> None:
    towns = list(ContactFactory.create_batch(2))
    for number in times:
        with day(number):
            organisation.phone = str(number)
            change_organisation(organisation, sectors=Sector.objects.all()[number % 3 : number % 3 + 1], by=None)
    assert towns


def test_the_number_of_queries_does_not_grow(day: Day, django_assert_num_queries: Any) -> None:
    from django.db import connection

    organisation = OrganisationFactory()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            happenings = history_of(organisation)
            names_of(happenings, organisation)
        return len([one for one in queries.captured_queries if not one["sql"].startswith("SET LOCAL")])

    changed_often(organisation, range(1, 3), day)
    few = count()
    changed_often(organisation, range(3, 20), day)
    assert count() == few
    assert few <= 5


def test_the_newest_fifty_are_told(day: Day) -> None:
    organisation = OrganisationFactory(phone="0")
    changed_often(organisation, range(1, 61), day)
    told = history_of(organisation)
    assert len(told) == 50
    assert differences(told[0])["phone"] == ("59", "60")
    assert differences(told[-1])["phone"] == ("10", "11")


def test_a_column_that_points_to_something_is_named(day: Day) -> None:
    one, other = OrganisationFactory(name_fi="Eka ry"), OrganisationFactory(name_fi="Toka ry")
    contact: Contact = ContactFactory(organisation=one)
    with day(1):
        contact.organisation = other
        change_contact(contact, by=None)
    names = names_of(history_of(contact), contact)
    assert names == {(Organisation, one.pk): "Eka ry", (Organisation, other.pk): "Toka ry"}


def test_every_part_of_a_record_names_columns_that_are_kept() -> None:
    from yhdys.web.workspace.parts import PARTS

    for model, parts in PARTS.items():
        for part in parts:
            to: type[models.Model] = part.above.model if part.above else model
            assert part.model._meta.get_field(part.to).related_model is to
            kept = {field.name for field in past_of(part.model)._meta.fields}
            assert {*part.called_by, part.to} <= kept, part.model
