"""Texts as the content files wrap them, made into what the records hold."""

import re

from django.utils.html import escape

from yhdys.demo.schema import Text

_NUMBERED = re.compile(r"\d+\.\s+")
_BULLET = re.compile(r"-\s+")


def flowing(text: str) -> str:
    """Plain text: lines of one paragraph joined, paragraphs apart by an empty line."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in _paragraphs(text))


def html(text: str) -> str:
    """Rich text: paragraphs, and lists of lines that begin with ``- `` or with a number.

    >>> html("Teemat:\\n\\n- tilat\\n- avustukset")
    '<p>Teemat:</p><ul><li>tilat</li><li>avustukset</li></ul>'
    """
    return "".join(_block(paragraph) for paragraph in _paragraphs(text))


def flowing_columns(text: Text | None, name: str) -> dict[str, str]:
    """The columns of a translated field of plain text; none for no text."""
    if text is None:
        return {}
    return Text(flowing(text.fi), flowing(text.sv), flowing(text.en)).columns(name)


def html_columns(text: Text | None, name: str) -> dict[str, str]:
    """The columns of a translated field of rich text; none for no text."""
    if text is None:
        return {}
    return Text(html(text.fi), html(text.sv), html(text.en)).columns(name)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n\s*\n", text.strip()) if paragraph.strip()]


def _block(paragraph: str) -> str:
    for mark, tag in ((_BULLET, "ul"), (_NUMBERED, "ol")):
        if mark.match(paragraph):
            items = re.split(rf"\n(?={mark.pattern})", paragraph)
            return f"<{tag}>{''.join(f'<li>{_words(mark.sub("", item, count=1))}</li>' for item in items)}</{tag}>"
    return f"<p>{_words(paragraph)}</p>"


def _words(text: str) -> str:
    return escape(" ".join(text.split()))
