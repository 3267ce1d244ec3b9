"""Documents read back as a reader's program reads them."""

import logging
from io import BytesIO

import pytest
from pypdf import PdfReader

from yhdys.core.printing import Enclosure, pdf_of

PAGE = """<!doctype html><html lang="fi"><head><title>Esityslista</title></head><body>
<h1>Esityslista</h1><h2>1 § Äänestys</h2><p>Čoahkkin <strong>ja Žižek</strong></p>
<table><thead><tr><th scope="col">Nimi</th></tr></thead><tbody><tr><td>Åke</td></tr></tbody></table>
{more}</body></html>"""


def read(more: str = "", enclosures: tuple[Enclosure, ...] = ()) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(PAGE.format(more=more), enclosures)))


def kinds_of(node: object) -> set[str]:
    """What the tags of a document call its parts."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found.add(str(one.get("/S", "")))
            waiting.append(one.get("/K"))
    return found


def test_a_document_is_tagged_and_says_its_title_and_its_language() -> None:
    reader = read()
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Esityslista"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= kinds_of(root["/StructTreeRoot"]["/K"])


def test_the_letters_of_the_region_are_text_in_fonts_of_its_own() -> None:
    page = read().pages[0]
    words = page.extract_text()
    for word in ("1 § Äänestys", "Čoahkkin", "ja Žižek", "Åke"):
        assert word in words
    for font in page["/Resources"]["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()
        assert "Yhdys-Print" in described["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & set(described["/FontDescriptor"])


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "yhdys:../print.css", "x.png"])
def test_a_document_reads_nothing_but_its_fonts(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        reader = read(more=f'<p><img src="{address}" alt="Kuva"></p>')
    assert "Kuva" in reader.pages[0].extract_text()
    assert not any(page.images for page in reader.pages)


def test_a_file_travels_inside_a_document() -> None:
    reader = read(enclosures=(Enclosure("01 liite.txt", b"sisus", "Liite"),))
    assert reader.attachments["01 liite.txt"] == [b"sisus"]
