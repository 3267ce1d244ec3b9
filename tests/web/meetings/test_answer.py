"""The page behind the link in an invitation: a right for one person and one meeting, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.meetings import (
    MeetingFactory,
    convened_meeting,
    council,
    deputy_of,
    in_days,
    member,
    ready_meeting,
)
from tests.web.meetings.conftest import text_of

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.meetings.actions import add_item, cancel_meeting, convene_meeting, remove_meeting, reschedule_meeting
from yhdys.meetings.emails import ANSWER
from yhdys.meetings.enums import Answer, AnsweredBy
from yhdys.meetings.models import Invitation, Meeting
from yhdys.regions.models import Region
from yhdys.tenancy import links
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import ActionLink

pytestmark = pytest.mark.usefixtures("region")
LATER = timedelta(days=90)


def link_to(invitation: Invitation) -> str:
    token = links.issue(purpose=ANSWER, target=invitation, expires_at=clock.now() + LATER)
    return f"/en/answer/{token}/"


def one_called(**meeting: object) -> Invitation:
    return Invitation.objects.get(convocation__meeting=convened_meeting(1, **meeting))


def answer_of(invitation: Invitation) -> str:
    return str(Invitation.objects.get(pk=invitation.pk).answer)


def test_the_page_shows_the_meeting_and_takes_an_answer(visitor: Client) -> None:
    invitation = one_called()
    address = link_to(invitation)
    page = visitor.get(address)
    assert page.status_code == 200
    assert "1 § " in text_of(page).replace("\n", " ") or "Kokouksen avaus" in text_of(page)

    answered = visitor.post(address, {"answer": "attending", "note": "Tulen junalla"})
    assert answered.status_code == 302
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.note, invitation.answered_by) == (
        Answer.ATTENDING,
        "Tulen junalla",
        AnsweredBy.LINK,
    )
    assert "Thank you" in text_of(visitor.get(answered["Location"]))
    entry = Entry.objects.filter(verb="answered").get()
    assert (entry.actor_id, entry.actor_name) == (None, invitation.name)
    assert ActionLink.objects.get().last_used_at is not None


def test_no_cookie_is_set_and_no_cache_keeps_the_page(visitor: Client) -> None:
    address = link_to(one_called())
    for response in (visitor.get(address), visitor.post(address, {"answer": "attending"})):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_a_mail_scanner_does_changes_nothing(visitor: Client, method: str) -> None:
    invitation = one_called()
    address = link_to(invitation)
    for path in (address, f"{address}?answer=attending", f"{address}?saved=1&change=1"):
        assert getattr(visitor, method)(path).status_code == 200
    assert answer_of(invitation) == Answer.UNANSWERED


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_refused(visitor: Client, method: str) -> None:
    invitation = one_called()
    assert getattr(visitor, method)(link_to(invitation)).status_code == 405
    assert answer_of(invitation) == Answer.UNANSWERED


def test_an_answer_can_be_changed_by_the_same_link(visitor: Client) -> None:
    invitation = one_called()
    address = link_to(invitation)
    visitor.post(address, {"answer": "attending"})
    assert "Change the answer" in text_of(visitor.get(address))
    visitor.post(address, {"answer": "declined", "note": "Sairastuin"})
    assert answer_of(invitation) == Answer.DECLINED


@pytest.mark.parametrize("token", ["x", "esimerkki", "../../etc/passwd", "a" * 300, "%00", "0" * 32])
def test_a_guessed_link_opens_a_page_that_tells_whom_to_ask(visitor: Client, token: str) -> None:
    one_called()
    response = visitor.get(f"/en/answer/{token}/")
    assert response.status_code in (404, 410)
    if response.status_code == 410:
        assert "kainuu@yhdys.example" in text_of(response)
    assert visitor.post(f"/en/answer/{token}/", {"answer": "attending"}).status_code in (404, 410)
    assert Invitation.objects.exclude(answer=Answer.UNANSWERED).count() == 0


def test_an_expired_and_a_revoked_link_are_closed(visitor: Client) -> None:
    invitation = one_called()
    old = links.issue(purpose=ANSWER, target=invitation, expires_at=clock.now() - timedelta(seconds=1))
    revoked = link_to(invitation)
    links.revoke(ANSWER, invitation)
    for address in (f"/en/answer/{old}/", revoked):
        assert visitor.get(address).status_code == 410
        assert visitor.post(address, {"answer": "attending"}).status_code == 410
    assert answer_of(invitation) == Answer.UNANSWERED


def test_a_link_for_another_purpose_is_nothing_here(visitor: Client) -> None:
    invitation = one_called()
    token = links.issue(purpose="accounts.invitation", target=invitation, expires_at=clock.now() + LATER)
    assert visitor.post(f"/en/answer/{token}/", {"answer": "attending"}).status_code == 410
    assert answer_of(invitation) == Answer.UNANSWERED


def test_another_regions_link_is_nothing_here(visitor: Client, lappi: Region) -> None:
    with in_region(lappi):
        theirs = one_called()
        address = link_to(theirs)
        assert Client(HTTP_HOST="lappi.localhost").get(address).status_code == 200
    assert visitor.get(address).status_code == 410
    assert visitor.post(address, {"answer": "attending"}).status_code == 410
    with in_region(lappi):
        assert answer_of(theirs) == Answer.UNANSWERED


def test_one_persons_link_answers_for_nobody_else(visitor: Client) -> None:
    meeting = convened_meeting(2)
    one, other = Invitation.objects.filter(convocation__meeting=meeting).order_by("name")
    visitor.post(link_to(one), {"answer": "attending", "invitation": str(other.pk), "pk": str(other.pk)})
    assert (answer_of(one), answer_of(other)) == (Answer.ATTENDING, Answer.UNANSWERED)


@pytest.mark.parametrize("origin", ["https://muualla.example", "http://lappi.localhost", "null"])
def test_another_site_cannot_answer_for_somebody(region: Region, origin: str) -> None:
    invitation = one_called()
    response = Client(HTTP_HOST="kainuu.localhost", HTTP_ORIGIN=origin).post(
        link_to(invitation), {"answer": "declined"}
    )
    assert response.status_code == 403
    assert answer_of(invitation) == Answer.UNANSWERED


@pytest.mark.parametrize("answer", ["", "maybe", "unanswered", "remote", "deputy"])
def test_an_answer_that_was_not_offered_is_refused_with_the_page(visitor: Client, answer: str) -> None:
    invitation = one_called()
    response = visitor.post(link_to(invitation), {"answer": answer, "note": "Kirjoitin tämän"})
    assert response.status_code == 422
    assert "Kirjoitin tämän" in text_of(response)
    assert answer_of(invitation) == Answer.UNANSWERED


def test_taking_part_remotely_is_offered_where_there_is_a_link(visitor: Client) -> None:
    invitation = one_called(remote_link="https://kokous.example/abc")
    address = link_to(invitation)
    assert "https://kokous.example/abc" in text_of(visitor.get(address))
    visitor.post(address, {"answer": "remote"})
    assert answer_of(invitation) == Answer.REMOTE


def test_after_the_beginning_the_page_says_so_and_takes_nothing(visitor: Client) -> None:
    invitation = one_called()
    address = link_to(invitation)
    Meeting.objects.update(starts_at=clock.now() - timedelta(minutes=1), ends_at=None)
    page = text_of(visitor.get(address))
    assert "answers are no longer taken" in page
    assert "<form" not in page
    assert visitor.post(address, {"answer": "attending"}).status_code == 409
    assert answer_of(invitation) == Answer.UNANSWERED


def test_a_cancelled_meeting_says_why_and_hides_the_remote_link(visitor: Client) -> None:
    invitation = one_called(remote_link="https://kokous.example/abc")
    address = link_to(invitation)
    cancel_meeting(invitation.convocation.meeting, reason="Sairastuminen", by=None)
    page = text_of(visitor.get(address))
    assert "Sairastuminen" in page
    assert "kokous.example" not in page
    assert visitor.post(address, {"answer": "attending"}).status_code == 409


def test_the_old_letters_link_answers_for_the_new_time(visitor: Client) -> None:
    invitation = one_called()
    address = link_to(invitation)
    visitor.post(address, {"answer": "declined"})
    reschedule_meeting(invitation.convocation.meeting, reason="Tila varattu", by=None, starts_at=in_days(33))
    page = text_of(visitor.get(address))
    assert "Tila varattu" in page
    assert "Are you coming?" in page
    visitor.post(address, {"answer": "attending"})
    assert list(Invitation.objects.order_by("convocation__sequence").values_list("answer", flat=True)) == [
        Answer.DECLINED,
        Answer.ATTENDING,
    ]


def test_a_moved_meeting_without_a_time_waits_for_a_new_letter(visitor: Client) -> None:
    invitation = one_called()
    address = link_to(invitation)
    reschedule_meeting(invitation.convocation.meeting, reason="Este", by=None)
    assert "You get a new letter" in text_of(visitor.get(address))
    assert visitor.post(address, {"answer": "attending"}).status_code == 409


def test_a_deputy_is_named_where_there_are_several(visitor: Client) -> None:
    term = council()
    plain = member(term, name="Jouni")
    deputy_of(plain, name="Veera")
    second = deputy_of(plain, name="Ville")
    stranger = member(term, name="Muu").contact
    meeting = MeetingFactory(body=term.body)
    add_item(meeting, by=None, title="Avaus")
    convene_meeting(meeting, by=None)
    invitation = Invitation.objects.get(name="Jouni")
    address = link_to(invitation)

    assert visitor.post(address, {"answer": "deputy"}).status_code == 422
    assert visitor.post(address, {"answer": "deputy", "deputy": str(stranger.pk)}).status_code == 422
    visitor.post(address, {"answer": "deputy", "deputy": str(second.contact_id)})
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.deputy) == (Answer.DEPUTY, second.contact)


def test_members_only_items_are_shown_to_the_called_and_notes_are_shown_as_text(visitor: Client) -> None:
    meeting = ready_meeting(1)
    add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    convene_meeting(meeting, by=None)
    invitation = Invitation.objects.get()
    address = link_to(invitation)
    visitor.post(address, {"answer": "attending", "note": "<script>alert(1)</script>"})
    page = text_of(visitor.get(address))
    assert "Jäsenten asia" in page
    assert "<script>alert" not in page


def test_a_removed_meeting_closes_its_links(visitor: Client) -> None:
    invitation = one_called()
    address = link_to(invitation)
    Meeting.objects.all().delete()
    assert visitor.get(address).status_code == 410
    assert not Invitation.objects.exists()


def test_drafts_have_no_links_to_begin_with(visitor: Client) -> None:
    remove_meeting(ready_meeting(), by=None)
    assert not ActionLink.objects.exists()
