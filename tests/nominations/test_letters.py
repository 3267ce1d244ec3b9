"""The letters of a call: to whom, in which language, and that each reminder goes out once."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from tests.factories.nominations import invitations_of, names_for, opened_call, prepared_call
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import user

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.local.smtp import Mailbox
from yhdys.mail.models import OutgoingMail
from yhdys.nominations.actions import answer_call, close_call, invite, open_call, remind_silent, send_letter_again
from yhdys.nominations.emails import preview
from yhdys.nominations.enums import CallState, Door
from yhdys.nominations.models import NominationCall
from yhdys.tenancy import outbox
from yhdys.tenancy.models import OutboxEntry

pytestmark = pytest.mark.usefixtures("region", "real_mail")
DAY = timedelta(days=1)


def deliver() -> None:
    """Run the outbox until nothing is left, as workers do."""
    while outbox.sweep():
        pass


def letters(purpose: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(purpose=f"nominations.{purpose}").order_by("created_at"))


def days_before_deadline(call: NominationCall, days: int, *, opened: int = 10) -> None:
    """As if the call had been opened so many days ago, and its deadline were so many days away."""
    NominationCall.objects.filter(pk=call.pk).update(
        opened_at=clock.now() - opened * DAY,
        opens_on=clock.today() - opened * DAY,
        deadline=clock.today() + days * DAY,
    )


def test_everybody_who_is_asked_gets_one_letter_with_a_link_of_their_own(mailbox: Mailbox) -> None:
    call = opened_call(seats=2)
    assert not letters("call")  # They leave after the commit.
    deliver()
    deliver()
    assert sorted(one.to[0] for one in letters("call")) == sorted(one.email for one in call.invitations.all())
    first, second = (str(message.get_body(("plain",)).get_content()) for message in mailbox.messages)
    assert "Nimetkää jäsen ja varajäsen." in first
    links = {line.strip() for text in (first, second) for line in text.splitlines() if "/nimeaminen/" in line}
    assert len(links) == 2
    # What opens an answer page is not kept with the letter.
    assert {one.text for one in letters("call")} == {""}


def test_a_contact_is_written_to_in_their_own_language() -> None:
    call = prepared_call()
    who = user()
    who.language = "sv"
    who.save()
    contact = ContactFactory(user=who, role_email="svensk@example.org")
    invitation = invite(call, seats=[call.seats.get()], organisation=OrganisationFactory(), contact=contact, by=None)
    assert (invitation.email, invitation.language) == ("svensk@example.org", "sv")
    open_call(call, by=None)
    deliver()
    assert "Begäran att utse företrädare" in next(
        one.subject for one in letters("call") if one.to == [invitation.email]
    )


def test_the_preview_is_the_letter_and_saves_nothing() -> None:
    call = prepared_call()
    subject, text, html = preview(call)
    assert subject.startswith("Nimeämispyyntö: ")
    assert "/nimeaminen/esimerkki/" in text
    assert call.seats.get().name in html
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(("days", "before", "after"), [(6, 0, 0), (5, 1, 0), (0, 1, 0), (-1, 0, 1), (-8, 0, 0)])
def test_reminders_go_out_before_and_after_the_deadline_once_each(days: int, before: int, after: int) -> None:
    call = opened_call()
    deliver()
    days_before_deadline(call, days, opened=20)
    assert remind_silent() == before + after
    assert remind_silent() == 0
    deliver()
    sent = letters("reminder")
    assert len(sent) == before + after
    assert sum("puuttuu" in one.subject for one in sent) == after


def test_one_is_reminded_before_and_again_after() -> None:
    call = opened_call()
    days_before_deadline(call, 2)
    remind_silent()
    days_before_deadline(call, -1, opened=20)
    remind_silent()
    deliver()
    assert len(letters("reminder")) == 2


def test_who_has_just_been_written_to_or_has_answered_is_not_reminded() -> None:
    fresh = opened_call()
    days_before_deadline(fresh, 2, opened=1)
    answered = opened_call()
    days_before_deadline(answered, 2)
    invitation = invitations_of(answered)[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    assert remind_silent() == 0


def test_who_answers_before_the_reminder_leaves_gets_none() -> None:
    call = opened_call()
    days_before_deadline(call, 2)
    assert remind_silent() == 1
    invitation = invitations_of(call)[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    deliver()
    assert letters("reminder") == []


def test_after_the_closing_the_silent_are_still_reminded_but_not_after_the_appointment() -> None:
    call = opened_call()
    days_before_deadline(call, -1, opened=20)
    close_call(NominationCall.objects.get(pk=call.pk), by=None)
    assert remind_silent() == 1
    other = opened_call()
    days_before_deadline(other, -1, opened=20)
    NominationCall.objects.filter(pk=other.pk).update(state=CallState.PROPOSED)
    assert remind_silent() == 0


def test_the_daily_task_reminds_by_the_outbox() -> None:
    from yhdys.nominations.tasks import remind

    call = opened_call()
    deliver()
    days_before_deadline(call, 1)
    remind()
    assert OutboxEntry.objects.filter(effect="nominations.send_reminder", state="waiting").count() == 1


def test_a_receipt_goes_to_the_asked_address_whoever_used_the_link() -> None:
    invitation = invitations_of(opened_call())[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    (receipt,) = letters("receipt")
    assert receipt.to == [invitation.email]
    assert "Aino Aalto" in receipt.text


def test_a_letter_that_failed_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"No such user")})

    call = opened_call()
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse)
        deliver()
    OutgoingMail.objects.update(state=OutgoingMail.State.FAILED)
    invitation = invitations_of(call)[0]
    assert invitation.has_failed
    send_letter_again(invitation, by=None)
    OutboxEntry.objects.filter(effect="mail.deliver").delete()
    deliver()
    invitation = invitations_of(call)[0]
    assert not invitation.has_failed
    assert len(letters("call")) == 2
    with pytest.raises(ActionRefused, match="has not failed"):
        send_letter_again(invitation, by=None)
