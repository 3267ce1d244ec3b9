"""Representatives in groups outside: naming, ends, reports back, what comes up on the list of things to do."""

from datetime import date, timedelta

import pytest
from tests.councils.permissions import allowed_to
from tests.factories.councils import BodyFactory, TermFactory
from tests.factories.organisations import ContactFactory
from tests.factories.people import everybody, in_body, user

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.todo import todos_of
from yhdys.councils.actions import (
    end_term,
    name_representative,
    set_end_of_mandate,
    take_back_report,
    tell_back,
)
from yhdys.councils.enums import GroupKind, Role, Settled, TermState
from yhdys.councils.models import (
    Body,
    ExternalDecision,
    OutsideGroup,
    Representation,
    RepresentationReport,
)
from yhdys.councils.unfinished import Decision, open_work
from yhdys.organisations.models import Contact
from yhdys.tenancy.context import require_scope

pytestmark = pytest.mark.usefixtures("region")
TODAY = clock.today


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


@pytest.fixture
def body(region: object) -> Body:
    return BodyFactory()


@pytest.fixture
def group(region: object) -> OutsideGroup:
    return OutsideGroup.objects.create(
        kind=GroupKind.PARTNERSHIP_TABLE, name_fi="Hyvinvoinnin kumppanuuspöytä", start=days(-400), end=days(400)
    )


@pytest.fixture
def mandate(body: Body, group: OutsideGroup) -> Representation:
    return named(body, group)


def named(body: Body, group: OutsideGroup, contact: Contact | None = None, **told: object) -> Representation:
    return name_representative(
        group=group,
        body=body,
        contact=contact or ContactFactory(),
        by=None,
        **({"start": days(-100), "end": days(100)} | told),  # type: ignore[arg-type]  # dates
    )


def test_a_representative_is_named_and_recorded(body: Body, mandate: Representation) -> None:
    assert list(Representation.objects.of_body(body).in_force()) == [mandate]
    assert Entry.objects.about(body).filter(verb="representative_named").exists()
    assert Entry.objects.about(mandate).filter(verb="named").exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"end": date(2001, 1, 1)}, "cannot end before it starts"),
        ({"start": date(2001, 1, 1)}, "does not exist for the whole time"),
        ({"end": date(2999, 1, 1)}, "does not exist for the whole time"),
        ({"named_on": date(2999, 1, 1)}, "still to come"),
    ],
)
def test_dates_that_cannot_be_are_refused(
    body: Body, group: OutsideGroup, told: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        named(body, group, **told)


def test_nobody_represents_twice_at_the_same_time_in_one_group(body: Body, group: OutsideGroup) -> None:
    first = named(body, group)
    with pytest.raises(ActionRefused, match="at that time already"):
        named(body, group, first.contact, start=days(50), end=None)
    later = named(body, group, first.contact, start=days(101), end=None)
    with pytest.raises(ActionRefused, match="at that time already"):
        set_end_of_mandate(first, on=days(150), by=None)
    assert later.holds_on(days(120))


def test_a_body_that_has_ended_names_nobody_and_a_decision_must_be_about_it(group: OutsideGroup) -> None:
    ended = BodyFactory(founded_on=days(-500), ended_on=days(-200))
    with pytest.raises(ActionRefused, match="has ended"):
        named(ended, group)
    body = BodyFactory()
    decision = ExternalDecision.objects.create(
        body=ended, deciding_body_fi="Hallitus", title_fi="Päätös", date=days(-300)
    )
    with pytest.raises(ActionRefused, match="about another body"):
        named(body, group, decision=decision)


def test_a_mandate_is_ended_prolonged_and_left_as_it_is(mandate: Representation) -> None:
    assert set_end_of_mandate(mandate, on=days(-1), by=None).end == days(-1)
    assert not Representation.objects.in_force().exists()
    assert set_end_of_mandate(mandate, on=days(200), by=None).end == days(200)
    count = Entry.objects.about(mandate).count()
    set_end_of_mandate(mandate, on=days(200), by=None)
    assert Entry.objects.about(mandate).count() == count
    with pytest.raises(ActionRefused, match="cannot end before it starts"):
        set_end_of_mandate(mandate, on=days(-101), by=None)


def test_no_mandate_holds_longer_than_its_group(body: Body, mandate: Representation, group: OutsideGroup) -> None:
    OutsideGroup.objects.filter(pk=group.pk).update(end=days(-1))
    assert not Representation.objects.in_force().exists()
    assert not Representation.objects.get().holds_on(clock.today())


def test_what_happened_is_told_back_and_taken_back(mandate: Representation) -> None:
    teller = user()
    report = tell_back(mandate, text="  Käsiteltiin avustuksia. ", by=teller)
    assert (report.text, report.told_on, report.told_by) == ("Käsiteltiin avustuksia.", clock.today(), teller)
    take_back_report(report, by=teller)
    assert not RepresentationReport.objects.exists()


@pytest.mark.parametrize("day", [-101, 1])
def test_a_report_is_about_a_day_of_the_mandate(mandate: Representation, day: int) -> None:
    with pytest.raises(ActionRefused, match="between the beginning of the mandate and today"):
        tell_back(mandate, text="Kokous", told_on=days(day), by=None)
    with pytest.raises(ActionRefused):
        tell_back(mandate, text="  ", by=None)


PERMISSIONS: dict[str, set[str]] = {
    "change_representations": {"administrator", "secretary"},
    "tell_back": {"administrator", "secretary", "representative"},
    "view_representation": {
        "administrator", "editor", "observer", "representative", "committee", "elsewhere",
        *(role.value for role in Role),
    },
}  # fmt: skip


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_exactly_these_may(body: Body, group: OutsideGroup, permission: str) -> None:
    people = everybody(body) | {"representative": user(), "another": user()}
    named(body, group, ContactFactory(user=people["another"]))
    own = named(body, group, ContactFactory(user=people["representative"]))
    assert allowed_to(people, f"councils.{permission}", own) == PERMISSIONS[permission]


def test_secretaries_open_the_page_for_naming_and_name_for_their_own_body_only(body: Body) -> None:
    people = everybody(body)
    scope = require_scope()
    assert allowed_to(people, "councils.name_representatives", scope) == {"administrator", "secretary", "elsewhere"}
    assert allowed_to(people, "councils.name_representatives", None) == set()


@pytest.mark.parametrize("phase", ["past", "future"])
def test_a_role_that_does_not_hold_gives_nothing(body: Body, mandate: Representation, phase: str) -> None:
    people = {name: who for name, who in everybody(body, phase).items() if name != "elsewhere"}
    for permission in PERMISSIONS:
        assert allowed_to(people, f"councils.{permission}", mandate) == set()


def test_a_representative_sees_the_own_mandate_and_no_other(body: Body, group: OutsideGroup) -> None:
    who = user()
    own = named(body, group, ContactFactory(user=who))
    named(body, group)
    assert list(Representation.objects.visible_to(who)) == [own]
    assert not Representation.objects.visible_to(None).exists()


def test_an_expiring_mandate_comes_up_until_somebody_is_named(body: Body, group: OutsideGroup) -> None:
    secretary = in_body(body, Role.SECRETARY)
    mandate = named(body, group, end=days(30))
    titles = [one.title for one in todos_of(secretary)]
    assert f"Name a representative: {group}" in titles
    named(body, group, start=days(31), end=days(300))
    assert f"Name a representative: {group}" not in [one.title for one in todos_of(secretary)]
    assert not [one for one in todos_of(in_body(body, Role.MEMBER)) if "representative" in one.title]
    assert mandate.end == days(30)


def test_a_mandate_far_from_its_end_waits_for_nobody(body: Body, mandate: Representation) -> None:
    secretary = in_body(body, Role.SECRETARY)
    assert not [one for one in todos_of(secretary) if "representative" in one.title]


@pytest.mark.parametrize(("how", "holds"), [(Settled.CARRIED, True), (Settled.CLOSED, False)])
def test_mandates_are_settled_when_the_term_ends(
    body: Body, mandate: Representation, how: Settled, holds: bool
) -> None:
    term = TermFactory(body=body, state=TermState.RUNNING, start=days(-300), end=None)
    with pytest.raises(ActionRefused, match="is still open"):
        end_term(term, by=None)
    decisions = {(one.key, m.about): Decision(how, "Valitaan uudet") for one, those in open_work(term) for m in those}
    end_term(term, decisions=decisions, by=None)
    mandate.refresh_from_db()
    assert mandate.holds_on(days(1)) is holds
