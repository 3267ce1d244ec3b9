"""Calendars and news feeds as programs fetch them: valid, public only, the same until something changes."""

import re
from datetime import timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Component
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory, convened_meeting, in_days, ready_meeting
from tests.factories.news import ArticleFactory
from tests.web.public.conftest import HOST, Visit
from tests.web.public.test_front_and_contacts import text

from yhdys.core import clock
from yhdys.councils.models import Body
from yhdys.meetings.actions import (
    add_item,
    announce_meeting,
    cancel_meeting,
    convene_meeting,
    reschedule_meeting,
    withdraw_announcement,
)
from yhdys.meetings.models import Convocation, Meeting
from yhdys.news import actions as news
from yhdys.news.models import Article
from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import in_region

CALENDAR, ATOM = "/kokoukset/kalenteri.ics", "/uutiset/atom.xml"
NAMES = {"a": "http://www.w3.org/2005/Atom"}
XML = "{http://www.w3.org/XML/1998/namespace}"


def events(visit: Visit, path: str = CALENDAR, **data: str) -> dict[str, Component]:
    calendar = Calendar.from_ical(visit(path, **data).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def only(visit: Visit) -> Component:
    (event,) = events(visit).values()
    return event


def feed(visit: Visit, path: str = ATOM, **host: str) -> ElementTree.Element:
    return ElementTree.fromstring(visit(path, **host).content)


# --- When nothing has changed ---
@pytest.fixture
def something(region: Region) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        ArticleFactory(published=True)
        convened_meeting()
    RegionSettings.objects.update(updated_at=clock.now() - timedelta(days=3))
    Body.objects.update(updated_at=clock.now() - timedelta(days=3))


@pytest.mark.parametrize("path", [CALENDAR, ATOM])
def test_who_has_it_already_is_told_so(something: None, client: Client, path: str) -> None:
    first = client.get(path, headers={"host": HOST})
    assert first.content == client.get(path, headers={"host": HOST}).content
    assert "public" in first["Cache-Control"]
    known = {"if-none-match": first["ETag"]}
    if path == ATOM:  # A calendar does not tell by its moment alone what was taken out of it.
        known["if-modified-since"] = first["Last-Modified"]
    for header, value in known.items():
        again = client.get(path, headers={"host": HOST, header: value})
        assert (again.status_code, again.content) == (304, b""), header
        assert again["ETag"] == first["ETag"]
    other = client.get(path, headers={"host": HOST, "if-none-match": '"another"', "if-modified-since": "nonsense"})
    assert other.status_code == 200
    assert client.head(path, headers={"host": HOST})["ETag"] == first["ETag"]


def rename(body: Body) -> None:
    body.name_fi = "Toinen nimi"
    body.save()


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (ATOM, lambda: ArticleFactory(published=True)),
        (ATOM, lambda: news.withdraw_article(Article.objects.get(), reason="Virhe", by=None)),
        (ATOM, lambda: RegionSettings.objects.get().save()),
        (CALENDAR, lambda: cancel_meeting(Meeting.objects.get(), reason="Este", by=None)),
        (CALENDAR, lambda: reschedule_meeting(Meeting.objects.get(), reason="Este", by=None)),
        (CALENDAR, lambda: convened_meeting()),
        (CALENDAR, lambda: announce_meeting(ready_meeting(), by=None)),
        (CALENDAR, lambda: rename(Body.objects.get())),
    ],
)
def test_a_change_is_fetched_whatever_was_kept(something: None, client: Client, path: str, change: object) -> None:
    kept = client.get(path, headers={"host": HOST})
    change()  # type: ignore[operator]
    for header, value in (("if-none-match", kept["ETag"]), ("if-modified-since", kept["Last-Modified"])):
        again = client.get(path, headers={"host": HOST, header: value})
        assert again.status_code == 200
    assert again["Last-Modified"] != kept["Last-Modified"]


def test_what_is_taken_out_of_the_calendar_leaves_the_readers_too(region: Region, client: Client) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        announce_meeting(MeetingFactory(), by=None)
        meeting = announce_meeting(MeetingFactory(title_fi="Peruttu ilmoitus"), by=None)
    kept = client.get(CALENDAR, headers={"host": HOST})
    withdraw_announcement(meeting, by=None)
    again = client.get(CALENDAR, headers={"host": HOST, "if-modified-since": kept["Last-Modified"]})
    assert again.status_code == 200
    assert b"Peruttu ilmoitus" not in again.content


def test_one_regions_feeds_are_unknown_to_another(something: None, kainuu: Region, client: Client) -> None:
    for path in (CALENDAR, ATOM):
        ours = client.get(path, headers={"host": HOST})
        theirs = client.get(path, headers={"host": "lappi.localhost", "if-none-match": ours["ETag"]})
        assert theirs.status_code == 200
        assert b"Syyskokous" not in theirs.content
        assert theirs["ETag"] != ours["ETag"]


@pytest.mark.parametrize("path", [CALENDAR, ATOM])
def test_three_cost_as_many_queries_as_one(something: None, visit: Visit, path: str) -> None:
    asked = []
    for _ in range(2):
        visit(path)
        with CaptureQueriesContext(connection) as queries:
            visit(path)
        asked.append(len(queries))
        for _ in range(2):
            ArticleFactory(published=True)
            cancel_meeting(convened_meeting(), reason="Este", by=None)
    assert asked[0] == asked[1]


# --- Calendars ---
def test_an_event_says_when_by_the_wall_clock_of_helsinki(region: Region, visit: Visit) -> None:
    meeting = convened_meeting(starts_at=clock.helsinki(2027, 7, 1, 13), ends_at=clock.helsinki(2027, 7, 1, 15))
    content = visit(CALENDAR).content.decode()
    assert "DTSTART;TZID=Europe/Helsinki:20270701T130000" in content
    assert "DTEND;TZID=Europe/Helsinki:20270701T150000" in content
    calendar = Calendar.from_ical(content)
    (zone,) = calendar.walk("VTIMEZONE")
    made = zone.to_tz()
    for moment in (meeting.starts_at, clock.helsinki(2027, 1, 15, 12)):
        wall = moment.replace(tzinfo=None)
        assert wall.replace(tzinfo=made).utcoffset() == wall.replace(tzinfo=ZoneInfo("Europe/Helsinki")).utcoffset()
    event = only(visit)
    assert (str(event["UID"]), int(event["SEQUENCE"]), event["STATUS"]) == (f"{meeting.pk}@yhdys", 0, "CONFIRMED")
    stamps = [event.decoded(name) for name in ("DTSTAMP", "LAST-MODIFIED")]
    assert stamps[0] == stamps[1]
    assert abs(stamps[0] - clock.now()) < timedelta(minutes=1)
    assert event["URL"] == f"http://{HOST}/kokoukset/{meeting.slug}/"
    assert calendar["VERSION"] == "2.0"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT6H"


def test_each_round_of_letters_raises_the_sequence_and_the_name_stays(region: Region, visit: Visit) -> None:
    meeting = convened_meeting()
    seen = [only(visit)]
    meeting = reschedule_meeting(meeting, reason="Tila varattu", by=None, starts_at=in_days(40))
    seen.append(only(visit))
    meeting = reschedule_meeting(meeting, reason="Este", by=None)
    seen.append(only(visit))
    meeting = cancel_meeting(meeting, reason="Sairastuminen", by=None)
    seen.append(only(visit))
    assert {str(event["UID"]) for event in seen} == {f"{meeting.pk}@yhdys"}
    assert [int(event["SEQUENCE"]) for event in seen] == [0, 1, 2, 3]
    assert int(seen[-1]["SEQUENCE"]) == Convocation.objects.order_by("-sequence")[0].sequence
    assert [str(event["STATUS"]) for event in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CANCELLED"]
    assert seen[2]["DTSTART"].dt == seen[1]["DTSTART"].dt == in_days(40)
    assert "Sairastuminen" in seen[3]["DESCRIPTION"]


def test_a_feed_is_of_one_body_and_an_unknown_body_has_none(region: Region, visit: Visit) -> None:
    ours, theirs = convened_meeting(), convened_meeting()
    assert set(events(visit)) == {f"{ours.pk}@yhdys", f"{theirs.pk}@yhdys"}
    assert set(events(visit, body=ours.body.slug)) == {f"{ours.pk}@yhdys"}
    assert visit(CALENDAR, body="ei-ole").status_code == 404
    single = events(visit, f"/kokoukset/{theirs.slug}/kokous.ics")
    assert set(single) == {f"{theirs.pk}@yhdys"}


def test_only_what_is_public_is_told(region: Region, visit: Visit) -> None:
    MeetingFactory(title_fi="Ilmoittamaton")
    meeting = ready_meeting(remote_link="https://kokous.example/salainen")
    add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    convene_meeting(meeting, by=None)
    timeless = announce_meeting(MeetingFactory(title_fi="Ajaton", starts_at=in_days(9), ends_at=None), by=None)
    Meeting.objects.filter(pk=timeless.pk).update(starts_at=None)
    content = visit(CALENDAR).content.decode().replace("\r\n ", "")
    for secret in ("Ilmoittamaton", "salainen", "Jäsenten asia", "Ajaton", "ATTENDEE", "ORGANIZER", "jasen0@"):
        assert secret not in content
    assert len(events(visit)) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Kokous\r\nATTENDEE:mailto:x@example.org",
        "Kokous\nEND:VEVENT\nBEGIN:VALARM",
        "Kokous\rURL:javascript:x",
        "Kokous\u2028ATTENDEE:x",
        "Kokous; aihe, toinen \\n kolmas",
        "Kokous \x0b\x0c\x1b\x85",
        "Järjestöneuvottelukunnan ylimääräinen työkokous 🎉 " * 3,
    ],
)
def test_a_title_stays_a_title(region: Region, visit: Visit, title: str) -> None:
    meeting = convened_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(title_fi=title, place_fi=title)
    answer = visit(CALENDAR)
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", answer.content) is None
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two
    event = only(visit)
    assert "ATTENDEE" not in event
    assert event["URL"] == f"http://{HOST}/kokoukset/{meeting.slug}/"
    assert event.subcomponents == []
    assert "Kokous" in event["SUMMARY"] or "työkokous" in event["SUMMARY"]


def test_pages_lead_to_the_calendars(region: Region, visit: Visit) -> None:
    council = BodyFactory()
    address = f"/kokoukset/kalenteri.ics?body={council.slug}"
    assert address not in text(visit("/neuvottelukunta/"))
    announce_meeting(MeetingFactory(body=council), by=None)
    for page in ("/neuvottelukunta/", f"/kokoukset/?body={council.slug}"):
        html = text(visit(page))
        assert re.search(rf'<link rel="alternate" type="text/calendar"[^>]*href="{re.escape(address)}"', html)
        assert f'<a class="govuk-link" href="{address}"' in html


# --- News ---
def test_a_feed_is_what_the_standard_asks(region: Region, visit: Visit) -> None:
    article = ArticleFactory(byline="Vieras Kirjoittaja", published=True, keywords=["volunteering"])
    ArticleFactory(published=True)
    root = feed(visit)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.get(f"{XML}lang") == "fi"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", NAMES)) == 1
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", NAMES)}
    assert links == {"self": f"http://{HOST}{ATOM}", "alternate": f"http://{HOST}/uutiset/"}
    assert root.findtext("a:author/a:name", namespaces=NAMES)
    entries = root.findall("a:entry", NAMES)
    assert len({entry.findtext("a:id", namespaces=NAMES) for entry in entries}) == 2
    for entry in entries:
        for name in ("id", "title", "updated", "published", "content"):
            assert len(entry.findall(f"a:{name}", NAMES)) == 1
        moments = [entry.findtext(f"a:{name}", namespaces=NAMES) or "" for name in ("published", "updated")]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment) for moment in moments)
        assert moments[0] <= moments[1] <= (root.findtext("a:updated", namespaces=NAMES) or "")
    ours = next(one for one in entries if one.findtext("a:id", namespaces=NAMES) == f"urn:uuid:{article.pk}")
    assert ours.findtext("a:author/a:name", namespaces=NAMES) == "Vieras Kirjoittaja"
    assert ours.find("a:link", NAMES).get("href") == f"http://{HOST}/uutiset/{article.slug}/"  # type: ignore[union-attr]
    assert [one.get("term") for one in ours.findall("a:category", NAMES)] == ["volunteering"]


def test_ids_never_change(region: Region, visit: Visit) -> None:
    article = ArticleFactory(published=True)

    def ids() -> list[str | None]:
        return [one.text for one in feed(visit).iter("{http://www.w3.org/2005/Atom}id")]

    before = ids()
    article.title_fi = "Aivan toinen otsikko"
    news.write_article(article, by=None)
    settings = RegionSettings.objects.get()
    settings.council_name_fi = "Toinen nimi"
    settings.save()
    news.withdraw_article(article, reason="Virhe", by=None)
    news.publish_article(article, by=None)
    assert ids() == before


def test_each_language_and_region_has_a_feed_of_its_own(region: Region, lappi: Region, visit: Visit) -> None:
    ArticleFactory(title_fi="Vain suomeksi", published=True)
    with in_region(lappi):
        ArticleFactory(title_fi="Lapin oma", published=True)
    finnish, swedish = feed(visit), feed(visit, "/sv/nyheter/atom.xml")
    assert finnish.findtext("a:id", namespaces=NAMES) != swedish.findtext("a:id", namespaces=NAMES)
    assert swedish.get(f"{XML}lang") == "sv"
    assert [entry.get(f"{XML}lang") for entry in swedish.findall("a:entry", NAMES)] == ["fi"]
    assert [entry.get(f"{XML}lang") for entry in finnish.findall("a:entry", NAMES)] == [None]
    assert "Lapin oma" not in visit(ATOM).content.decode()


def test_a_feed_without_news_is_a_feed(region: Region, visit: Visit) -> None:
    ArticleFactory(title_fi="Luonnos")
    root = feed(visit)
    assert root.findall("a:entry", NAMES) == []
    assert root.findtext("a:updated", namespaces=NAMES)
    assert visit(ATOM).content == visit(ATOM).content


def test_nothing_unpublished_is_in_the_feed(region: Region, visit: Visit) -> None:
    news.withdraw_article(ArticleFactory(title_fi="Salainen", published=True), reason="Virhe", by=None)
    news.schedule_article(ArticleFactory(title_fi="Salainen"), at=clock.now() + timedelta(days=1), by=None)
    ArticleFactory(title_fi="Salainen")
    assert "Salainen" not in visit(ATOM).content.decode()


def test_what_people_wrote_stays_text(region: Region, visit: Visit) -> None:
    article = ArticleFactory(published=True)
    Article.objects.filter(pk=article.pk).update(
        title_fi="]]></title><entry>\x0b\x1b\ufffe & <b>",
        lead_fi="<script>x()</script>\x01",
        body_fi="<p onclick='x()'>Teksti</p><script>x()</script><a href='javascript:x()'>x</a>",
        byline="Nimi\x02 <i>",
    )
    (entry,) = feed(visit).findall("a:entry", NAMES)
    assert entry.findtext("a:title", namespaces=NAMES) == "]]></title><entry> & <b>"
    assert entry.find("a:title", NAMES).get("type") is None  # type: ignore[union-attr]
    assert entry.findtext("a:author/a:name", namespaces=NAMES) == "Nimi <i>"
    summary, content = entry.find("a:summary", NAMES), entry.find("a:content", NAMES)
    assert summary is not None
    assert (summary.get("type"), summary.text) == (None, "<script>x()</script>")
    assert content is not None
    assert content.get("type") == "html"
    assert "Teksti" in (content.text or "")
    for bad in ("script", "onclick", "javascript"):
        assert bad not in (content.text or "")
