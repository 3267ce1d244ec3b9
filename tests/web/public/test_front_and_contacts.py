"""The front page and the contacts of a region's public site."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.councils import BodyFactory, MembershipFactory, TermFactory
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory
from tests.web.public.conftest import Visit

from yhdys.core import clock
from yhdys.councils.enums import ChannelKind, ChannelState, MandateKind, Role, TermState
from yhdys.councils.models import Body, Mandate, PublicationChannel, Term
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import Meeting
from yhdys.meetings.models.meeting import Announcement
from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings


def text(response: object) -> str:
    """The page without the soft hyphens that let long words break."""
    return str(response.content.decode()).replace("\xad", "")  # type: ignore[attr-defined]  # of the test client


@pytest.fixture
def council(region: Region) -> Body:
    return BodyFactory(name_fi="Koeneuvottelukunta")


def officer(body: Body, role: Role, **contact: str) -> None:
    today = clock.today()
    term = Term.objects.filter(body=body).first() or TermFactory(
        body=body, start=today, end=today + timedelta(days=100), state=TermState.RUNNING
    )
    MembershipFactory(term=term, seat=None, role=role, contact=ContactFactory(**contact), start=today)


def meeting(
    body: Body, title: str, days: int, *, announced: bool = True, state: str = MeetingState.CONVENED
) -> Meeting:
    begins = clock.now() + timedelta(days=days)
    made = Meeting.objects.create(
        body=body, title_fi=title, slug=f"kokous-{days}-{state}", starts_at=begins, state=state, place="Kaukametsä"
    )
    if announced:
        Announcement.objects.create(meeting=made)
    return made


def test_a_new_region_tells_what_will_be_published(region: Region, visit: Visit) -> None:
    answer = visit("/")
    assert answer.status_code == 200
    assert text(answer).count("<h1") == 1
    assert "y-section" not in text(answer)
    assert text(answer).count("Sivustoa avataan parhaillaan") == 1


def test_a_council_that_is_written_down_leaves_no_empty_places(council: Body, visit: Visit) -> None:
    assert "y-empty" not in text(visit("/"))


def test_it_tells_what_the_council_is(council: Body, visit: Visit) -> None:
    RegionSettings.objects.update(
        council_name_fi="Kainuun koeneuvottelukunta", introduction_fi="Olemme ääni.\n\nKutsumme mukaan <b>kaikki</b>."
    )
    page = text(visit("/"))
    assert re.search(r"<h1[^>]*>\s*Kainuun koeneuvottelukunta\s*</h1>", page)
    assert '<p class="y-lead">Olemme ääni.</p>' in page
    assert "<p>Kutsumme mukaan &lt;b&gt;kaikki&lt;/b&gt;.</p>" in page


def test_the_next_meeting_comes_first_and_only_announced_ones(council: Body, visit: Visit) -> None:
    meeting(council, "Myöhempi", 30)
    meeting(council, "Seuraava", 3)
    meeting(council, "Salainen", 1, announced=False, state=MeetingState.DRAFT)
    meeting(council, "Peruttu", 2, state=MeetingState.CANCELLED)
    meeting(council, "Mennyt", -3, state=MeetingState.HELD)
    page = text(visit("/"))
    assert page.index("Seuraava") < page.index("Myöhempi")
    assert [title for title in ("Salainen", "Peruttu", "Mennyt") if title in page] == []


def test_it_shows_the_three_newest_articles(council: Body, visit: Visit) -> None:
    for number in range(4):
        with clock.at(clock.helsinki(2022, 1, 1 + number)):
            ArticleFactory(title_fi=f"Uutinen numero {number}", published=True)
    ArticleFactory(title_fi="Uutinen luonnoksena")
    page = text(visit("/"))
    assert [number for number in range(4) if f"Uutinen numero {number}" in page] == [1, 2, 3]
    assert "luonnoksena" not in page


def test_it_tells_the_tasks_in_short_and_the_officers(council: Body, visit: Visit) -> None:
    for number in range(7):
        Mandate.objects.create(body=council, kind=MandateKind.TASK, position=number, text_fi=f"Tehtävä {number}")
    officer(council, Role.SECRETARY, name="Saara Sihteeri", role_email="sihteeri@example.org", email="oma@example.org")
    page = text(visit("/"))
    assert [number for number in range(7) if f"Tehtävä {number}" in page] == [0, 1, 2, 3, 4]
    assert "Saara Sihteeri" in page
    assert "sihteeri@example.org" in page
    assert "oma@example.org" not in page


def test_channels_that_are_coming_are_no_links_and_ended_ones_are_gone(council: Body, visit: Visit) -> None:
    for state, address in (
        (ChannelState.IN_USE, "https://kaytossa.example/"),
        (ChannelState.COMING, "https://tulossa.example/"),
        (ChannelState.ENDED, "https://paattynyt.example/"),
    ):
        PublicationChannel.objects.create(
            body=council, kind=ChannelKind.SOCIAL_MEDIA, state=state, name_fi=f"Kanava {state}", url=address
        )
    page = text(visit("/"))
    assert 'href="https://kaytossa.example/"' in page
    assert "Kanava coming" in page
    assert "tulossa.example" not in page
    assert "paattynyt" not in page


def test_no_door_leads_nowhere(council: Body, visit: Visit) -> None:
    page = visit("/")
    links = {part.split('"')[0] for part in text(page).split('href="/')[1:]}
    own = {link.split("?")[0].split("#")[0] for link in links if not link.startswith(("static/", "-/"))}
    assert {link: visit(f"/{link}").status_code for link in own if visit(f"/{link}").status_code >= 400} == {}


@pytest.mark.parametrize(
    ("path", "language", "word"),
    [("/", "fi", "Siirry"), ("/sv/", "sv", "Kontakt"), ("/en/", "en", "Skip to the content")],
)
def test_each_language_is_whole(council: Body, visit: Visit, path: str, language: str, word: str) -> None:
    page = text(visit(path))
    assert f'<html lang="{language}"' in page
    assert word in page
    for other, address in (("fi", "/"), ("sv", "/sv/"), ("en", "/en/")):
        assert f'hreflang="{other}" href="http://kainuu.localhost{address}"' in page


def test_content_that_is_in_finnish_only_says_so_in_its_markup(council: Body, visit: Visit) -> None:
    RegionSettings.objects.update(introduction_fi="Olemme ääni.", introduction_sv="", introduction_en="")
    assert '<p class="y-lead" lang="fi">Olemme ääni.</p>' in text(visit("/sv/"))


def test_the_front_page_asks_the_database_as_often_for_much_as_for_little(council: Body, visit: Visit) -> None:
    asked = []
    visit("/")  # The first visit to a host looks up whose it is.
    for more in (1, 2):
        for number in range(more):
            ArticleFactory(published=True)
            meeting(council, "Kokous", 10 * more + number + 1)
            officer(council, Role.SECRETARY, name="Saara Sihteeri")
        with CaptureQueriesContext(connection) as queries:
            visit("/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 16


class TestContacts:
    """Whom to turn to."""

    def test_roles_come_with_the_posts_address_and_nothing_private(self, council: Body, visit: Visit) -> None:
        officer(
            council,
            Role.CHAIR,
            name="Paavo Puheenjohtaja",
            role_email="puheenjohtaja@example.org",
            email="paavo@example.org",
            phone="+358 40 000 0000",
        )
        page = text(visit("/yhteystiedot/"))
        assert "Paavo Puheenjohtaja" in page
        assert "mailto:puheenjohtaja@example.org" in page
        assert "paavo@example.org" not in page
        assert "040" not in page
        assert "+358 40" not in page

    def test_who_has_left_office_is_not_shown(self, council: Body, visit: Visit) -> None:
        term = TermFactory(body=council, start=date(2020, 1, 1), end=date(2021, 12, 31), state=TermState.ENDED)
        MembershipFactory(
            term=term,
            seat=None,
            role=Role.CHAIR,
            contact=ContactFactory(name="Entinen Johtaja", role_email="ex@example.org"),
            start=date(2020, 1, 1),
        )
        page = text(visit("/yhteystiedot/"))
        assert "Entinen Johtaja" not in page
        assert "ex@example.org" not in page

    def test_a_region_without_officers_says_so(self, region: Region, visit: Visit) -> None:
        answer = visit("/yhteystiedot/")
        assert answer.status_code == 200
        assert "y-empty" in text(answer)

    def test_an_address_that_all_share_is_told_once(self, council: Body, visit: Visit) -> None:
        officer(council, Role.CHAIR, name="Paavo Puheenjohtaja")
        Body.objects.update(email="yhteinen@example.org")
        RegionSettings.objects.update(reply_to="yhteinen@example.org")
        main = text(visit("/yhteystiedot/")).partition("<main")[2].partition("</main>")[0]
        assert main.count("mailto:yhteinen@example.org") == 1
        Body.objects.update(email="oma@example.org")
        assert "mailto:oma@example.org" in text(visit("/yhteystiedot/"))
