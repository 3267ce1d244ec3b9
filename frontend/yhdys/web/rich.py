"""Rich text as plain lines, for places that compare it."""

import html
import re

from yhdys.core.text import plain_text

_END_OF_LINE = re.compile(r"<br ?/?>|</(?:p|h[1-6]|li|tr|blockquote)>")
"""Where rich text begins a new line when it is read without its tags."""


def lines_of(rich: str) -> str:
    """The words of rich text, each paragraph, heading and item of a list on a line of its own.

    >>> lines_of("<p>Yksi &amp; kaksi</p><ul><li>kolme</li></ul>")
    'Yksi & kaksi\\nkolme'
    """
    lines = html.unescape(plain_text(_END_OF_LINE.sub(r"\g<0>\n", rich))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
