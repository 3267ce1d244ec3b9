"""Templates: evenly written, and nothing in them that our content security policy would stop in the browser.

A formatter would move the white space inside components, which shows; so the form is checked and not rewritten.
"""

import re
from pathlib import Path

WIDEST = 240
"""Of markup: a sentence may be as long as it is, for a break in it would reach the page."""
SENTENCE = re.compile(
    r"""(?<=translate )(?:"[^"]*"|'[^']*')"""
    r"""|(?<=%\})[^{<]*(?:\{\{[^}]*\}\}[^{<]*)*(?=\{% (?:endblocktranslate|plural))"""
)
RULES = (
    (re.compile(r"\t"), "has a tab; indent by two spaces"),
    (re.compile(r"[ \t]+$"), "ends with a space"),
    (re.compile(r"""<[\w-]+[^>]*\sstyle=["']"""), "has an inline style, which the content security policy stops"),
    (re.compile(r"""<[\w-]+[^>]*\son[a-z]+=["']"""), "has an inline event handler, which the policy stops"),
    (re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=.application/(?:ld\+)?json)"), "has an inline script"),
    (re.compile(r"""\s(?:src|href)=["']//|\ssrc=["']https?:"""), "loads something from a stranger"),
    (re.compile(r"<img(?![^>]*\salt=)(?![^>]*\{\{ attrs)"), "has an image without alt"),
    (re.compile(r"\{%[^ \-]|[^ \-]%\}|\{\{[^ ]|[^ }]\}\}"), "wants a space inside its braces"),
    (re.compile(r"\{% endblock %\}"), "ends a block without its name"),
    (re.compile(r"\|safe\b"), "marks something as safe; sanitise it in Python and say so there"),
)
LETTERS = "emails"
"""Mail programs know no style sheets: letters may carry inline styles."""


def run(project: Path) -> list[str]:
    findings = []
    for path in sorted(project.glob("*/yhdys/*/templates/**/*.html")):
        where = path.relative_to(project)
        text = path.read_text()
        # A fragment that stands within a line, by its name, ends without a break: the break would show as a space.
        if text and not text.endswith("\n") and not path.name.startswith("_"):
            findings.append(f"{where} does not end with a line break.")
        for number, line in enumerate(text.splitlines(), start=1):
            findings += [f"{where}:{number} {complaint}." for complaint in complaints(line, is_letter(path))]
    return findings


def is_letter(path: Path) -> bool:
    return LETTERS in path.parts or "mail" in path.parts


def complaints(line: str, is_letter: bool) -> list[str]:
    found = [complaint for pattern, complaint in RULES if pattern.search(line)]
    if is_letter:
        found = [complaint for complaint in found if "inline style" not in complaint]
    if (len(line) - len(line.lstrip(" "))) % 2:
        found.append("is not indented by twos")
    if (width := len(SENTENCE.sub("", line))) > WIDEST:
        found.append(f"is {width} characters wide; {WIDEST} is the most")
    return found
