"""A meeting's whole life by a program: the same actions and refusals as in the workspace."""

from datetime import timedelta
from typing import Any

import pytest
from tests.api.conftest import Program, program_of
from tests.factories.meetings import (
    convened_meeting,
    council,
    held_meeting,
    in_days,
    member,
    ready_meeting,
    secretary_of,
)

from yhdys.audit.models import Entry
from yhdys.councils.models import Body
from yhdys.meetings.actions import approve_minutes, record_outcome, start_minutes, write_minutes
from yhdys.meetings.enums import Publicity
from yhdys.meetings.models import AgendaItem, Invitation, Meeting
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

START = in_days(20).isoformat()
END = (in_days(20) + timedelta(hours=2)).isoformat()


@pytest.fixture
def body(kainuu: Region) -> Body:
    with in_region(kainuu):
        term = council(slug="neuvottelukunta")
        for number in range(2):
            member(term, name=f"Jäsen {number}", role_email=f"jasen{number}@example.org")
        return term.body


def secretary(of: Body | Meeting) -> Program:
    """A program of the secretary of a body, or of a meeting's body."""
    with in_region("kainuu"):
        return program_of(secretary_of(of if isinstance(of, Body) else of.body), "meetings:write")


def new(**more: Any) -> dict[str, Any]:
    basics = {"title": {"fi": "Syyskokous", "sv": "Höstmöte"}, "starts_at": START, "ends_at": END}
    return {"body": "neuvottelukunta", "place": {"fi": "Kajaani"}, **basics, **more}


def test_from_the_first_draft_to_the_call(body: Body, kainuu: Region) -> None:
    program = secretary(body)
    made = program.make("meetings/", new())
    assert (made["state"], made["title"]) == ("draft", {"fi": "Syyskokous", "sv": "Höstmöte"})
    path = f"meetings/{made['id']}/"
    assert Program().get(path).status_code == 404
    item = program.make(f"{path}agenda/", {"title": {"fi": "Avaus"}, "kind": "formal"})
    other = program.make(
        f"{path}agenda/", {"title": {"fi": "Strategia"}, "description": {"fi": "<p>Hei<script>x</script></p>"}}
    )
    assert (item["number"], other["number"], other["description"]) == (1, 2, {"fi": "<p>Hei</p>"})
    moved = program.change(
        "POST", f"agenda-items/{other['id']}/place/", {"number": 1}, read=f"agenda-items/{other['id']}/"
    )
    assert moved.json()["number"] == 1
    assert [one["title"]["fi"] for one in program.told(f"{path}agenda/")["results"]] == ["Strategia", "Avaus"]
    assert program.change("POST", f"{path}announcement/", {}, read=path).json()["is_announced"] is True
    assert Program().told(path)["state"] == "draft"
    assert Program().told(f"{path}agenda/")["results"] == []  # not before the call
    called = program.change("POST", f"{path}convocation/", {"text": "Tervetuloa!"}, read=path)
    assert (called.status_code, called.json()["state"]) == (200, "convened")
    assert len(Program().told(f"{path}agenda/")["results"]) == 2
    with in_region(kainuu):
        meeting = Meeting.objects.get(pk=made["id"])
        assert Invitation.objects.filter(convocation__meeting=meeting).count() >= 2
        verbs = set(Entry.objects.about(meeting).values_list("verb", flat=True))
        assert {"created", "item_added", "announced", "convened"} <= verbs


def test_from_the_meeting_to_the_minutes(kainuu: Region) -> None:
    with in_region(kainuu):
        meeting = held_meeting()
        AgendaItem.objects.filter(meeting=meeting, number=2).update(publicity=Publicity.MEMBERS)
    program, path = secretary(meeting), f"meetings/{meeting.pk}/"
    assert program.change("POST", f"{path}closing/", {}, read=path).status_code == 409
    for item in program.told(f"{path}agenda/")["results"]:
        place = f"agenda-items/{item['id']}/"
        outcome = {"outcome": "resolved", "resolution": "<p>Päätettiin.</p>", "discussion": "<p>Keskusteltiin.</p>"}
        recorded = program.change("POST", f"{place}outcome/", outcome, read=place)
        assert (recorded.status_code, recorded.json()["resolution"]) == (200, {"fi": "<p>Päätettiin.</p>"})
    [public] = Program().told(f"{path}agenda/")["results"]
    assert (public["outcome"], public["discussion"], public["resolution"]) == ("", "", {})
    closed = program.change("POST", f"{path}closing/", {}, read=path)
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")


def test_minutes_are_read_when_they_are_published(kainuu: Region) -> None:
    with in_region(kainuu):
        meeting = held_meeting()
        for item in meeting.agenda_items.all():
            record_outcome(item, by=None, outcome="noted")
        minutes = write_minutes(start_minutes(meeting, by=None), by=None, text="<p>Pöytäkirja.</p>")
        program, path = secretary(meeting), f"meetings/{meeting.pk}/"
        assert Program().get(f"{path}minutes/").status_code == 404
        assert program.told(f"{path}minutes/")["text"] == "<p>Pöytäkirja.</p>"
        early = program.change("POST", f"{path}minutes/publication/", {}, read=f"{path}minutes/")
        assert early.status_code == 403
        approve_minutes(minutes, by=None)
    published = program.change("POST", f"{path}minutes/publication/", {}, read=f"{path}minutes/")
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert Program().told(f"{path}minutes/")["text"] == "<p>Pöytäkirja.</p>"
    assert [one["outcome"] for one in Program().told(f"{path}agenda/")["results"]] == ["noted", "noted"]
    assert Program().told(path)["minutes_published_at"] is not None


def test_a_call_is_refused_with_the_workspaces_sentence(body: Body) -> None:
    program = secretary(body)
    path = f"meetings/{program.make('meetings/', new())['id']}/"
    refused = program.change("POST", f"{path}convocation/", {}, read=path)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert refused.json()["detail"] == "Put at least one item on the agenda."


def test_after_the_call_the_time_changes_by_a_move(kainuu: Region) -> None:
    with in_region(kainuu):
        meeting = convened_meeting()
    program, path = secretary(meeting), f"meetings/{meeting.pk}/"
    assert program.change("PATCH", path, {"starts_at": in_days(19).isoformat()}).status_code == 409
    assert program.change("PATCH", path, {"address": "Kauppakatu 2"}).json()["address"] == "Kauppakatu 2"
    late = {"reason": "Sairaus", "starts_at": in_days(30).isoformat(), "ends_at": in_days(30, 16).isoformat()}
    assert program.change("POST", f"{path}move/", late, read=path).json()["state"] == "convened"
    gone = program.change("POST", f"{path}cancellation/", {"reason": "Lunta"}, read=path)
    assert (gone.json()["state"], gone.json()["reason"]) == ("cancelled", "Lunta")


def test_a_draft_is_removed_and_a_call_is_not(kainuu: Region) -> None:
    with in_region(kainuu):
        draft, called = ready_meeting(), convened_meeting()
    path = f"meetings/{draft.pk}/"
    assert secretary(draft).change("DELETE", path).status_code == 204
    assert secretary(draft).get(path).status_code == 404
    assert secretary(called).change("DELETE", f"meetings/{called.pk}/").status_code == 403


def test_an_item_for_members_is_not_there_for_others(kainuu: Region) -> None:
    with in_region(kainuu):
        meeting = convened_meeting()
        hidden = meeting.agenda_items.get(number=2)
        AgendaItem.objects.filter(pk=hidden.pk).update(publicity=Publicity.MEMBERS)
    program = secretary(meeting)
    assert len(Program().told(f"meetings/{meeting.pk}/agenda/")["results"]) == 1
    assert Program().get(f"agenda-items/{hidden.pk}/").status_code == 404
    assert len(program.told(f"meetings/{meeting.pk}/agenda/")["results"]) == 2
    assert program.told(f"agenda-items/{hidden.pk}/")["publicity"] == "members"
    assert program.change("DELETE", f"agenda-items/{hidden.pk}/").status_code == 204


def test_a_secretary_of_another_body_changes_nothing(body: Body, kainuu: Region) -> None:
    with in_region(kainuu):
        other = convened_meeting()
        slug = other.body.slug
    program = secretary(body)
    path = f"meetings/{other.pk}/"
    assert program.change("PATCH", path, {"address": "X"}).status_code == 403
    assert program.send("POST", f"{path}agenda/", {"title": {"fi": "X"}}).status_code == 403
    assert program.send("POST", "meetings/", new(body=slug)).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "member_name"),
    [
        ({"title": {}}, None),
        ({"title": "Syyskokous"}, "title"),
        ({"title": {"de": "Sitzung"}}, "title"),
        ({"title": {"fi": "x" * 201}}, "title"),
        ({"title": {"fi": "\0"}}, "title"),
        ({"body": "muu"}, "body"),
        ({"body": None}, "body"),
        ({"kind": "party"}, "kind"),
        ({"starts_at": "huomenna"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:59:59-12:00"}, "starts_at"),
        ({"starts_at": 5}, "starts_at"),
        ({"starts_at": END, "ends_at": START}, None),
        ({"remote_link": "javascript:alert(1)"}, None),
        ({"state": "closed"}, "state"),
        ({"id": "01930000-0000-7000-8000-000000000000"}, "id"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(body: Body, wrong: dict[str, Any], member_name: str | None) -> None:
    answer = secretary(body).send("POST", "meetings/", new(**wrong))
    assert answer.status_code == (400 if member_name else 409), answer.content
    assert member_name is None or member_name in answer.json()["errors"]
    with in_region("kainuu"):
        assert not Meeting.objects.exists()


def test_meetings_are_narrowed(kainuu: Region) -> None:
    with in_region(kainuu):
        one, other = convened_meeting(), convened_meeting(starts_at=in_days(400), ends_at=in_days(400, 16))
        slug = one.body.slug
    first, last = one.day, other.day
    assert first is not None
    assert last is not None
    for query, expected in (
        (f"body={slug}", [one]),
        ("body=ei-ole", []),
        (f"last_day={first}", [one]),
        (f"first_day={last}", [other]),
        (f"first_day={first}&last_day={last}&state=convened&kind=ordinary", [other, one]),
    ):
        assert [row["id"] for row in Program().told(f"meetings/?{query}")["results"]] == [str(m.pk) for m in expected]
    for query in ("kind=party", "first_day=27.4.2022", "first_day=0001-01-01", "last_day=9999-12-31", "state="):
        assert Program().get(f"meetings/?{query}").status_code == (200 if query == "state=" else 400), query
