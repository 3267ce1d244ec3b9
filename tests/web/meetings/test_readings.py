"""Reading of what is for the members only leaves a note that only administrators see and nobody can change."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from tests.accounts.conftest import set_up_app
from tests.factories.accounts import user_with_role
from tests.factories.meetings import convened_meeting, ready_meeting, secretary_of
from tests.web.meetings.conftest import Desk, text_of
from tests.web.meetings.test_answer import link_to
from tests.web.meetings.test_desk import url
from tests.web.meetings.test_papers import add, opened

from yhdys.accounts.models import User
from yhdys.audit.models import Reading
from yhdys.core import clock
from yhdys.meetings.actions import add_item, convene_meeting
from yhdys.meetings.models import Invitation
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture
def boss() -> User:
    user = user_with_role("administrator", name="Anna Ahven")
    set_up_app(user)
    return user


def who_read_what() -> list[tuple[str, str]]:
    return list(Reading.objects.order_by("at").values_list("reader_name", "target_name"))


def test_a_restricted_paper_leaves_a_note_and_a_public_one_none(at_desk: Desk) -> None:
    meeting = convened_meeting()
    reader = secretary_of(meeting.body)
    window = at_desk(reader)
    opened(window, url("paper-file", pk=add(meeting, title="Kaikille").pk))
    assert who_read_what() == []
    secret = add(meeting, title="Palkkiot", publicity="members")
    with clock.at(clock.now()):
        for _time in range(3):
            opened(window, url("paper-file", pk=secret.pk))
    assert who_read_what() == [(str(reader), "Palkkiot")]
    with clock.at(clock.now() + timedelta(hours=2)):
        opened(window, url("paper-file", pk=secret.pk))
    assert len(who_read_what()) == 2


def test_a_paper_of_a_restricted_item_is_restricted_too(at_desk: Desk) -> None:
    meeting = ready_meeting()
    item = add_item(meeting, title="Palkkiot", publicity="members", by=None)
    opened(at_desk(secretary_of(meeting.body)), url("paper-file", pk=add(meeting, title="Liite", item=item).pk))
    assert [what for _who, what in who_read_what()] == ["Liite"]


def test_the_desk_with_a_restricted_item_leaves_a_note(at_desk: Desk) -> None:
    meeting = ready_meeting()
    window = at_desk(secretary_of(meeting.body))
    window.get(url("meeting", pk=meeting.pk))
    assert who_read_what() == []
    item = add_item(meeting, title="Palkkiot", publicity="members", by=None)
    window.get(url("meeting", pk=meeting.pk))
    ((_who, what),) = who_read_what()
    assert f"{item.number} §" in what
    assert "Palkkiot" not in what


def test_who_was_refused_has_not_read(at_desk: Desk, visitor: Client) -> None:
    meeting = convened_meeting()
    paper = add(meeting, publicity="members")
    stranger = at_desk(user_with_role(None))
    assert opened(stranger, url("paper-file", pk=paper.pk)) == 404
    assert opened(visitor, f"/en/meetings/{meeting.slug}/papers/{paper.number}/{paper.filename}") == 404
    assert who_read_what() == []


def test_the_called_who_read_by_their_link_are_noted_by_name(visitor: Client) -> None:
    meeting = ready_meeting()
    paper = add(meeting, title="Palkkiot", publicity="members")
    convene_meeting(meeting, by=None)
    invitation = Invitation.objects.to(meeting).first()
    assert invitation is not None
    opened(visitor, f"{link_to(invitation)}papers/{paper.number}/{paper.filename}")
    assert who_read_what() == [(str(invitation), "Palkkiot")]


def test_an_administrator_sees_the_notes_and_nobody_else(at_desk: Desk, boss: User) -> None:
    meeting = convened_meeting()
    secretary = secretary_of(meeting.body)
    reader, office = at_desk(secretary), at_desk(boss)
    opened(reader, url("paper-file", pk=add(meeting, title="<b>Palkkiot</b>", publicity="members").pk))
    page = text_of(office.get(url("meeting-readings", pk=meeting.pk)))
    assert str(secretary) in page
    assert "&lt;b&gt;Palkkiot&lt;/b&gt;" in page
    assert url("meeting-readings", pk=meeting.pk) in text_of(office.get(url("meeting", pk=meeting.pk)))
    assert reader.get(url("meeting-readings", pk=meeting.pk)).status_code == 403
    assert url("meeting-readings", pk=meeting.pk) not in text_of(reader.get(url("meeting", pk=meeting.pk)))
    assert office.post(url("meeting-readings", pk=meeting.pk)).status_code == 405
    for page_number in ("0", "-1", "x", "999999"):
        assert office.get(url("meeting-readings", pk=meeting.pk), {"page": page_number}).status_code == 200


def test_the_notes_can_be_added_and_read_and_nothing_else(at_desk: Desk, lappi: Region) -> None:
    meeting = convened_meeting()
    opened(at_desk(secretary_of(meeting.body)), url("paper-file", pk=add(meeting, publicity="members").pk))
    for spoil in (lambda: Reading.objects.update(reader_name="Joku"), lambda: Reading.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            spoil()
    assert Reading.objects.count() == 1
    with in_region(lappi):
        assert not Reading.objects.exists()
