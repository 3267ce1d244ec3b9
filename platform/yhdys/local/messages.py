"""Interface texts and their translations, without any gettext program.

Usage: ``python -m yhdys.local.messages update|check|compile [APP…]``. ``update`` brings each app's catalogues in step
with its code and templates, keeps every translation that still has its text, and borrows from the other apps what they
have translated already. ``check`` fails when a text is untranslated, a translation is fuzzy or stale, placeholders
differ, or two apps translate one text differently (give it a context). The files bear no dates and no line numbers, and
are sorted, so that they merge quietly.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize

from yhdys.local.catalogues import LANGUAGES, apps, catalogue, compile_all, read
from yhdys.local.home import PROJECT

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".xml", ".mjml"}
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"\b(npgettext|ngettext|pgettext|gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
DYNAMIC_ATTRIBUTE = re.compile(r"""\s:[\w.-]+="([^"]*_\('[^"]*)\"""")
"""An attribute that a cotton component evaluates: ``:label="_('Save')"``. Django's own lexer does not look inside."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")


@dataclass(frozen=True, order=True)
class Text:
    """One text of the interface, as gettext knows it: its plural and context are part of what it is."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.context, self.singular)


@dataclass
class Findings:
    lines: list[str] = field(default_factory=list)

    def add(self, path: Path, text: str, sentence: str) -> None:
        shown = text if len(text) <= 60 else f"{text[:57]}…"
        self.lines.append(f"{path.relative_to(PROJECT)}: “{shown}” {sentence}")


def texts_of_python(source: bytes) -> Iterator[Text]:
    for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        parts = (message,) if isinstance(message, str) else tuple(message)
        if parts and all(isinstance(part, str) for part in parts):
            yield Text(parts[0], parts[1] if len(parts) > 1 else "", context or "")


def texts_of_template(source: str) -> Iterator[Text]:
    source = DYNAMIC_ATTRIBUTE.sub(lambda found: "".join(f" {{{{ {call} }}}} " for call in calls_in(found[1])), source)
    for name, words in CALL.findall(templatize(source)):
        strings = [str(ast.literal_eval(word)) for word in re.findall(STRING, words, re.DOTALL)]
        match name:
            case "npgettext":
                yield Text(strings[1], strings[2], strings[0])
            case "pgettext":
                yield Text(strings[1], "", strings[0])
            case "ngettext":
                yield Text(strings[0], strings[1])
            case _:
                yield Text(strings[0])


def calls_in(expression: str) -> list[str]:
    return [f"_({word})" for _name, word in CALL.findall(expression)]


def texts_of(app: Path) -> set[Text]:
    """Every text the app shows: of its code but migrations, and of its templates. Raises ValueError with the file."""
    found: set[Text] = set()
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.relative_to(app).parts:
            found.update(texts_of_python(path.read_bytes()))
    for path in sorted(app.rglob("templates/**/*")):
        if path.suffix in TEMPLATES:
            try:
                found.update(texts_of_template(path.read_text()))
            except SyntaxError as error:
                raise ValueError(f"{path}: {error}") from error
    singulars = {text.key for text in found if text.plural}
    # gettext knows one entry for “n days” whether it was asked with its plural or without.
    return {text for text in found if text.singular and (text.plural or text.key not in singulars)}


def entries(catalog: Catalog) -> dict[tuple[str, str], Message]:
    """The catalogue's messages by context and identifier, without its header."""
    return {(message.context or "", singular(message)): message for message in catalog if message.id}


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def is_translated(message: Message) -> bool:
    return bool(forms(message)) and all(forms(message)) and not message.fuzzy


def write(path: Path, catalog: Catalog) -> bool:
    """Write the catalogue when it says something else than the file; remove the file of an empty one."""
    if not entries(catalog):
        path.unlink(missing_ok=True)
        return False
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, no_location=True, sort_output=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {catalog.locale}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    content = header.encode() + body.getvalue().strip() + b"\n"
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def update(chosen: list[Path], project: Path) -> None:
    everywhere = {
        language: [entries(read(catalogue(app, language), language)) for app in apps(project)] for language in LANGUAGES
    }
    for app in chosen:
        texts = texts_of(app)
        for language in LANGUAGES:
            path = catalogue(app, language)
            old = entries(read(path, language))
            fresh = Catalog(locale=language, domain="django", fuzzy=False)
            for text in sorted(texts):
                known = [old, *everywhere[language]]
                message = next((book[text.key] for book in known if fits(book.get(text.key), text)), None)
                identifier = (text.singular, text.plural) if text.plural else text.singular
                fresh.add(identifier, message.string if message else "", context=text.context or None)
            if write(path, fresh):
                left = sum(not is_translated(message) for message in entries(fresh).values())
                print(f"{path.relative_to(project)}: {len(texts)} texts, {left} to translate")


def fits(message: Message | None, text: Text) -> bool:
    """Whether a translation may be used for a text: it is one, and has as many forms as the text needs."""
    return message is not None and is_translated(message) and (len(forms(message)) > 1) == bool(text.plural)


def check(chosen: list[Path], project: Path) -> list[str]:
    """What is wrong, one line each."""
    findings = Findings()
    said: dict[tuple[str, tuple[str, str]], tuple[list[str], Path]] = {}
    for app in chosen:
        texts = {text.key: text for text in texts_of(app)}
        for language in LANGUAGES:
            path = catalogue(app, language)
            catalog = read(path, language)
            known = entries(catalog)
            for key, text in sorted(texts.items()):
                if key not in known:
                    findings.add(path, text.singular, "is missing.")
            for key, message in sorted(known.items()):
                check_entry(findings, path, texts.get(key), message)
                other = said.setdefault((language, key), (forms(message), path))
                if other[0] != forms(message) and all(other[0]) and all(forms(message)):
                    findings.add(path, key[1], f"is translated otherwise in {other[1].relative_to(project)}.")
            for message in catalog.obsolete.values():
                findings.add(path, singular(message), "is obsolete.")
    return findings.lines


def check_entry(findings: Findings, path: Path, text: Text | None, message: Message) -> None:
    identifier = singular(message)
    if text is None:
        findings.add(path, identifier, "is stale: no code and no template has it.")
    elif bool(text.plural) != (not isinstance(message.id, str)):
        findings.add(path, identifier, "has a plural in the code or in the catalogue only.")
    elif message.fuzzy:
        findings.add(path, identifier, "is fuzzy.")
    elif not is_translated(message):
        findings.add(path, identifier, "is not translated.")
    else:
        check_placeholders(findings, path, message)


def check_placeholders(findings: Findings, path: Path, message: Message) -> None:
    """A plural's singular form may leave out the number; everything else has the identifier's own placeholders."""
    identifiers = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = {name for identifier in identifiers for name in PLACEHOLDER.findall(identifier)}
    for number, form in enumerate(forms(message)):
        has = set(PLACEHOLDER.findall(form))
        is_short = len(identifiers) > 1 and number == 0
        if has - wanted or (wanted - has and not is_short):
            names = ", ".join(sorted(wanted ^ has))
            findings.add(path, identifiers[0], f"has other placeholders in its translation: {names}.")


def main(arguments: list[str]) -> int:
    word, *names = arguments or [""]
    chosen = [app for app in apps(PROJECT) if not names or app.name in names]
    if word not in {"update", "check", "compile"} or len(chosen) < len(names):
        print(__doc__, file=sys.stderr)
        return 2
    if word == "update":
        update(chosen, PROJECT)
    if word in {"update", "compile"}:
        compile_all(PROJECT)
        return 0
    findings = check(chosen, PROJECT)
    print("\n".join(findings) if findings else "Every text is translated.")
    return 1 if findings else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ValueError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
