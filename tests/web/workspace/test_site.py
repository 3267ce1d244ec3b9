"""The region's settings, its accessibility statement and the feedback on the desk."""

from datetime import date

import pytest
from django.test import Client
from tests.accounts.conftest import enter, set_up_app
from tests.factories.accounts import user_with_role
from tests.web.workspace.test_news import HOST, get, post

from yhdys.accounts.models import StaffRole, User
from yhdys.feedback.actions import take_feedback
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.site.models import AccessibilityIssue
from yhdys.site.queries import accessibility_statement, region_settings

SETTINGS, DESK = "/tyopoyta/asetukset/", "/tyopoyta/saavutettavuus/"


@pytest.fixture
def administrator(region: Region) -> Client:
    user = user_with_role(StaffRole.Role.ADMINISTRATOR, email="yllapito@example.org")
    set_up_app(user)
    return enter(Client(), region, user)


@pytest.fixture
def editor(region: Region) -> Client:
    return enter(Client(), region, user_with_role(StaffRole.Role.EDITOR, email="toimittaja@example.org"))


def settings_form(**changes: object) -> dict[str, object]:
    face = region_settings()
    return {
        "council_name_fi": "Kainuun neuvottelukunta",
        "languages": ["fi", "sv"],
        "content_languages": ["fi", "se"],
        "accent": "#1D4F73",
        "sender_email": "neuvottelukunta@example.org",
        "version": face.updated_at.isoformat(),
    } | changes


def issue_form(**changes: str) -> dict[str, str]:
    return {"what_fi": "Videot", "reason_fi": "Tekstitys puuttuu", "alternative_fi": "Pyydä teksti"} | changes


class TestSettings:
    """Only an administrator."""

    def test_what_is_saved_shows_on_the_site_at_once(self, administrator: Client) -> None:
        assert get(administrator, SETTINGS).status_code == 200
        assert post(administrator, SETTINGS, **settings_form()).status_code == 302
        face = region_settings()
        assert (face.council_name, face.accent, face.languages) == ("Kainuun neuvottelukunta", "#1d4f73", ["fi", "sv"])
        page = Client().get("/", headers=HOST).content.decode()
        assert "Kainuun neuvottelukunta" in page
        assert 'hreflang="en"' not in page

    @pytest.mark.parametrize(
        "wrong",
        [
            {"accent": "red"},
            {"accent": "#12345"},
            {"accent": "#1d4f73;}"},
            {"sender_email": "ei osoite"},
            {"council_name_fi": ""},
            {"host_website": "javascript:x()"},
            {"languages": ["xx"]},
            {"processing_agreed_on": "31.2.2026"},
        ],
    )
    def test_mistakes_are_told_and_nothing_is_saved(self, administrator: Client, wrong: dict[str, object]) -> None:
        before = region_settings().updated_at
        answer = post(administrator, SETTINGS, **settings_form(**wrong))
        assert answer.status_code == 422
        assert "govuk-error-summary" in answer.content.decode()
        assert region_settings().updated_at == before

    def test_finnish_is_always_one_of_the_languages(self, administrator: Client) -> None:
        post(administrator, SETTINGS, **settings_form(languages=["sv"]))
        assert region_settings().languages == ["fi", "sv"]

    def test_an_older_copy_overwrites_nothing(self, administrator: Client) -> None:
        old = settings_form(council_name_fi="Minun nimi")
        face = region_settings()
        face.council_name_fi = "Toisen nimi"
        face.save()
        answer = post(administrator, SETTINGS, **old)
        assert answer.status_code == 409
        assert region_settings().council_name_fi == "Toisen nimi"

    def test_an_editor_has_no_way_in(self, editor: Client) -> None:
        assert get(editor, SETTINGS).status_code == 403
        assert post(editor, SETTINGS, **settings_form()).status_code == 403


class TestStatement:
    """The accessibility statement and what it lists."""

    def test_it_is_reviewed(self, editor: Client) -> None:
        statement = accessibility_statement()
        form = {
            "conformance": "full",
            "assessment": "expert",
            "drafted_on": "1.9.2025",
            "reviewed_on": "1.9.2026",
            "version": statement.updated_at.isoformat(),
        }
        early = post(editor, f"{DESK}seloste/", **form | {"reviewed_on": "1.8.2025"})
        future = post(editor, f"{DESK}seloste/", **form | {"reviewed_on": "1.9.2999"})
        assert (early.status_code, future.status_code) == (422, 422)
        assert post(editor, f"{DESK}seloste/", **form).status_code == 302
        assert accessibility_statement().reviewed_on == date(2026, 9, 1)
        assert accessibility_statement().conformance == "full"

    def test_a_failing_content_is_added_corrected_and_taken_off(self, editor: Client) -> None:
        assert post(editor, f"{DESK}sisallot/uusi/", **issue_form(reason_fi="")).status_code == 422
        assert post(editor, f"{DESK}sisallot/uusi/", **issue_form()).status_code == 302
        issue = AccessibilityIssue.objects.get()
        version = issue.updated_at.isoformat()
        path = f"{DESK}sisallot/{issue.pk}/"
        assert post(editor, path, **issue_form(what_fi="Vanhat videot", version=version)).status_code == 302
        assert "Vanhat videot" in Client().get("/saavutettavuus/", headers=HOST).content.decode()
        assert post(editor, f"{path}poisto/").status_code == 302
        assert not AccessibilityIssue.objects.exists()


class TestFeedback:
    """What visitors said."""

    def test_it_is_read_and_answered_once(self, editor: Client) -> None:
        feedback = take_feedback(message="<b>Kartta</b> ilman tekstiä", email="kavija@example.org")
        page = get(editor, DESK).content.decode()
        assert "&lt;b&gt;Kartta" in page
        path = f"{DESK}palaute/{feedback.pk}/"
        assert post(editor, path, text="  ").status_code == 422
        assert post(editor, path, text="Lisäsimme luettelon.").status_code == 302
        assert OutgoingMail.objects.filter(purpose="feedback.answer").count() == 1
        assert post(editor, path, text="Uudelleen").status_code == 409
        assert "Lisäsimme luettelon." in get(editor, path).content.decode()

    def test_nobody_without_the_right_learns_of_it(self, region: Region) -> None:
        feedback = take_feedback(message="Hei")
        stranger = enter(Client(), region, User.objects.create_user("jasen@example.org", name="Jäsen"))
        assert get(stranger, DESK).status_code == 403
        assert get(stranger, f"{DESK}palaute/{feedback.pk}/").status_code == 404
