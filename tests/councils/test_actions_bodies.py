"""Bodies, their mandates, hosts and the records around them."""

from datetime import date
from typing import Any

import pytest
from tests.factories.councils import AuthorityFactory, BodyFactory, SeatFactory, TermFactory
from tests.factories.people import user

from yhdys.audit.models import Entry
from yhdys.core.errors import ActionRefused
from yhdys.councils.actions import (
    change_body,
    create_body,
    end_body,
    keep,
    move_mandate,
    remove,
    reorder_mandates,
    start_hosting,
)
from yhdys.councils.enums import (
    AuthorityKind,
    BodyKind,
    ChannelKind,
    ChannelState,
    LegalStanding,
    MandateKind,
    QuorumRule,
    TermState,
)
from yhdys.councils.models import (
    Authority,
    Body,
    ExternalDecision,
    HostPeriod,
    Mandate,
    PublicationChannel,
    TimelineEvent,
)
from yhdys.councils.queries import host_of
from yhdys.places.models import Municipality

pytestmark = pytest.mark.usefixtures("region")


def council(**fields: Any) -> Body:
    return Body(
        **{
            "kind": BodyKind.REGIONAL_COUNCIL,
            "name_fi": "Koemaan järjestöneuvottelukunta",
            "legal_standing": LegalStanding.COOPERATION,
        }
        | fields
    )


def tasks(body: Body, *titles: str) -> list[Mandate]:
    return [
        keep(Mandate(body=body, kind=MandateKind.TASK, title_fi=title, text_fi=f"{title}."), by=None)
        for title in titles
    ]


def titles(body: Body) -> list[str]:
    return [mandate.title_fi for mandate in Mandate.objects.filter(body=body).listed()]  # type: ignore[attr-defined]  # by translation


def test_a_body_gets_a_readable_address_and_a_history() -> None:
    body = create_body(council(), by=user("Hanna Hallinto"))
    assert body.slug == "koemaan-jarjestoneuvottelukunta"
    committee = create_body(council(kind=BodyKind.WORKING_COMMITTEE, parent=body), by=None)
    assert committee.slug == "koemaan-jarjestoneuvottelukunta-2"
    entry = Entry.objects.about(body).get()
    assert (entry.verb, entry.actor_name) == ("created", "Hanna Hallinto")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": BodyKind.WORKING_COMMITTEE}, "Choose the council"),
        ({"kind": BodyKind.SUBREGIONAL_COUNCIL}, "Choose the council"),
        ({"quorum_rule": QuorumRule.NUMBER}, "how many members"),
        ({"founded_on": date(2020, 1, 1), "ended_on": date(2019, 1, 1)}, "before it was founded"),
        ({"name_fi": ""}, "."),
        ({"name_fi": "x" * 201}, "."),
        ({"email": "ei osoite"}, "."),
    ],
)
def test_a_broken_body_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        create_body(council(**fields), by=None)
    assert not Body.objects.exists()
    assert not Entry.objects.exists()


def test_a_region_has_one_working_regional_council() -> None:
    first = create_body(council(), by=None)
    with pytest.raises(ActionRefused, match="has a regional council already"):
        create_body(council(), by=None)
    end_body(first, on=date(2020, 12, 31), by=None)
    assert create_body(council(founded_on=date(2021, 1, 1)), by=None).pk


def test_a_body_cannot_belong_to_itself() -> None:
    top = BodyFactory(kind=BodyKind.OTHER)
    below = BodyFactory(kind=BodyKind.OTHER, parent=top)
    top.parent = below
    with pytest.raises(ActionRefused, match="cannot belong to itself"):
        change_body(top, by=None)


def test_a_change_tells_which_fields_and_nothing_else() -> None:
    body = BodyFactory()
    body.purpose_fi, body.email = "Uusi tarkoitus", "neuvottelukunta@example.org"
    change_body(body, municipalities=Municipality.objects.filter(code="205"), by=None)
    entry = Entry.objects.about(body).get()
    assert entry.details == {"fields": ["email", "purpose_fi", "municipalities"]}
    change_body(body, by=None)
    assert Entry.objects.about(body).count() == 1


def test_a_body_does_not_end_while_a_term_runs() -> None:
    term = TermFactory()
    with pytest.raises(ActionRefused, match="End the running term first"):
        end_body(term.body, on=date(2026, 6, 1), by=None)
    term.state = TermState.ENDED
    term.save()
    assert end_body(term.body, on=date(2026, 6, 1), by=None).ended_on == date(2026, 6, 1)


def test_mandates_come_in_the_order_they_are_put() -> None:
    body = BodyFactory()
    first, second, third = tasks(body, "A", "B", "C")
    assert titles(body) == ["A", "B", "C"]
    reorder_mandates(body, MandateKind.TASK, [third.pk, first.pk, second.pk], by=None)
    assert titles(body) == ["C", "A", "B"]
    move_mandate(second, steps=-1, by=None)
    assert titles(body) == ["C", "B", "A"]
    move_mandate(third, steps=-1, by=None)
    assert titles(body) == ["C", "B", "A"]
    assert [entry.verb for entry in Entry.objects.about(body)][:2] == ["mandates_reordered", "mandates_reordered"]


def test_an_order_of_yesterday_is_refused() -> None:
    body = BodyFactory()
    first, second = tasks(body, "A", "B")
    tasks(body, "C")
    with pytest.raises(ActionRefused, match="changed meanwhile"):
        reorder_mandates(body, MandateKind.TASK, [second.pk, first.pk], by=None)
    assert titles(body) == ["A", "B", "C"]


def test_hosts_follow_each_other_day_by_day() -> None:
    body = BodyFactory()
    assert host_of(body) is None
    old, new = AuthorityFactory(name_fi="Vanha liitto"), AuthorityFactory(name_fi="Uusi liitto")
    start_hosting(body, old, start=date(2012, 3, 1), by=None)
    with pytest.raises(ActionRefused, match="hosts this body already"):
        start_hosting(body, old, start=date(2020, 1, 1), by=None)
    for wrong in (None, date(2012, 3, 1)):
        with pytest.raises(ActionRefused, match="Tell from which day the new host begins"):
            start_hosting(body, new, start=wrong, by=None)
    start_hosting(body, new, start=date(2023, 1, 1), by=None)
    hosts = [host_of(body, day) for day in (date(2012, 2, 29), date(2022, 12, 31), date(2023, 1, 1))]
    assert [host and host.authority for host in hosts] == [None, old, new]


def test_the_records_around_a_body_are_kept_and_removed_with_a_trace() -> None:
    body = BodyFactory()
    decision = keep(
        ExternalDecision(
            body=body,
            deciding_body_fi="Koemaan liiton hallitus",
            date=date(2020, 11, 23),
            title_fi="Asettaminen",
            url="https://asiat.example/1",
        ),
        by=user("Sanni Sihteeri"),
    )
    event = keep(TimelineEvent(body=body, date=date(2020, 11, 23), title_fi="Päätös", decision=decision), by=None)
    assert [entry.verb for entry in Entry.objects.about(body)] == ["record_added", "record_added"]
    remove(decision, by=None)
    event.refresh_from_db()
    assert event.decision is None
    assert Entry.objects.about(body).first().details["name"] == "Asettaminen"  # type: ignore[union-attr]  # it is there


def test_nothing_is_noted_of_a_record_that_is_as_it_was() -> None:
    event = keep(TimelineEvent(body=BodyFactory(), date=date(2020, 1, 1), title_fi="Alku"), by=None)
    keep(event, by=None)
    assert Entry.objects.about(event).count() == 1


@pytest.mark.parametrize(
    "fields", [{"name_fi": ""}, {"url": "javascript:alert(1)"}, {"url": ""}, {"name_fi": "x" * 201}, {"kind": "muu"}]
)
def test_a_broken_record_is_refused(fields: dict[str, Any]) -> None:
    channel = {
        "body": BodyFactory(),
        "kind": ChannelKind.HOST_SITE,
        "state": ChannelState.IN_USE,
        "name_fi": "Liiton sivut",
        "url": "https://liitto.example",
    }
    with pytest.raises(ActionRefused):
        keep(PublicationChannel(**channel | fields), by=None)
    assert not PublicationChannel.objects.exists()


def test_a_channel_that_is_coming_needs_no_address() -> None:
    coming = PublicationChannel(
        body=BodyFactory(), kind=ChannelKind.SOCIAL_MEDIA, state=ChannelState.COMING, name_fi="Some"
    )
    assert keep(coming, by=None).pk


def test_an_authority_that_others_name_stays() -> None:
    authority = keep(Authority(name_fi="Koekunta", kind=AuthorityKind.MUNICIPALITY), by=None)
    SeatFactory(represents="authority", authority=authority, organisation=None)
    with pytest.raises(ActionRefused, match="cannot be removed"):
        remove(authority, by=None)
    assert Authority.objects.get() == authority
    remove(keep(Authority(name_fi="Tarpeeton", kind=AuthorityKind.OTHER), by=None), by=None)
    assert Authority.objects.count() == 1


def test_a_successor_comes_after_an_end() -> None:
    successor = AuthorityFactory()
    with pytest.raises(ActionRefused):
        keep(Authority(name_fi="Kuntayhtymä", kind=AuthorityKind.JOINT_AUTHORITY, successor=successor), by=None)
    assert keep(
        Authority(
            name_fi="Kuntayhtymä", kind=AuthorityKind.JOINT_AUTHORITY, successor=successor, end=date(2022, 12, 31)
        ),
        by=None,
    ).pk


def test_a_hosts_time_is_in_order() -> None:
    with pytest.raises(ActionRefused):
        keep(
            HostPeriod(body=BodyFactory(), authority=AuthorityFactory(), start=date(2020, 1, 1), end=date(2019, 1, 1)),
            by=None,
        )
