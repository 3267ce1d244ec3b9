"""Agendas, minutes and excerpts as PDF files: who may have which, and what stands in them."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pypdf import PdfReader
from tests.factories.accounts import UserFactory
from tests.factories.meetings import council, held_meeting, member, ready_meeting, secretary_of
from tests.web.meetings.conftest import Desk, text_of

from yhdys.audit.models import Reading
from yhdys.core import clock
from yhdys.councils.models import Term
from yhdys.meetings.actions import (
    Present,
    add_assignment,
    add_guest,
    add_item,
    add_paper,
    announce_meeting,
    approve_minutes,
    change_item,
    convene_meeting,
    correct_minutes,
    publish_minutes,
    record_attendance,
    record_outcome,
    start_minutes,
    write_minutes,
)
from yhdys.meetings.actions.documents import KEEP_DOCUMENTS
from yhdys.meetings.emails import ANSWER
from yhdys.meetings.enums import Outcome
from yhdys.meetings.models import Invitation, KeptDocument, Meeting, Minutes
from yhdys.tenancy import links, outbox
from yhdys.tenancy.models import OutboxEntry

pytestmark = pytest.mark.usefixtures("region")

PDF = b"%PDF-1.4\n%%EOF\n"


def read(response: Any) -> PdfReader:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(b"".join(response.streaming_content)))


def words_of(response: Any) -> str:
    return "\n".join(page.extract_text() for page in read(response).pages)


def recorded(meeting: Meeting) -> Minutes:
    """A meeting that has been told in full, with one item for the members only; its minutes are a draft."""
    record_attendance(
        meeting,
        [Present(name="Läsnä Olija", organisation="Kylät ry"), Present(name="Poissa Olija", presence="absent")],
        by=None,
    )
    closed = add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    for item in meeting.agenda_items.all():
        word = "Luottamuksellinen" if item == closed else "Päätettiin"
        record_outcome(
            item,
            by=None,
            outcome=Outcome.RESOLVED,
            discussion="<p>Puhuttiin.</p>",
            resolution=f"<p>{word} {item.number}</p>",
        )
    add_assignment(meeting.agenda_items.get(number=2), by=None, what="Selvitä vuokra", who="Isäntä")
    return write_minutes(start_minutes(meeting, by=None), by=None, text="<p>Alkusanat</p>")


def published(meeting: Meeting) -> Minutes:
    return publish_minutes(approve_minutes(recorded(meeting), by=None), by=None)


def test_the_agenda_is_a_tagged_document_with_its_title_in_the_language_of_the_page(visitor: Client) -> None:
    meeting = ready_meeting()
    paper = add_paper(meeting, SimpleUploadedFile("Liite.pdf", PDF), by=None, title="Talousarvio")
    convene_meeting(meeting, by=None)
    reader = read(visitor.get(f"/kokoukset/{meeting.slug}/esityslista.pdf"))
    root = reader.root_object
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("fi", True)
    assert reader.metadata is not None
    assert reader.metadata.title == f"{meeting.body}: Esityslista – {meeting}"
    words = reader.pages[0].extract_text()
    for word in ("2 § Järjestöstrategia", "Porukkatalo", "Talousarvio"):
        assert word in words
    linked = [note.get_object()["/A"]["/URI"] for note in reader.pages[0]["/Annots"]]
    assert linked == [f"http://kainuu.localhost:8000/kokoukset/{meeting.slug}/liitteet/{paper.number}/Liite.pdf"]


def test_no_agenda_leaves_before_the_call_and_no_minutes_before_publication(visitor: Client) -> None:
    meeting = announce_meeting(ready_meeting(), by=None)
    assert visitor.get(f"/en/meetings/{meeting.slug}/agenda.pdf").status_code == 404
    held = held_meeting()
    approve_minutes(recorded(held), by=None)
    assert visitor.get(f"/en/meetings/{held.slug}/minutes.pdf").status_code == 404
    assert visitor.get(f"/en/meetings/{held.slug}/items/1/excerpt.pdf").status_code == 404


def test_published_minutes_tell_what_their_page_tells_and_no_more(visitor: Client) -> None:
    meeting = held_meeting()
    minutes = published(meeting)
    correct_minutes(minutes, by=None, text="<p>Nimi korjattu.</p>")
    words = words_of(visitor.get(f"/en/meetings/{meeting.slug}/minutes.pdf"))
    for word in (
        "Alkusanat", "Läsnä Olija", "Kylät ry", "Poissa Olija", "Puhuttiin.", "Päätettiin 1", "Selvitä vuokra: Isäntä",
        "Nimi korjattu.", "1 item is for the members only",
    ):  # fmt: skip
        assert word in words
    for word in ("Jäsenten asia", "Luottamuksellinen"):
        assert word not in words


def test_an_excerpt_tells_one_item_and_a_closed_item_has_none_for_the_public(visitor: Client) -> None:
    meeting = held_meeting()
    published(meeting)
    words = words_of(visitor.get(f"/en/meetings/{meeting.slug}/items/2/excerpt.pdf"))
    assert "Päätettiin 2" in words
    assert "Päätettiin 1" not in words
    assert visitor.get(f"/en/meetings/{meeting.slug}/items/3/excerpt.pdf").status_code == 404


def test_a_member_gets_what_is_for_the_members_and_an_outsider_nothing(at_desk: Desk) -> None:
    meeting = held_meeting()
    minutes = recorded(meeting)
    user = UserFactory()
    member(Term.objects.get(body=meeting.body), user=user)
    reader, writer, outsider = at_desk(user), at_desk(secretary_of(meeting.body)), at_desk(UserFactory())
    agenda, record = (
        f"/en/workspace/meetings/{meeting.pk}/agenda.pdf",
        f"/en/workspace/meetings/{meeting.pk}/minutes.pdf",
    )
    excerpt = f"/en/workspace/meetings/items/{meeting.agenda_items.get(number=3).pk}/excerpt.pdf"
    assert "Jäsenten asia" in words_of(reader.get(agenda))
    # An unfinished text is its writers' own.
    assert (reader.get(record).status_code, reader.get(excerpt).status_code) == (403, 403)
    assert "Luottamuksellinen 3" in words_of(writer.get(record))
    approve_minutes(minutes, by=None)
    assert "Luottamuksellinen 3" in words_of(reader.get(record))
    assert "Luottamuksellinen 3" in words_of(reader.get(excerpt))
    assert [outsider.get(path).status_code for path in (agenda, record, excerpt)] == [404, 404, 404]


def test_who_was_called_gets_the_agenda_by_their_link_without_the_link_in_it(visitor: Client) -> None:
    meeting = ready_meeting()
    add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    add_paper(meeting, SimpleUploadedFile("Liite.pdf", PDF), by=None, title="Talousarvio")
    add_guest(meeting, by=None, name="Vieras", email="vieras@example.org")
    meeting = convene_meeting(meeting, by=None)
    paths = {}
    for name in ("Jäsen 0", "Vieras"):
        invitation = Invitation.objects.to(meeting).get(name=name)
        token = links.issue(purpose=ANSWER, target=invitation, expires_at=meeting.starts_at)
        paths[name] = f"/en/answer/{token}/agenda.pdf"
        assert paths[name] in text_of(visitor.get(f"/en/answer/{token}/"))
    response = visitor.get(paths["Jäsen 0"])
    assert "no-store" in response["Cache-Control"]
    reader = read(response)
    assert "Jäsenten asia" in reader.pages[0].extract_text()
    assert "Talousarvio" in reader.pages[0].extract_text()
    assert "/Annots" not in reader.pages[0]
    assert "Jäsenten asia" not in words_of(visitor.get(paths["Vieras"]))
    assert visitor.get("/en/answer/unknown/agenda.pdf").status_code == 404


def test_a_file_is_kept_until_what_it_tells_changes_and_its_size_stands_on_the_page(visitor: Client) -> None:
    meeting = convene_meeting(ready_meeting(), by=None)
    path, page = f"/en/meetings/{meeting.slug}/agenda.pdf", f"/en/meetings/{meeting.slug}/"
    assert "(PDF)" in text_of(visitor.get(page))
    first = b"".join(visitor.get(path).streaming_content)
    kept = KeptDocument.objects.get(meeting=meeting)
    assert kept.size == len(first)
    assert f"(PDF, {round(kept.size / 1024)} kB)" in " ".join(text_of(visitor.get(page)).split())
    assert b"".join(visitor.get(path).streaming_content) == first  # Written once: a PDF file tells when it was.
    change_item(meeting.agenda_items.get(number=2), by=None, title="Toinen otsikko")
    with translation.override("en"):
        assert "Toinen otsikko" in words_of(visitor.get(path))
    assert KeptDocument.objects.get(meeting=meeting).pk == kept.pk


def test_a_draft_is_written_for_its_readers_and_not_kept(at_desk: Desk) -> None:
    meeting = ready_meeting()
    secretary = at_desk(secretary_of(meeting.body))
    assert "Järjestöstrategia" in words_of(secretary.get(f"/en/workspace/meetings/{meeting.pk}/agenda.pdf"))
    assert not KeptDocument.objects.exists()


def test_a_worker_writes_the_documents_beforehand() -> None:
    meeting = held_meeting()
    OutboxEntry.objects.all().delete()
    published(meeting)
    entry = OutboxEntry.objects.get(effect=KEEP_DOCUMENTS)
    assert entry.due_at > clock.now()
    OutboxEntry.objects.filter(pk=entry.pk).update(due_at=clock.now())
    assert outbox.run(entry.pk)
    kept = set(KeptDocument.objects.values_list("kind", "language", "is_public"))
    assert {("agenda", "fi", True), ("agenda", "fi", False), ("minutes", "fi", True), ("minutes", "fi", False)} <= kept
    assert OutboxEntry.objects.get(pk=entry.pk).state == OutboxEntry.State.DONE


def files_of(response: Any) -> dict[str, bytes]:
    """What stands in a ZIP file, each file as its manifest says."""
    assert response.status_code == 200
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(found.pop("manifest.json"))["files"]
    assert [one["name"] for one in told] == list(found)
    for one in told:
        assert (one["size"], one["sha256"]) == (len(found[one["name"]]), sha256(found[one["name"]]).hexdigest())
    return found


def with_papers(meeting: Meeting) -> None:
    item = meeting.agenda_items.get(number=1)
    add_paper(meeting, SimpleUploadedFile("Talous.pdf", PDF), by=None, title="Talousarvio", item=item)
    secret = SimpleUploadedFile("Salainen.pdf", PDF)
    add_paper(meeting, secret, by=None, title="Jäsenten paperi", publicity="members")


def test_the_public_gets_the_public_parts_of_the_whole_meeting_in_one_file(visitor: Client) -> None:
    meeting = held_meeting()
    with_papers(meeting)
    path = f"/en/meetings/{meeting.slug}"
    approve_minutes(recorded(meeting), by=None)
    assert [visitor.get(f"{path}/record.{kind}").status_code for kind in ("pdf", "zip")] == [404, 404]
    publish_minutes(meeting.minutes, by=None)
    reader = read(visitor.get(f"{path}/record.pdf"))
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_object().get_data()
    assert reader.attachments == {"01 Talous.pdf": [PDF]}
    words = "\n".join(page.extract_text() for page in reader.pages)
    for word in ("Päätettiin 2", "Läsnä Olija", "Talousarvio"):
        assert word in words
    for word in ("Jäsenten", "Luottamuksellinen", "Salainen"):
        assert word not in words
    files = files_of(visitor.get(f"{path}/record.zip"))
    assert list(files) == [
        f"01 {meeting.slug}-agenda.pdf", f"02 {meeting.slug}-minutes.pdf", "03 liitteet/01 Talous.pdf",
    ]  # fmt: skip
    assert files["03 liitteet/01 Talous.pdf"] == PDF
    page = text_of(visitor.get(f"{path}/"))
    assert f"{path}/record.pdf" in page
    assert f"{path}/record.zip" in page


def test_a_member_gets_the_whole_meeting_and_its_restricted_papers_are_noted_as_read(at_desk: Desk) -> None:
    meeting = held_meeting()
    with_papers(meeting)
    recorded(meeting)
    user = UserFactory()
    member(Term.objects.get(body=meeting.body), user=user)
    reader, path = at_desk(user), f"/en/workspace/meetings/{meeting.pk}/record"
    files = files_of(reader.get(f"{path}.zip"))
    # The minutes are a draft, which is its writers' own.
    assert list(files) == [
        f"01 {meeting.slug}-agenda.pdf", "02 liitteet/01 Talous.pdf", "02 liitteet/02 Salainen.pdf",
    ]  # fmt: skip
    assert Reading.objects.within(meeting).filter(target_name="Jäsenten paperi").count() == 1
    draft = read(reader.get(f"{path}.pdf"))
    assert set(draft.attachments) == {"01 Talous.pdf", "02 Salainen.pdf"}
    assert "Luottamuksellinen" not in "".join(page.extract_text() for page in draft.pages)
    assert "Luottamuksellinen 3" in words_of(at_desk(secretary_of(meeting.body)).get(f"{path}.pdf"))
    outsider = at_desk(UserFactory())
    assert [outsider.get(f"{path}.{kind}").status_code for kind in ("pdf", "zip")] == [404, 404]


def test_another_bodys_secretary_has_no_part_in_it(at_desk: Desk) -> None:
    meeting = held_meeting()
    recorded(meeting)
    stranger = at_desk(secretary_of(council().body))
    assert stranger.get(f"/en/workspace/meetings/{meeting.pk}/minutes.pdf").status_code == 404
