"""The statements that the law asks for, and the feedback form."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories.councils import BodyFactory
from tests.web.public.conftest import HOST, Visit
from tests.web.public.test_front_and_contacts import text

from yhdys.core import clock
from yhdys.councils.enums import LegalStanding
from yhdys.feedback.models import AccessibilityFeedback
from yhdys.mail.models import OutgoingMail
from yhdys.privacy.register import classes
from yhdys.regions.models import Region
from yhdys.site.enums import Conformance
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings
from yhdys.web.public.legal.forms import FeedbackForm

FORM, THANKS = "/saavutettavuus/palaute/", "/saavutettavuus/palaute/vastaanotettu/"


@pytest.fixture
def opened(region: Region, rf: object) -> str:
    """The age of a form that was opened a minute ago."""
    with clock.at(clock.now() - timedelta(minutes=1)):
        return str(FeedbackForm(request=rf.get("/")).initial["opened"])  # type: ignore[attr-defined]  # pytest-django's


def taken() -> list[str]:
    return list(AccessibilityFeedback.objects.values_list("message", flat=True))


class TestStatement:
    """What the law lists (306/2019, EU 2018/1523)."""

    def test_it_tells_conformance_failures_dates_feedback_and_authority(self, region: Region, visit: Visit) -> None:
        AccessibilityStatement.objects.update(
            conformance=Conformance.PARTIAL,
            drafted_on=date(2025, 9, 30),
            reviewed_on=date(2026, 9, 30),
            feedback_email="saavutettavuus@example.org",
            feedback_unit_fi="Viestintä",
        )
        AccessibilityIssue.objects.create(
            what_fi="Vanhat pöytäkirjat", reason_fi="Skannattu", alternative_fi="Pyydä sihteeriltä", criterion="1.1.1"
        )
        page = text(visit("/saavutettavuus/"))
        for fact in (
            "suurimman osan vaatimuksista",
            "Vanhat pöytäkirjat",
            "Skannattu",
            "Pyydä sihteeriltä",
            "1.1.1",
            "30.9.2025",
            "30.9.2026",
            "saavutettavuus@example.org",
            "Viestintä",
            "14 päivän",
            "Traficom",
            "306/2019",
            f'href="{FORM}"',
        ):
            assert fact in page

    @pytest.mark.parametrize("path", ["/", "/uutiset/", "/yhteystiedot/", "/tietosuoja/", "/ei-ole/"])
    def test_every_page_leads_to_it(self, region: Region, visit: Visit, path: str) -> None:
        assert 'href="/saavutettavuus/"' in text(visit(path))


class TestFeedback:
    """The form, used and misused."""

    def test_it_can_be_sent_without_a_name(self, region: Region, send: Visit, opened: str) -> None:
        answer = send(FORM, message="Kuva ilman tekstiä", opened=opened)
        assert (answer.status_code, answer["Location"]) == (302, THANKS)
        assert taken() == ["Kuva ilman tekstiä"]

    def test_what_happens_next_is_told(self, region: Region, visit: Visit) -> None:
        assert "14 päivän" in text(visit(THANKS))

    def test_mistakes_keep_what_was_typed(self, region: Region, send: Visit, opened: str) -> None:
        answer = send(FORM, message="", who="Ville Vierailija", email="ei osoite", opened=opened)
        assert answer.status_code == 422
        assert "govuk-error-summary" in text(answer)
        assert 'value="Ville Vierailija"' in text(answer)
        assert 'value="ei osoite"' in text(answer)
        assert taken() == []

    def test_html_comes_back_as_words(self, region: Region, send: Visit, opened: str) -> None:
        page = text(send(FORM, message='</textarea><script>x()</script>"', email="x", opened=opened))
        assert "<script>x()" not in page
        assert "&lt;script&gt;x()" in page

    def test_a_text_that_is_too_long_is_refused(self, region: Region, send: Visit, opened: str) -> None:
        assert send(FORM, message="x" * 3001, opened=opened).status_code == 422
        assert taken() == []

    def test_a_body_of_megabytes_is_refused(self, region: Region, client: Client, opened: str) -> None:
        headers = {"host": HOST, "origin": f"http://{HOST}"}
        body = f"message={'x' * (6 * 1024 * 1024)}&opened={opened}"
        answer = client.post(FORM, body, content_type="application/x-www-form-urlencoded", headers=headers)
        assert answer.status_code in (400, 413)
        assert taken() == []

    @pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://lappi.localhost"])
    def test_another_sites_page_cannot_send_it(
        self, region: Region, send: Visit, opened: str, origin: str | None
    ) -> None:
        assert send(FORM, origin=origin, message="Hei", opened=opened).status_code == 403
        assert taken() == []

    def test_a_form_sent_twice_is_taken_once(self, region: Region, send: Visit, opened: str) -> None:
        answers = [send(FORM, message="Hei", opened=opened)["Location"] for _ in range(2)]
        assert answers == [THANKS, THANKS]
        assert taken() == ["Hei"]

    def test_a_robot_in_the_trap_is_thanked_and_forgotten(self, region: Region, send: Visit, opened: str) -> None:
        answer = send(FORM, message="Osta halvalla", homepage="https://spam.example", opened=opened)
        assert answer["Location"] == THANKS
        assert taken() == []
        assert OutgoingMail.objects.count() == 0

    def test_the_eleventh_in_an_hour_waits(self, region: Region, send: Visit, opened: str) -> None:
        answers = [send(FORM, message=f"Hei {number}", opened=opened).status_code for number in range(11)]
        assert answers == [302] * 10 + [429]
        assert len(taken()) == 10

    def test_nothing_but_get_and_post(self, region: Region, client: Client) -> None:
        for method in ("put", "delete", "patch"):
            assert getattr(client, method)(FORM, headers={"host": HOST}).status_code == 405


class TestPrivacyNotice:
    """The notice that the register makes."""

    @pytest.mark.parametrize("path", ["/tietosuoja/", "/sv/dataskydd/", "/en/privacy/"])
    def test_it_tells_of_every_class(self, region: Region, visit: Visit, path: str) -> None:
        page = text(visit(path))
        assert page.count('id="data-') == len(classes())

    def test_it_names_who_answers(self, region: Region, visit: Visit) -> None:
        RegionSettings.objects.update(
            controller_fi="Koeliitto",
            privacy_contact_fi="Tietosuojavastaava",
            privacy_email="tietosuoja@example.org",
            processor_fi="Palveluntarjoaja",
            processing_agreed_on=date(2026, 1, 2),
        )
        page = text(visit("/tietosuoja/"))
        for fact in ("Koeliitto", "Tietosuojavastaava", "tietosuoja@example.org", "Palveluntarjoaja", "2.1.2026"):
            assert fact in page

    @pytest.mark.parametrize(
        ("standing", "article"), [(LegalStanding.HOST_ORGAN, "e alakohta"), (LegalStanding.COOPERATION, "f alakohta")]
    )
    def test_the_basis_follows_the_councils_standing(
        self, region: Region, visit: Visit, standing: LegalStanding, article: str
    ) -> None:
        BodyFactory(legal_standing=standing)
        words = text(visit("/tietosuoja/")).rpartition("yleinen tietosuoja-asetus")[2]
        assert article in words[:60]
