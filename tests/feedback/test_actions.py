"""Accessibility feedback, from the visitor to the answer."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.todo import todos_of
from yhdys.feedback.actions import answer_feedback, take_feedback
from yhdys.feedback.models import AccessibilityFeedback
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.site.models import AccessibilityStatement
from yhdys.tenancy.context import in_region


@pytest.fixture
def editor(region: Region) -> User:
    user = User.objects.create_user("toimittaja@example.org", name="Toimittaja")
    StaffRole.objects.create(user=user, role=StaffRole.Role.EDITOR)
    return user


def letters() -> list[tuple[str, list[str]]]:
    return sorted(OutgoingMail.objects.values_list("purpose", "to"))


def test_anonymous_feedback_reaches_those_who_answer(region: Region) -> None:
    AccessibilityStatement.objects.update(feedback_email="saavutettavuus@example.org")
    feedback = take_feedback(message="  Kuvalla ei ole tekstiä  ", page="/kokoukset/")
    assert (feedback.message, feedback.email, feedback.is_answered) == ("Kuvalla ei ole tekstiä", "", False)
    assert letters() == [("feedback.received", ["saavutettavuus@example.org"])]


def test_without_an_address_of_its_own_it_goes_to_the_councils(region: Region) -> None:
    take_feedback(message="Kuvalla ei ole tekstiä")
    assert letters() == [("feedback.received", ["kainuu@yhdys.example"])]


def test_who_leaves_an_address_gets_a_receipt_that_repeats_nothing(region: Region) -> None:
    with translation.override("sv"):
        take_feedback(message="Köp billigt på spam.example", email="Besokare@Example.org", name="Spam spam")
    receipt = OutgoingMail.objects.get(purpose="feedback.receipt")
    assert receipt.to == ["besokare@example.org"]
    assert "spam" not in receipt.text.lower() + receipt.html.lower() + receipt.subject.lower()


@pytest.mark.parametrize("wrong", [{"message": "  "}, {"email": "ei osoite"}])
def test_nothing_to_read_or_nowhere_to_answer_is_refused(region: Region, wrong: dict[str, str]) -> None:
    with pytest.raises(ActionRefused):
        take_feedback(**({"message": "Hei", "email": ""} | wrong))
    assert not AccessibilityFeedback.objects.exists()


def test_the_clock_gives_fourteen_days_from_the_finnish_day(region: Region) -> None:
    with clock.at(clock.helsinki(2026, 3, 2, 0, 30)):
        feedback = take_feedback(message="Hei")
    assert feedback.due == date(2026, 3, 16)
    with clock.at(clock.helsinki(2026, 3, 16, 23, 59)):
        assert feedback.is_late is False
    with clock.at(clock.helsinki(2026, 3, 17, 0, 1)):
        assert feedback.is_late is True


def test_the_answer_leaves_in_the_givers_language_and_only_once(editor: User) -> None:
    with translation.override("en"):
        feedback = take_feedback(message="The map has no text", email="visitor@example.org")
    answer_feedback(feedback, text="There is a list now.", by=editor)
    letter = OutgoingMail.objects.get(purpose="feedback.answer")
    assert letter.to == ["visitor@example.org"]
    assert "There is a list now." in letter.text
    assert "Answer to your accessibility feedback" in letter.subject
    with pytest.raises(ActionRefused):
        answer_feedback(feedback, text="Again", by=editor)


def test_an_anonymous_feedback_gets_a_note_and_no_letter(editor: User) -> None:
    feedback = take_feedback(message="Hei")
    OutgoingMail.objects.all().delete()
    answer_feedback(feedback, text="Korjattu.", by=editor)
    assert letters() == []
    assert AccessibilityFeedback.objects.waiting().count() == 0


def test_it_stands_on_the_desk_with_its_day_until_it_is_answered(editor: User) -> None:
    AccessibilityStatement.objects.update(reviewed_on=clock.today())
    feedback = take_feedback(message="Kuvalla ei ole tekstiä")
    (todo,) = todos_of(editor)
    assert (todo.due, todo.url_kwargs) == (clock.today() + timedelta(days=14), {"pk": feedback.pk})
    answer_feedback(feedback, text="Korjattu.", by=editor)
    assert todos_of(editor) == []


def test_the_statement_comes_up_for_review_before_its_year_is_full(editor: User) -> None:
    long_ago = clock.today() - timedelta(days=340)
    AccessibilityStatement.objects.update(drafted_on=long_ago, reviewed_on=long_ago)
    assert [todo.kind for todo in todos_of(editor)] == ["site"]


def test_nobody_else_sees_it(region: Region, lappi: Region) -> None:
    take_feedback(message="Hei")
    stranger = User.objects.create_user("jasen@example.org", name="Jäsen")
    assert list(AccessibilityFeedback.objects.visible_to(stranger)) == []
    with in_region(lappi):
        assert AccessibilityFeedback.objects.count() == 0
