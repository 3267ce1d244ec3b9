"""Letters that did not reach anybody: tried again, shown, and sent anew to the present address."""

import re
import smtplib
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from tests.factories.meetings import (
    MeetingFactory,
    convened_meeting,
    council,
    deputy_of,
    held_meeting,
    member,
)
from tests.factories.organisations import ContactFactory
from tests.meetings.conftest import body_of, deliver

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.local.smtp import Mailbox
from yhdys.mail.actions import give_up
from yhdys.mail.models import OutgoingMail
from yhdys.meetings.actions import (
    add_item,
    answer_invitation,
    approve_minutes,
    cancel_meeting,
    convene_meeting,
    deliver_papers_to,
    publish_minutes,
    record_outcome,
    send_letter_again,
    send_minutes_for_review,
    send_to_unreached,
    start_minutes,
)
from yhdys.meetings.emails import ANSWER
from yhdys.meetings.enums import Answer, AnsweredBy, ConvocationKind, Outcome
from yhdys.meetings.models import Invitation
from yhdys.meetings.queries import CHECK_LETTER, MINUTES_LETTER, Unreached, unreached_readers
from yhdys.organisations.models import Contact
from yhdys.tenancy import links, outbox
from yhdys.tenancy.models import OutboxEntry

pytestmark = pytest.mark.usefixtures("region", "real_mail")


@pytest.fixture
def refusing_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that refuses one receiver for ever."""

    def send(self: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        if "jasen0@example.org" in self.to:
            raise smtplib.SMTPRecipientsRefused({"jasen0@example.org": (550, b"No such user")})
        return 1

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)


def test_a_refused_letter_is_tried_again_and_then_shown(refusing_server: None) -> None:
    meeting = convened_meeting(2)
    deliver()
    one, other = Invitation.objects.select_related("mail").order_by("name")
    assert (one.mail.state, other.mail.state) == (OutgoingMail.State.QUEUED, OutgoingMail.State.SENT)

    entry = OutboxEntry.objects.get(effect="mail.deliver", state=OutboxEntry.State.WAITING)
    assert (entry.attempts, entry.due_at > clock.now()) == (1, True)
    for pause in outbox.PAUSES:
        with clock.at(clock.now() + pause * 20):
            outbox.sweep()
    one = Invitation.objects.select_related("mail").get(pk=one.pk)
    assert one.mail.state == OutgoingMail.State.FAILED
    assert one.has_failed
    assert "550" in one.mail.last_error
    assert [mail.to for mail in OutgoingMail.objects.regarding(meeting).failed()] == [["jasen0@example.org"]]


def test_a_failed_letter_goes_again_to_the_mended_address(mailbox: Mailbox) -> None:
    meeting = convened_meeting(1)
    deliver()
    one = Invitation.objects.select_related("mail", "contact").get(convocation__meeting=meeting)
    with pytest.raises(ActionRefused, match="has not failed"):
        send_letter_again(one, by=None)
    OutgoingMail.objects.filter(pk=one.mail_id).update(state=OutgoingMail.State.FAILED)
    one.contact.role_email = "uusi@example.org"
    one.contact.save()

    send_letter_again(Invitation.objects.get(pk=one.pk), by=None)
    deliver()

    assert len(mailbox.to("uusi@example.org")) == 1
    one.refresh_from_db()
    assert (one.email, one.mail.state) == ("uusi@example.org", OutgoingMail.State.SENT)


def fail(invitation: Invitation) -> Invitation:
    """The letter of the invitation was given up."""
    assert invitation.mail is not None
    give_up(invitation.mail, "550 No such user")
    return Invitation.objects.get(pk=invitation.pk)


def test_a_failed_call_goes_again_to_the_same_address_with_a_link_that_opens(mailbox: Mailbox) -> None:
    meeting = convened_meeting(1)
    deliver()
    one = fail(Invitation.objects.select_related("mail").get(convocation__meeting=meeting))

    send_letter_again(one, by=None)
    deliver()

    letter = mailbox.to(one.email)[-1]
    assert len(mailbox.to(one.email)) == 2
    found = re.search(r"/vastaus/([^/\s]+)/", body_of(letter))
    assert found
    link = links.resolve(found[1], ANSWER)
    assert link is not None
    assert link.target_id == one.pk
    one.refresh_from_db()
    assert one.mail.state == OutgoingMail.State.SENT


def test_a_deputy_whose_letter_failed_is_asked_again_to_come_in_the_place(mailbox: Mailbox) -> None:
    term = council()
    holder = member(term, name="Jouni Jäsen")
    deputy = deputy_of(holder, name="Veera Vara").contact
    meeting = MeetingFactory(body=term.body)
    add_item(meeting, by=None, title="Avaus")
    convene_meeting(meeting, by=None)
    deliver()
    asking = Invitation.objects.get(contact=holder.contact)
    answer_invitation(asking, answer=Answer.DEPUTY, deputy=deputy, way=AnsweredBy.LINK)
    deliver()
    theirs = fail(Invitation.objects.select_related("mail").get(contact=deputy))
    assert theirs.has_failed  # The desk tells of the letter that matters now.

    send_letter_again(theirs, by=None)
    deliver()

    assert "Jouni Jäsen" in body_of(mailbox.to(theirs.email)[-1])
    theirs.refresh_from_db()
    assert theirs.mail.state == OutgoingMail.State.SENT


def test_a_failed_cancellation_goes_again(mailbox: Mailbox) -> None:
    meeting = convened_meeting(1)
    cancel_meeting(meeting, by=None, reason="Sairastuminen")
    deliver()
    told = Invitation.objects.select_related("mail").get(convocation__kind=ConvocationKind.CANCELLATION)

    send_letter_again(fail(told), by=None)
    deliver()

    told.refresh_from_db()
    assert told.mail.state == OutgoingMail.State.SENT


def test_a_checker_whose_letter_failed_is_shown_and_asked_again_at_the_mended_address(mailbox: Mailbox) -> None:
    meeting = held_meeting(2)
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.NOTED)
    minutes = start_minutes(meeting, by=None)
    first, second = Contact.objects.order_by("sort_key")
    minutes = send_minutes_for_review(minutes, by=None, checkers=[first, second])
    deliver()
    assert unreached_readers(minutes) == []
    with pytest.raises(ActionRefused, match="has left"):
        send_to_unreached(minutes, by=None)
    give_up(OutgoingMail.objects.get(purpose=CHECK_LETTER, to=[first.mail_address]), "550 No such user")
    assert [one.name for one in unreached_readers(minutes)] == [first.name]
    first.role_email = "uusi@example.org"
    first.save()
    assert unreached_readers(minutes) == [Unreached(first.name, "uusi@example.org")]

    assert send_to_unreached(minutes, by=None) == 1
    deliver()

    assert len(mailbox.to("uusi@example.org")) == 1
    assert len(mailbox.to(second.mail_address)) == 1  # Nothing again.
    assert unreached_readers(minutes) == []


def test_who_gets_the_papers_is_sent_the_minutes_again(mailbox: Mailbox) -> None:
    meeting = held_meeting(1)
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.NOTED)
    for address in ("liitto@example.org", "kunta@example.org"):
        deliver_papers_to(meeting.body, contact=ContactFactory(role_email=address), by=None)
    minutes = publish_minutes(approve_minutes(start_minutes(meeting, by=None), by=None), by=None)
    deliver()
    give_up(OutgoingMail.objects.get(purpose=MINUTES_LETTER, to=["liitto@example.org"]), "550 No such user")
    assert [one.email for one in unreached_readers(minutes)] == ["liitto@example.org"]

    send_to_unreached(minutes, by=None)
    deliver()

    assert [len(mailbox.to(address)) for address in ("liitto@example.org", "kunta@example.org")] == [2, 1]
    assert unreached_readers(minutes) == []
