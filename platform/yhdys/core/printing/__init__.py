"""Documents as PDF files that everybody can read: tagged (PDF/UA-1), with title, language and their own fonts.

A document is a page of plain HTML (``html lang``, ``title``, headings in order, tables with heads). It reads nothing
but the fonts beside this file: what it names elsewhere, on the net or on the disk, is left out.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIMETYPE = "application/pdf"
STYLES = Path(__file__).parent / "print.css"


@dataclass(frozen=True)
class Enclosure:
    """A file that travels inside a document. ``description`` tells readers what it is."""

    filename: str
    content: bytes
    description: str


def pdf_of(html: str, enclosures: Sequence[Enclosure] = ()) -> bytes:
    """The PDF file of a page of HTML; its title and language are those of the page.

    Takes about half a second of the processor, and more for long documents: kept by whoever shows it often.
    """
    # Imported here: the library and what it draws with take a second and 40 MB, which most processes never need.
    from yhdys.core.printing.writing import write  # noqa: PLC0415

    return write(html, enclosures)


def digest_of(html: str) -> str:
    """The same for two pages whose documents would say and look the same; 64 signs."""
    return hashlib.sha256(STYLES.read_bytes() + html.encode()).hexdigest()
