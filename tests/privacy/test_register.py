"""No table with personal data is forgotten, and what has outlived its time goes."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from tests.factories.news import ArticleFactory

from yhdys.accounts.models import Session, User
from yhdys.audit.models import Past
from yhdys.core import clock
from yhdys.feedback.actions import answer_feedback, take_feedback
from yhdys.feedback.models import KEPT_AFTER_ANSWER, AccessibilityFeedback
from yhdys.mail.models import OutgoingMail
from yhdys.mail.personal_data import LETTER_KEPT, TEXT_KEPT
from yhdys.organisations.models import Contact
from yhdys.privacy import register
from yhdys.privacy.personal_data import KEPT
from yhdys.privacy.tasks import erase_outlived
from yhdys.regions.models import Region
from yhdys.tenancy import links
from yhdys.tenancy.models import ActionLink

NATIONAL_OR_PUBLIC = {"contenttypes", "auth", "places", "keywords", "regions", "overview", "pghistory"}
NAMES = {"actor_name", "byline", "phone", "photo", "to"}


def holds_personal_data(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, models.EmailField)
        or field.name in NAMES
        or (field.is_relation and field.related_model in (User, Contact))
        for field in model._meta.fields
    )


def test_every_table_with_personal_data_is_in_the_register() -> None:
    forgotten = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label not in NATIONAL_OR_PUBLIC and not issubclass(model, Past)
        if holds_personal_data(model)
    } - register.known_tables()
    assert forgotten == set()


def test_the_register_names_no_table_that_does_not_exist() -> None:
    there = {model._meta.label_lower for model in apps.get_models()}
    assert register.known_tables() - there == set()


def test_a_key_is_declared_once() -> None:
    with pytest.raises(ValueError, match="already"):
        register.declare(register.classes()[0])


def test_letters_lose_their_words_after_a_year_and_go_after_three(region: Region) -> None:
    now = clock.now()
    kept = []
    for number, age in enumerate((timedelta(days=1), TEXT_KEPT, LETTER_KEPT)):
        for state in (OutgoingMail.State.SENT, OutgoingMail.State.QUEUED):
            with clock.at(now - age - timedelta(minutes=1)):
                kept.append(
                    OutgoingMail.objects.create(
                        purpose=f"{number}{state}",
                        to=["a@example.org"],
                        sender="b@example.org",
                        subject="s",
                        text="Sanat",
                        html="<p>Sanat</p>",
                        message_id=f"<{number}{state}@example.org>",
                        state=state,
                    )
                )
    erase_outlived()
    left = {mail.purpose: (mail.text, mail.html) for mail in OutgoingMail.objects.all()}
    words, none = ("Sanat", "<p>Sanat</p>"), ("", "")
    assert left == {"0sent": words, "0queued": words, "1sent": none, "1queued": words, "2queued": words}


def test_links_go_thirty_days_after_they_have_closed(region: Region) -> None:
    now = clock.now()
    for expires in (now + timedelta(days=1), now - timedelta(days=1), now - KEPT - timedelta(minutes=1)):
        links.issue(purpose="test", target=ArticleFactory(), expires_at=expires)
    erase_outlived()
    assert ActionLink.objects.count() == 2


def test_sessions_go_when_they_have_run_out(region: Region) -> None:
    for key, hours in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=clock.now() + timedelta(hours=hours))
    erase_outlived()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_feedback_goes_two_years_after_its_answer(region: Region) -> None:
    user = User.objects.create_user("sihteeri@example.org", name="Sihteeri")
    with clock.at(clock.now() - KEPT_AFTER_ANSWER - timedelta(days=1)):
        answer_feedback(take_feedback(message="Vanha"), text="Korjattu", by=user)
        take_feedback(message="Vanha ja vastaamaton")
    answer_feedback(take_feedback(message="Uusi"), text="Korjattu", by=user)
    erase_outlived()
    assert set(AccessibilityFeedback.objects.values_list("message", flat=True)) == {"Vanha ja vastaamaton", "Uusi"}


def test_one_erasure_that_fails_does_not_keep_the_others(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise OSError

    broken = register.PersonalData("a.broken", "", "", "", "", (), "", (), erase=fail, order=0)
    monkeypatch.setitem(register._classes, "a.broken", broken)
    erased = erase_outlived()
    assert "a.broken" not in erased
    assert "mail.letters" in erased
