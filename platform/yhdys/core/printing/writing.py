"""The one place that knows WeasyPrint. Imported only by a process that writes a document."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from yhdys.core.printing import STYLES, Enclosure

VARIANT = "pdf/ua-1"
SCHEME = "yhdys:"
"""How our own style sheet names the fonts."""
_FONTS = Path(__file__).parent / "fonts"


class ForeignResource(ValueError):
    """A document named something that is not ours."""


class OwnResources(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Reads the fonts beside this file and nothing else: neither the net nor the disk."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Raises ForeignResource; the library then leaves the thing out of the document."""
        name = url.removeprefix(SCHEME)
        path = _FONTS / name
        if name == url or path.parent != _FONTS or not path.is_file():
            raise ForeignResource(url)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=path.read_bytes(), headers={"Content-Type": kind})


def write(html: str, enclosures: Sequence[Enclosure]) -> bytes:
    """See ``pdf_of``."""
    fonts, resources = FontConfiguration(), OwnResources()
    styles = CSS(string=STYLES.read_text(), url_fetcher=resources, font_config=fonts)
    content: bytes = HTML(string=html, url_fetcher=resources).write_pdf(
        stylesheets=[styles],
        font_config=fonts,
        pdf_variant=VARIANT,
        attachments=[
            Attachment(string=one.content, name=one.filename, description=one.description) for one in enclosures
        ],
    )
    return content
