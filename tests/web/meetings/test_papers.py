"""Papers: what may be added, and who gets them."""

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.accounts import UserFactory
from tests.factories.meetings import convened_meeting, member, ready_meeting, secretary_of
from tests.web.meetings.conftest import Desk, text_of
from tests.web.meetings.test_answer import link_to
from tests.web.meetings.test_desk import url

from yhdys.core.errors import ActionRefused
from yhdys.meetings.actions import add_guest, add_item, add_paper, convene_meeting, remove_item, remove_paper
from yhdys.meetings.models import Invitation, Meeting, Paper
from yhdys.meetings.validators import MOST_PAPER_BYTES, safe_filename
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def docx(entry: str = "word/document.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr(entry, "<w/>")
    return made.getvalue()


def odt(mimetype: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        container.writestr("mimetype", mimetype)
    return made.getvalue()


def opened(client: Client, address: str) -> int:
    """The status of an address, whose file is read to its end."""
    response = client.get(address)
    if response.streaming:
        assert b"".join(response.streaming_content) == PDF
    return int(response.status_code)


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add(meeting: Meeting, name: str = "liite.pdf", content: bytes = PDF, **more: Any) -> Paper:
    return add_paper(meeting, upload(name, content), by=None, **more)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.docx", docx()),
        ("a.xlsx", docx("xl/workbook.xml")),
        ("a.odt", odt("application/vnd.oasis.opendocument.text")),
        ("a.png", b"\x89PNG\r\n\x1a\n...."),
        ("a.jpg", b"\xff\xd8\xff\xe0...."),
    ],
)
def test_documents_are_taken(name: str, content: bytes) -> None:
    paper = add(ready_meeting(), name, content)
    with paper.file.open("rb") as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.html", b"<script>alert(1)</script>", "cannot be added"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "cannot be added"),
        ("a.exe", b"MZ", "cannot be added"),
        ("a.pdf.exe", PDF, "cannot be added"),
        ("a", PDF, "cannot be added"),
        ("a.pdf", b"<html><script>alert(1)</script>", "something else"),
        ("a.png", b"<svg onload=alert(1)>", "something else"),
        ("a.docx", b"PK\x03\x04 not a zip", "something else"),
        ("a.docx", docx("evil/payload.js"), "something else"),
        ("a.docx", docx("xl/workbook.xml"), "something else"),
        ("a.odt", odt("application/vnd.oasis.opendocument.spreadsheet"), "something else"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_what_lies_about_itself_is_refused_with_a_sentence(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        add(ready_meeting(), name, content)
    assert not Paper.objects.exists()


def test_macros_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        container.writestr("word/document.xml", "x")
        container.writestr("word/vbaProject.bin", "x")
    with pytest.raises(ActionRefused, match="something else"):
        add(ready_meeting(), "a.docx", made.getvalue())


def test_a_paper_over_the_limit_is_refused_with_its_size(at_desk: Desk) -> None:
    meeting = ready_meeting()
    big = upload("iso.pdf", PDF + b"0" * MOST_PAPER_BYTES)
    page = at_desk(secretary_of(meeting.body)).post(
        url("paper-add", pk=meeting.pk), {"file": big, "language": "fi", "publicity": "public", "title": "Oma otsikko"}
    )
    assert page.status_code == 409
    assert "at most 20 MB" in text_of(page)
    assert "Oma otsikko" in text_of(page)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\liite.pdf", "liite.pdf"),
        ("/etc/liite.pdf", "liite.pdf"),
        ('a"; filename="b.html.pdf', "a filename= b.html.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        (".pdf", "paper.pdf"),
        ("pöytäkirja 27.4.2022.pdf", "pöytäkirja 27.4.2022.pdf"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
    ],
)
def test_names_lead_nowhere(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


def test_a_file_is_kept_in_its_regions_folder_under_a_name_of_ours(kainuu: Region) -> None:
    paper = add(ready_meeting(), "../../../ulos.pdf")
    assert f"/{kainuu.schema_name}/meetings/{paper.meeting_id}/" in paper.file.path
    assert "ulos" not in paper.file.name
    assert paper.filename == "ulos.pdf"


def test_a_public_paper_is_served_as_a_download_that_runs_nowhere(visitor: Client) -> None:
    meeting = ready_meeting()
    paper = add(meeting)
    address = f"/en/meetings/{meeting.slug}/papers/{paper.number}/{paper.filename}"
    assert visitor.get(address).status_code == 404
    convene_meeting(meeting, by=None)
    response = visitor.get(address)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="liite.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_members_only_papers_are_not_public_but_the_called_get_them(visitor: Client) -> None:
    meeting = ready_meeting(1)
    closed = add_item(meeting, by=None, title="Suljettu", publicity="members")
    papers = [add(meeting, publicity="members"), add(meeting, item=closed)]
    convene_meeting(meeting, by=None)
    link = link_to(Invitation.objects.get())
    page = text_of(visitor.get(f"/en/meetings/{meeting.slug}/"))
    for paper in papers:
        assert visitor.get(f"/en/meetings/{meeting.slug}/papers/{paper.number}/{paper.filename}").status_code == 404
        assert f"papers/{paper.number}/" not in page
        response = visitor.get(f"{link}papers/{paper.number}/{paper.filename}")
        assert b"".join(response.streaming_content) == PDF
        assert response["Cache-Control"] == "private, no-store"


def test_a_guest_gets_the_papers_of_their_own_item_only(visitor: Client) -> None:
    meeting = ready_meeting(1)
    own = add_item(meeting, by=None, title="Vieraan asia", publicity="members")
    other = add_item(meeting, by=None, title="Muu asia", publicity="members")
    add_guest(meeting, by=None, name="Vieras", email="vieras@example.org", item=own)
    mine, theirs, whole = add(meeting, item=own), add(meeting, item=other), add(meeting, publicity="members")
    convene_meeting(meeting, by=None)
    link = link_to(Invitation.objects.get(name="Vieras"))
    answers = [opened(visitor, f"{link}papers/{one.number}/{one.filename}") for one in (mine, theirs, whole)]
    assert answers == [200, 404, 404]


def test_a_link_opens_the_papers_of_its_own_meeting_only(visitor: Client) -> None:
    other = convened_meeting(1)
    paper = add(other)
    link = link_to(Invitation.objects.get(convocation__meeting=convened_meeting(1)))
    assert visitor.get(f"{link}papers/{paper.number}/{paper.filename}").status_code == 404


def test_the_desks_download_is_for_readers_of_the_meeting(at_desk: Desk) -> None:
    meeting = ready_meeting()
    paper = add(meeting, publicity="members")
    user = UserFactory()
    member(meeting.body.terms.get(), user=user)
    assert opened(at_desk(user), url("paper-file", pk=paper.pk)) == 404
    convene_meeting(meeting, by=None)
    assert opened(at_desk(user), url("paper-file", pk=paper.pk)) == 200
    assert opened(at_desk(UserFactory()), url("paper-file", pk=paper.pk)) == 404


def test_a_removed_paper_takes_its_file_along(django_capture_on_commit_callbacks: Any) -> None:
    meeting = ready_meeting()
    alone, of_item = add(meeting), add(meeting, item=meeting.agenda_items.first())
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(alone, by=None)
        remove_item(of_item.item, by=None)
    assert not Paper.objects.exists()
    assert not alone.file.storage.exists(alone.file.name)
    assert not of_item.file.storage.exists(of_item.file.name)


def test_another_regions_file_is_out_of_reach(lappi: Region, kainuu: Region) -> None:
    with in_region(lappi):
        theirs = add(ready_meeting())
        name = theirs.file.name
    mine = add(ready_meeting())
    assert not mine.file.storage.exists(name)
    with pytest.raises(SuspiciousFileOperation):
        mine.file.storage.open(f"../{lappi.schema_name}/{name}")
