"""What the content files promise, before anything is loaded."""

import csv
import dataclasses
import re
from datetime import timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

from yhdys.councils.enums import BodyKind, LegalStanding, Role
from yhdys.demo.loading.accounts import NATIONAL_STAFF
from yhdys.demo.loading.people import address_of
from yhdys.demo.reading import REGIONS, read
from yhdys.demo.schema import Body, Content, Event, Meeting, Membership, Text
from yhdys.demo.strict import ContentError, build

RESERVED = re.compile(r"(^|\.)(example|example\.(org|com|net)|test|invalid|localhost)$")
DOMAINS = re.compile(r"(?:https?://|@)([\w.-]+\w)")
SEATED = {Role.MEMBER, Role.DEPUTY, Role.EXPERT}


@pytest.fixture(params=REGIONS)
def content(request) -> Content:
    return read(request.param)


def table(package: str, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(package).joinpath(path).read_text(encoding="utf-8").splitlines()))


def raw_texts(slug: str) -> str:
    folder = files("yhdys.demo").joinpath(f"content/{slug}")
    return "\n".join(file.read_text(encoding="utf-8") for file in folder.iterdir())


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    if dataclasses.is_dataclass(value):
        return [text for one in dataclasses.fields(value) for text in strings(getattr(value, one.name))]
    return []


def in_force(membership: Membership, day) -> bool:
    return membership.start <= day and (membership.end is None or day <= membership.end)


def held(content: Content) -> list[Meeting]:
    return [meeting for meeting in content.meetings.meetings if meeting.start is not None]


def body_of(content: Content, key: str) -> Body:
    return next(body for body in content.council.bodies if body.key == key)


def test_every_launch_region_has_its_five_files():
    for slug in REGIONS:
        names = {file.name for file in files("yhdys.demo").joinpath(f"content/{slug}").iterdir()}
        assert names == {"settings.yaml", "organisations.yaml", "council.yaml", "meetings.yaml", "news.yaml"}


def test_an_unknown_key_is_an_error_that_names_its_place():
    with pytest.raises(ContentError, match=r"kainuu/council.yaml\[0\]: Event knows no colour"):
        build(
            list[Event],
            [{"date": None, "kind": "beginning", "title": "Alku", "colour": "red"}],
            "kainuu/council.yaml",
        )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"fi": 3}, "str is expected"),
        ({}, "missing"),
        (["fi"], "Text is expected"),
    ],
)
def test_a_value_of_the_wrong_kind_is_an_error(value, said):
    with pytest.raises(ContentError, match=said):
        build(Text, value, "place")


def test_a_region_without_content_is_an_error():
    with pytest.raises(ContentError, match="satakunta"):
        read("satakunta")


@pytest.mark.parametrize("slug", REGIONS)
def test_every_domain_is_a_reserved_one(slug):
    domains = set(DOMAINS.findall(raw_texts(slug)))
    assert domains
    assert [domain for domain in sorted(domains) if not RESERVED.search(domain)] == []


def test_every_person_gets_a_reserved_address(content):
    addresses = [address_of(person.name) for person in content.organisations.people]
    addresses += [account.email for account in content.council.accounts if account.email]
    addresses += [email for _name, email, _role in NATIONAL_STAFF]
    assert all(re.fullmatch(r"[a-z0-9.-]+@example\.org", address) for address in addresses)
    assert len(addresses) == len(set(addresses))


def test_every_key_occurs_once(content):
    for records in (
        content.organisations.organisations,
        content.organisations.authorities,
        content.organisations.people,
        content.council.bodies,
        content.meetings.meetings,
        content.news.articles,
    ):
        keys = [record.key for record in records]
        assert len(keys) == len(set(keys))


def test_every_reference_is_known(content):
    organisations = {one.key for one in content.organisations.organisations}
    authorities = {one.key for one in content.organisations.authorities}
    people = {one.key for one in content.organisations.people}
    bodies = {one.key for one in content.council.bodies}
    keywords = {row["code"] for row in table("yhdys.keywords", "data/keywords.csv")}
    sectors = {row["code"] for row in table("yhdys.keywords", "data/sectors.csv")}
    channels = {one.key for one in content.settings.channels}

    for organisation in content.organisations.organisations:
        assert set(organisation.sectors) <= sectors, organisation.key
    for authority in content.organisations.authorities:
        assert not authority.successor or authority.successor in authorities
    for person in content.organisations.people:
        assert (person.organisation in organisations) != (person.authority in authorities), person.key
    for body in content.council.bodies:
        assert not body.parent or body.parent in bodies
        assert not body.host or body.host in authorities
        terms = {term.key for term in body.terms}
        seats = {seat.key for seat in body.seats}
        decisions = {decision.key for decision in body.decisions}
        assert {term.decision for term in body.terms} - {""} <= decisions
        assert {event.decision for event in body.timeline} - {""} <= decisions
        for seat in body.seats:
            assert {seat.term, *seat.terms} - {""} <= terms, seat.key
            assert not seat.sector or seat.sector in sectors, seat.key
            assert not seat.organisation or seat.organisation in organisations, seat.key
            assert not seat.authority or seat.authority in authorities, seat.key
            assert not seat.represents or seat.represents in bodies, seat.key
        for membership in body.memberships:
            assert membership.person in people, membership
            assert not membership.seat or membership.seat in seats, membership
            assert not membership.on_behalf_of or membership.on_behalf_of in organisations | authorities, membership
            assert not membership.deputises_for or membership.deputises_for in people, membership
        for rule in body.rules:
            assert rule.of in bodies or rule.person in people
    for account in content.council.accounts:
        assert not account.person or account.person in people
    for meeting in content.meetings.meetings:
        assert meeting.body in bodies
        for item in meeting.items:
            assert set(item.keywords) <= keywords, (meeting.key, item.title.fi)
            assert not item.presenter or item.presenter in people
            assert {one.who for one in item.assignments} <= people
    meetings = {one.key for one in content.meetings.meetings}
    for article in content.news.articles:
        assert set(article.keywords) <= keywords, article.key
        assert not article.meeting or article.meeting in meetings
        assert not article.author or article.author in people | authorities
        assert {one.channel for one in article.channels} - {""} <= channels


def test_municipalities_are_those_of_the_region(content):
    codes = {row["slug"]: row["code"] for row in table("yhdys.regions", "data/regions.csv")}
    names = {
        row["name_fi"]
        for row in table("yhdys.places", "data/municipalities.csv")
        if row["region_code"] == codes[content.slug]
    }
    told = {one.municipality for one in content.organisations.organisations}
    told |= {name for body in content.council.bodies for name in body.municipalities}
    told |= {seat.municipality for body in content.council.bodies for seat in body.seats}
    assert told - {""} <= names


def test_every_council_is_complete(content):
    council = body_of(content, "council")
    assert council.kind == BodyKind.REGIONAL_COUNCIL
    assert all([council.name.fi, council.name.sv, council.name.en, council.purpose.sv, council.purpose.en])
    assert council.mandates
    assert council.timeline
    assert council.terms
    assert council.controller
    assert council.host or council.legal_standing == LegalStanding.COOPERATION
    roles = {membership.role for membership in council.memberships}
    assert {Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY, Role.COMMUNICATIONS, Role.MEMBER} <= roles
    assert [account.role for account in content.council.accounts] == [
        "secretary",
        "communications",
        "member",
        "administrator",
        "observer",
    ]


def test_every_mandate_can_be_read_in_three_languages(content):
    for body in content.council.bodies:
        for mandate in body.mandates:
            assert all([mandate.text.fi, mandate.text.sv, mandate.text.en]), mandate.text.fi


def test_kymenlaakso_tells_its_news_and_tasks_in_swedish():
    content = read("kymenlaakso")
    assert all(article.title.sv and article.lead.sv and article.text.sv for article in content.news.articles)
    assert all(
        meeting.title.sv and all(item.title.sv for item in meeting.items) for meeting in content.meetings.meetings
    )
    assert "sv" in content.settings.content_languages


def test_memberships_lie_within_the_terms_of_their_seats(content):
    for body in content.council.bodies:
        seats = {seat.key: seat for seat in body.seats}
        terms = {term.key: term for term in body.terms}
        for membership in body.memberships:
            if membership.role in SEATED and body.seats:
                assert membership.seat, membership
                seat = seats[membership.seat]
                of_seat = [terms[key] for key in (seat.terms or [seat.term])]
                assert min(term.start for term in of_seat) <= membership.start, membership
                ends = [term.end for term in of_seat]
                assert None in ends or (membership.end is not None and membership.end <= max(ends)), membership


def test_nobody_holds_a_seat_that_another_holds(content):
    for body in content.council.bodies:
        for seat in body.seats:
            sitting = sorted(
                (one for one in body.memberships if one.seat == seat.key and one.role != Role.DEPUTY),
                key=lambda one: one.start,
            )
            for earlier, later in pairwise(sitting):
                assert earlier.end is not None
                assert earlier.end < later.start, seat.key


def test_every_office_is_held_by_one_at_a_time(content):
    for body in content.council.bodies:
        for role in (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY):
            holders = sorted((one for one in body.memberships if one.role == role), key=lambda one: one.start)
            assert holders or (role, body.kind) == (Role.VICE_CHAIR, BodyKind.WORKING_COMMITTEE), (body.key, role)
            for earlier, later in pairwise(holders):
                assert earlier.end is not None
                assert earlier.end < later.start, (body.key, role)


def test_who_is_named_at_a_meeting_belonged_to_the_body_then(content):
    for meeting in held(content):
        body = body_of(content, meeting.body)
        day = meeting.start.date()
        there = {one.person for one in body.memberships if in_force(one, day)}
        assert set(meeting.remote) | set(meeting.absent) <= there, meeting.key
        assert not set(meeting.remote) & set(meeting.absent), meeting.key
        if meeting.minutes:
            assert set(meeting.minutes.checkers) <= there - set(meeting.absent), meeting.key
        for item in meeting.items:
            assert {one.person for one in item.elections} <= there, meeting.key
            assert not item.presenter or item.presenter in there - set(meeting.absent), (meeting.key, item.title.fi)
            assert {one.who for one in item.assignments} <= there, meeting.key


def test_a_held_meeting_has_outcomes_and_papers_in_the_order_of_time(content):
    for meeting in held(content):
        assert meeting.convened is not None
        assert timedelta(days=7) <= meeting.start.date() - meeting.convened <= timedelta(days=30), meeting.key
        assert meeting.start < meeting.end
        assert all(item.outcome and item.resolution for item in meeting.items), meeting.key
        assert meeting.minutes is not None
        assert meeting.start.date() <= meeting.minutes.approved <= meeting.minutes.published, meeting.key


def test_one_meeting_waits_to_be_convened(content):
    waiting = [meeting for meeting in content.meetings.meetings if meeting.upcoming]
    assert [meeting.body for meeting in waiting] == ["council"]
    assert len(waiting[0].items) >= 4
    assert not any(item.outcome for item in waiting[0].items)


def test_a_bulletin_follows_its_meeting(content):
    meetings = {meeting.key: meeting for meeting in content.meetings.meetings}
    for article in content.news.articles:
        if article.meeting:
            assert article.date > meetings[article.meeting].end, article.key


def test_dates_that_the_facts_name():
    kymenlaakso = {meeting.key: meeting for meeting in read("kymenlaakso").meetings.meetings}
    spring = kymenlaakso["2022-04-27"]
    assert (spring.start.isoformat(), spring.start.weekday(), spring.place.fi) == (
        "2022-04-27T14:00:00+03:00",
        2,
        "Porukkatalo, Kouvola",
    )
    assert "2022-02-17" in kymenlaakso
    assert "2019-12-12" in {meeting.key for meeting in read("pohjois-pohjanmaa").meetings.meetings}
    (founding,) = body_of(read("kainuu"), "council").decisions
    assert founding.date.isoformat() == "2020-11-23"


@pytest.mark.parametrize(("slug", "objectives", "tasks"), [("kainuu", 0, 8), ("lappi", 0, 10), ("kymenlaakso", 3, 7)])
def test_the_numbers_of_objectives_and_tasks(slug, objectives, tasks):
    kinds = [mandate.kind.value for mandate in body_of(read(slug), "council").mandates]
    assert (kinds.count("objective"), kinds.count("task")) == (objectives, tasks)


def test_kainuu_began_with_eleven_seats_and_enlarged_itself():
    council = body_of(read("kainuu"), "council")
    assert council.may_enlarge_itself
    assert [seat.since is None for seat in council.seats] == [True] * 11 + [False]


def test_finnish_texts_have_no_slips_of_the_keyboard(content):
    for text in strings(content):
        assert "  " not in text.strip(), text
        assert not re.search(r"\s[,.;:!?](?!\w)", text), text
        assert not re.search(r"(?<!\.)\.\.(?!\.)", text), text
