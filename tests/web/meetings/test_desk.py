"""The secretary's way from a new meeting to the published minutes, and what others may not."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.factories.accounts import UserFactory
from tests.factories.councils import BodyFactory, TermFactory
from tests.factories.meetings import (
    MeetingFactory,
    convened_meeting,
    council,
    held_meeting,
    in_days,
    member,
    ready_meeting,
    secretary_of,
)
from tests.web.meetings.conftest import Desk, text_of

from yhdys.councils.enums import BodyKind, Role
from yhdys.meetings.actions import add_item, convene_meeting, record_outcome, remove_item, remove_meeting
from yhdys.meetings.enums import Answer, MeetingState, MinutesState, Outcome
from yhdys.meetings.models import AgendaItem, Invitation, Meeting, Minutes
from yhdys.web.dates import local

pytestmark = pytest.mark.usefixtures("region")


def url(name: str, **kwargs: Any) -> str:
    with translation.override("en"):
        return reverse(f"workspace:{name}", urlconf="yhdys.config.urls_region", kwargs=kwargs)


def test_the_way_from_a_new_meeting_to_its_call(at_desk: Desk) -> None:
    term = council()
    secretary = secretary_of(term.body)
    member(term, name="Meri Merinen", role_email="meri@example.org")
    desk = at_desk(secretary)

    made = desk.post(
        url("meeting-add"),
        {
            "body": term.body_id,
            "title": "Syyskokous",
            "starts_at_day": f"{in_days(20):%Y-%m-%d}",
            "starts_at_time": "14:00",
        },
    )
    meeting = Meeting.objects.get()
    assert made["Location"] == url("meeting", pk=meeting.pk)
    assert meeting.starts_at == in_days(20)

    page = text_of(desk.get(url("meeting", pk=meeting.pk)))
    assert "Put at least one item on the agenda." in page
    assert "See who is called, and call" not in page
    when = {"starts_at_day": f"{in_days(20):%Y-%m-%d}", "starts_at_time": "14:00"}
    basics = {"title_fi": "Syyskokous", "kind": "ordinary", "place_fi": "Kirjasto"}
    basics_page = url("meeting-change", pk=meeting.pk)
    desk.post(basics_page, typed(desk, basics_page, **basics, **when))
    desk.post(url("agenda-item-add", pk=meeting.pk), {"title_fi": "Avaus", "kind": "formal", "publicity": "public"})

    preview = text_of(desk.get(url("meeting-convocation", pk=meeting.pk)))
    assert "Meri Merinen" in preview
    assert "meri@example.org" in preview
    assert "1 § Avaus" in preview

    called = desk.post(url("meeting-convocation", pk=meeting.pk), {"text": "Kahvit klo 13.30."})
    assert called.status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CONVENED
    assert meeting.convocations.get().text == "Kahvit klo 13.30."
    assert Invitation.objects.count() == 2


def test_a_preview_of_the_letter_calls_nobody(at_desk: Desk) -> None:
    meeting = ready_meeting()
    desk = at_desk(secretary_of(meeting.body))
    page = desk.post(url("meeting-convocation", pk=meeting.pk), {"text": "Tervetuloa mukaan", "preview": "1"})
    assert "Tervetuloa mukaan" in text_of(page)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_a_call_that_lacks_something_says_what_and_keeps_the_words(at_desk: Desk) -> None:
    meeting = ready_meeting(place_fi="", address="")
    desk = at_desk(secretary_of(meeting.body))
    page = desk.post(url("meeting-convocation", pk=meeting.pk), {"text": "Tärkeää"})
    assert page.status_code == 409
    assert "Give a place, or a link for taking part remotely." in text_of(page)
    assert "Tärkeää" in text_of(page)


def test_someone_without_an_address_is_named_before_the_call(at_desk: Desk) -> None:
    meeting = ready_meeting()
    member(meeting.body.terms.get(), name="Osoitteeton Otso", role_email="", email="")
    page = text_of(at_desk(secretary_of(meeting.body)).get(url("meeting-convocation", pk=meeting.pk)))
    assert re.search(r"get no letter.*Osoitteeton Otso", page, re.DOTALL)


def test_the_order_changes_by_buttons_with_and_without_htmx(at_desk: Desk) -> None:
    meeting = ready_meeting()
    desk = at_desk(secretary_of(meeting.body))
    second = meeting.agenda_items.get(number=2)

    plain = desk.post(url("agenda-item-place", pk=second.pk), {"to": "1"})
    assert plain["Location"].startswith(url("meeting", pk=meeting.pk))
    second.refresh_from_db()
    assert second.number == 1

    swapped = desk.post(url("agenda-item-place", pk=second.pk), {"to": "2"}, headers={"HX-Request": "true"})
    assert swapped.status_code == 200
    assert text_of(swapped).index("Kokouksen avaus") < text_of(swapped).index("Järjestöstrategia")
    assert "<html" not in text_of(swapped)


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2026-02-30", "14:00", "Write the day as 27.11.2026"),
        ("huomenna", "14:00", "Write the day as 27.11.2026"),
        ("2026-03-01", "25:99", "the time as 14.00"),
        ("", "14:00", "Both are needed"),
    ],
)
def test_a_broken_date_is_told_and_what_was_typed_stays(at_desk: Desk, day: str, clock: str, sentence: str) -> None:
    term = council()
    desk = at_desk(secretary_of(term.body))
    page = desk.post(
        url("meeting-add"),
        {"body": term.body_id, "title": "Oma otsikko", "starts_at_day": day, "starts_at_time": clock},
    )
    assert page.status_code == 422
    assert "Oma otsikko" in text_of(page)
    assert sentence in text_of(page)
    assert not Meeting.objects.exists()


def test_an_hour_alone_is_a_time(at_desk: Desk) -> None:
    term = council()
    sent = {"body": term.body_id, "title": "Kokous", "starts_at_day": "2.3.2030", "starts_at_time": "9"}
    assert at_desk(secretary_of(term.body)).post(url("meeting-add"), sent).status_code == 302
    assert f"{local(Meeting.objects.get().starts_at):%-d.%-m.%Y %H.%M}" == "2.3.2030 09.00"


def test_a_member_reads_the_agenda_as_one_text_and_finds_no_empty_columns(at_desk: Desk) -> None:
    meeting = ready_meeting()
    add_item(meeting, by=None, title="Avustukset", description="<p>Perustelut tähän.</p>")
    somebody = UserFactory()
    member(meeting.body.terms.get(), user=somebody)
    convene_meeting(meeting, by=None)
    page = text_of(at_desk(somebody).get(url("meeting", pk=meeting.pk)))
    assert "<p>Perustelut tähän.</p>" in page
    assert not re.search(r">\s*Outcome\s*<", page)
    desk = text_of(at_desk(secretary_of(meeting.body)).get(url("meeting", pk=meeting.pk)))
    assert "Perustelut tähän" not in desk
    assert not re.search(r">\s*Outcome\s*<", desk)
    assert re.search(r">\s*Actions\s*<", desk)


def test_an_end_before_the_beginning_is_told(at_desk: Desk) -> None:
    term = council()
    page = at_desk(secretary_of(term.body)).post(
        url("meeting-add"),
        {"body": term.body_id, "title": "x", "starts_at_day": "2030-01-02", "starts_at_time": "14:00",
         "ends_at_day": "2030-01-02", "ends_at_time": "13:00"},
    )  # fmt: skip
    assert page.status_code == 422
    assert "must end after it begins" in text_of(page)


def test_what_was_removed_in_another_tab_is_told_and_what_was_typed_is_kept(at_desk: Desk) -> None:
    meeting = ready_meeting()
    desk = at_desk(secretary_of(meeting.body))
    item = meeting.agenda_items.first()
    remove_item(item, by=None)
    response = desk.post(url("agenda-item", pk=item.pk), {"title_fi": "Pitkään kirjoitettu"})
    assert response.status_code == 410
    assert "Pitkään kirjoitettu" in text_of(response)
    remove_meeting(meeting, by=None)
    assert desk.get(url("meeting", pk=meeting.pk)).status_code == 404
    typed = {"title_fi": "Talvikokous", "starts_at_day": "2.3.2027", "starts_at_time": "14.30", "kind": "ordinary"}
    page = text_of(desk.post(url("meeting-change", pk=meeting.pk), typed))
    assert "2.3.2027 14.30" in page
    assert f'<p><a class="govuk-link" href="{url("meetings")}">' in page


def test_the_other_version_tells_the_time_and_shows_rich_text_as_it_is_read(at_desk: Desk) -> None:
    meeting = ready_meeting()
    desk = at_desk(secretary_of(meeting.body))
    item = meeting.agenda_items.first()
    page = desk.get(url("agenda-item", pk=item.pk))
    item.description_fi = "<p>Toisen kappale &amp; luku</p><ul><li>Kohta</li></ul>"
    item.save()
    mine = {"title_fi": item.title_fi, "kind": item.kind, "publicity": item.publicity, "description_fi": "Oma",
            "version": page.context["form"]["version"].value()}  # fmt: skip
    answer = desk.post(url("agenda-item", pk=item.pk), mine)
    assert answer.status_code == 409
    theirs = [change["theirs"] for change in answer.context["conflict"]["changes"]]
    assert theirs == ["Toisen kappale & luku\nKohta"]

    page = desk.get(url("meeting-change", pk=meeting.pk))
    starts = meeting.starts_at
    meeting.save()
    mine = {"title_fi": meeting.title_fi, "kind": meeting.kind, "starts_at_day": f"{starts:%-d.%-m.%Y}",
            "starts_at_time": "9.15", "version": page.context["form"]["version"].value()}  # fmt: skip
    answer = desk.post(url("meeting-change", pk=meeting.pk), mine)
    assert answer.status_code == 409
    change = next(one for one in answer.context["conflict"]["changes"] if one["label"] == "Begins")
    assert change["mine"].endswith("at 9.15")
    assert re.search(r" at \d+\.\d\d$", change["theirs"])


def test_a_mistake_in_the_attendance_is_told_on_top(at_desk: Desk) -> None:
    meeting = held_meeting()
    desk = at_desk(secretary_of(meeting.body))
    count = len(desk.get(url("meeting-attendance", pk=meeting.pk)).context["rows"])
    sent = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count}
    for number in range(count):
        sent |= {f"form-{number}-key": number, f"form-{number}-presence": "present"}
    page = desk.post(url("meeting-attendance", pk=meeting.pk), sent | {"form-0-note": "x" * 201})
    assert page.status_code == 422
    assert 'govuk-error-summary__list"' in text_of(page)
    assert 'href="#id_form-0-note"' in text_of(page)


def test_markup_in_a_title_is_shown_as_text(at_desk: Desk) -> None:
    meeting = ready_meeting()
    add_item(meeting, by=None, title="<script>alert(1)</script>", description="<b onclick=x()>Lihava</b>")
    for name in ("meeting", "meeting-convocation", "meeting-preview"):
        page = text_of(at_desk(secretary_of(meeting.body)).get(url(name, pk=meeting.pk)))
        assert "<script>alert(1)" not in page
        assert "onclick" not in page


def test_the_record_from_the_attendance_to_the_published_minutes(at_desk: Desk) -> None:
    meeting = held_meeting()
    secretary = secretary_of(meeting.body)
    desk = at_desk(secretary)
    first, second = meeting.agenda_items.order_by("number")

    page = text_of(desk.get(url("meeting", pk=meeting.pk)))
    assert "Record the attendance" in page
    form = desk.get(url("meeting-attendance", pk=meeting.pk))
    count = len(form.context["rows"])
    sent = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count}
    for number in range(count):
        sent |= {f"form-{number}-key": number, f"form-{number}-presence": "present"}
    assert desk.post(url("meeting-attendance", pk=meeting.pk), sent).status_code == 302
    assert meeting.attendances.count() == count == 2

    for item in (first, second):
        outcome = url("agenda-item-outcome", pk=item.pk)
        desk.post(outcome, typed(desk, outcome, outcome="resolved", resolution="<p>Hyväksyttiin.</p>"))
    desk.post(url("assignment-add", pk=first.pk), {"what": "Tiedote", "who": "Sihteeri"})
    desk.post(url("meeting-minutes", pk=meeting.pk))
    text = url("minutes-text", pk=meeting.pk)
    desk.post(text, typed(desk, text, text="<p>Alku</p><script>x</script>", language="fi"))
    minutes = Minutes.objects.get()
    assert minutes.text == "<p>Alku</p>"

    checker = Meeting.objects.get().attendances.first().contact
    desk.post(url("minutes-review", pk=meeting.pk), {"checkers": [checker.pk]})
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.UNDER_REVIEW
    # The secretary is no checker: the button is not theirs.
    assert desk.post(url("minutes-approval", pk=meeting.pk)).status_code == 403

    checker.user = UserFactory()
    checker.save()
    theirs = at_desk(checker.user)
    assert "Approve the minutes" in text_of(theirs.get(url("meeting-minutes", pk=meeting.pk)))
    theirs.post(url("minutes-approval", pk=meeting.pk))
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED
    assert desk.post(url("agenda-item-outcome", pk=first.pk), {"outcome": "noted"}).status_code == 403

    asked = desk.get(url("minutes-publication", pk=meeting.pk))
    assert "Publish the minutes?" in text_of(asked)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED
    desk.post(url("minutes-publication", pk=meeting.pk))
    desk.post(url("meeting-closing", pk=meeting.pk))
    meeting.refresh_from_db()
    minutes.refresh_from_db()
    assert (meeting.state, minutes.state) == (MeetingState.CLOSED, MinutesState.PUBLISHED)
    assert desk.get(url("minutes-correction", pk=meeting.pk)).status_code == 200
    desk.post(url("minutes-correction", pk=meeting.pk), {"text": "<p>Nimi korjattu.</p>"})
    assert minutes.corrections.get().number == 1


PAGES = [
    "meeting", "meeting-change", "meeting-preview", "meeting-removal", "agenda-item-add", "paper-add",
    "meeting-convocation", "guest-add", "meeting-cancellation", "meeting-move",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_a_draft_opens_for_the_secretary_and_for_no_member(at_desk: Desk, name: str) -> None:
    meeting = ready_meeting()
    assert at_desk(secretary_of(meeting.body)).get(url(name, pk=meeting.pk)).status_code == 200
    plain = member(meeting.body.terms.get(), user=UserFactory())
    assert at_desk(plain.contact.user).get(url(name, pk=meeting.pk)).status_code == 404


def test_a_member_reads_a_called_meeting_and_answers_but_changes_nothing(at_desk: Desk) -> None:
    meeting = ready_meeting()
    user = UserFactory()
    member(meeting.body.terms.get(), user=user, name="Oma Jäsen")
    convene_meeting(meeting, by=None)
    desk = at_desk(user)
    page = text_of(desk.get(url("meeting", pk=meeting.pk)))
    assert "Tell whether you come" in page
    assert "jasen0@example.org" not in page
    assert desk.get(url("meeting-convocation", pk=meeting.pk)).status_code == 403
    assert desk.post(url("meeting-cancellation", pk=meeting.pk), {"reason": "x"}).status_code == 403
    assert desk.post(url("meeting-answer", pk=meeting.pk), {"answer": "attending"}).status_code == 302
    assert Invitation.objects.get(contact__user=user).answer == Answer.ATTENDING


def test_the_secretary_notes_an_answer_told_by_telephone(at_desk: Desk) -> None:
    meeting = convened_meeting()
    desk = at_desk(secretary_of(meeting.body))
    one = Invitation.objects.get(name="Jäsen 0")
    assert desk.get(url("invitation-answer", pk=one.pk)).status_code == 200
    desk.post(url("invitation-answer", pk=one.pk), {"answer": "declined", "note": "Soitti"})
    one.refresh_from_db()
    assert (one.answer, one.note, one.answered_by) == (Answer.DECLINED, "Soitti", "desk")


def test_nobody_opens_the_desk_without_signing_in(visitor: Client) -> None:
    meeting = ready_meeting()
    response = visitor.get(url("meeting", pk=meeting.pk))
    assert response.status_code == 302
    assert "/kirjaudu" in response["Location"] or "sign-in" in response["Location"]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_asks_as_many_questions_for_many_meetings_as_for_one(at_desk: Desk) -> None:
    first = convened_meeting()
    desk = at_desk(secretary_of(first.body))
    desk.get(url("meetings"))
    one = queries_of(desk, url("meetings"))
    for _number in range(3):
        MeetingFactory(body=first.body)
    assert queries_of(desk, url("meetings")) == one


def test_the_desk_asks_as_many_questions_for_a_long_agenda_as_for_a_short_one(at_desk: Desk) -> None:
    meeting = held_meeting(1)
    desk = at_desk(secretary_of(meeting.body))
    address = url("meeting", pk=meeting.pk)
    desk.get(address)
    few = queries_of(desk, address)
    for number in range(3):
        item = add_item(meeting, by=None, title=f"Asia {number}")
        record_outcome(item, by=None, outcome=Outcome.NOTED, resolution="<p>x</p>")
    assert queries_of(desk, address) == few


def test_the_steps_show_one_primary_button(at_desk: Desk) -> None:
    for meeting in (ready_meeting(), convened_meeting(), held_meeting()):
        page = text_of(at_desk(secretary_of(meeting.body)).get(url("meeting", pk=meeting.pk)))
        primary = re.findall(r'class="govuk-button\s*"', page)
        assert len(primary) <= 1, primary


def test_tabled_items_are_taken_over_from_the_desk(at_desk: Desk) -> None:
    former = held_meeting()
    record_outcome(former.agenda_items.get(number=2), by=None, outcome=Outcome.TABLED)
    meeting = MeetingFactory(body=former.body)
    desk = at_desk(secretary_of(former.body))
    assert "Take over 1 tabled item" in text_of(desk.get(url("meeting", pk=meeting.pk)))
    desk.post(url("meeting-tabled-items", pk=meeting.pk))
    assert AgendaItem.objects.get(meeting=meeting).title == "Järjestöstrategia"


def test_the_working_committee_prepares_and_does_not_call(at_desk: Desk) -> None:
    meeting = ready_meeting()
    committee = TermFactory(
        body=BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=meeting.body), start=meeting.term.start, end=None
    )
    user = UserFactory()
    member(committee, Role.MEMBER, user=user)
    desk = at_desk(user)
    added = desk.post(
        url("agenda-item-add", pk=meeting.pk), {"title_fi": "Uusi", "kind": "decision", "publicity": "public"}
    )
    assert added.status_code == 302
    assert desk.get(url("meeting-convocation", pk=meeting.pk)).status_code == 403


def typed(desk: Client, address: str, **changes: str) -> dict[str, str]:
    """What a browser sends of a form, its hidden version included."""
    form = desk.get(address).context["form"]
    sent = {field.html_name: field.value() or "" for field in form if not isinstance(field.value(), list)}
    return {name: str(value) for name, value in sent.items()} | changes


def test_two_who_write_the_same_item_see_each_others_words(at_desk: Desk) -> None:
    meeting = ready_meeting()
    secretary, chair = secretary_of(meeting.body), UserFactory(name="Toinen Kirjoittaja")
    member(meeting.body.terms.get(), Role.CHAIR, user=chair)
    mine, theirs = at_desk(secretary), at_desk(chair)
    item = meeting.agenda_items.get(number=2)
    address = url("agenda-item", pk=item.pk)
    my_form = typed(mine, address, title_fi="Minun otsikkoni")
    theirs.post(address, typed(theirs, address, title_fi="Toisen otsikko"))

    page = mine.post(address, my_form)

    assert page.status_code == 409
    for words in ("Toinen Kirjoittaja", "Toisen otsikko", "Minun otsikkoni"):
        assert words in text_of(page)
    item.refresh_from_db()
    assert item.title_fi == "Toisen otsikko"
    # Having seen the other's version, the same form can be saved.
    again = my_form | {"version": page.context["form"].data["version"]}
    assert mine.post(address, again).status_code == 302
    item.refresh_from_db()
    assert item.title_fi == "Minun otsikkoni"


@pytest.mark.parametrize("page", ["meeting-change", "minutes-text", "agenda-item-outcome"])
def test_no_form_of_the_desk_overwrites_what_somebody_saved_meanwhile(at_desk: Desk, page: str) -> None:
    meeting = held_meeting() if page != "meeting-change" else ready_meeting()
    desk = at_desk(secretary_of(meeting.body))
    pk = meeting.agenda_items.get(number=1).pk if page == "agenda-item-outcome" else meeting.pk
    if page == "minutes-text":
        desk.post(url("meeting-minutes", pk=meeting.pk))
    word = {"meeting-change": "place_fi", "minutes-text": "text", "agenda-item-outcome": "discussion"}[page]
    more = {"outcome": "noted"} if page == "agenda-item-outcome" else {}
    stale = typed(desk, url(page, pk=pk), **{word: "Vanha"}, **more)
    assert desk.post(url(page, pk=pk), typed(desk, url(page, pk=pk), **{word: "Tuore"}, **more)).status_code == 302
    refused = desk.post(url(page, pk=pk), stale)
    assert refused.status_code == 409
    assert "Tuore" in text_of(refused)
    assert "Tuore" in text_of(desk.get(url(page, pk=pk)))
    nameless = {name: value for name, value in stale.items() if name != "version"}
    assert desk.post(url(page, pk=pk), nameless).status_code == 409
