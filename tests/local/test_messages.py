"""The catalogue tool finds every text, keeps translations, and is not easily content."""

from pathlib import Path

import pytest

from yhdys.local import catalogues, messages
from yhdys.local.messages import Text, texts_of_python, texts_of_template


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project of two apps of its own."""
    monkeypatch.setattr(messages, "PROJECT", tmp_path)
    for app in ("meetings", "news"):
        folder = tmp_path / "tenants" / "yhdys" / app
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")
    return tmp_path


def write_app(project: Path, app: str, code: str) -> Path:
    folder = project / "tenants" / "yhdys" / app
    (folder / "models.py").write_text(code)
    return folder


def translate(project: Path, app: str, old: str, new: str, language: str = "fi") -> None:
    path = catalogues.catalogue(project / "tenants" / "yhdys" / app, language)
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("Meeting")', {Text("Meeting")}),
        ('gettext_lazy("A " "long text")', {Text("A long text")}),
        ('pgettext_lazy("of a seat", "Term")', {Text("Term", context="of a seat")}),
        ('ngettext("{n} day", "{n} days", n)', {Text("{n} day", "{n} days")}),
        ('npgettext("age", "%(n)s year", "%(n)s years", n)', {Text("%(n)s year", "%(n)s years", "age")}),
        ("_(variable)", set()),
        ("# _('not code')", set()),
    ],
)
def test_texts_of_code(source: str, expected: set[Text]) -> None:
    assert set(texts_of_python(source.encode())) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% translate 'Save' %}", {Text("Save")}),
        ('{% trans "Term" context "of a seat" %}', {Text("Term", context="of a seat")}),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", {Text("Hello %(name)s")}),
        (
            "{% blocktranslate trimmed %}\n  One\n  two\n{% endblocktranslate %}",
            {Text("One two")},
        ),
        (
            "{% blocktranslate count n=total context 'list' %}{{ n }} day"
            "{% plural %}{{ n }} days{% endblocktranslate %}",
            {Text("%(n)s day", "%(n)s days", "list")},
        ),
        ('{% include "x.html" with label=_("Close") %}', {Text("Close")}),
        ('{{ value|default:_("None") }}', {Text("None")}),
        ("""<c-button :label="_('Send')" />""", {Text("Send")}),
        ("<p>{% comment %}{% translate 'Hidden' %}{% endcomment %}</p>", set()),
        ('it\'s 100 % {% translate "100 % sure" %}', {Text("100 %% sure")}),
    ],
)
def test_texts_of_templates(source: str, expected: set[Text]) -> None:
    assert set(texts_of_template(source)) == expected


def test_update_makes_both_catalogues_and_check_asks_for_their_translations(project: Path) -> None:
    app = write_app(project, "meetings", '_("Meeting")')
    messages.update([app], project)
    assert [line.partition(": ")[2] for line in messages.check([app], project)] == ["“Meeting” is not translated."] * 2

    translate(project, "meetings", 'msgid "Meeting"\nmsgstr ""', 'msgid "Meeting"\nmsgstr "Kokous"')
    translate(project, "meetings", 'msgid "Meeting"\nmsgstr ""', 'msgid "Meeting"\nmsgstr "Möte"', "sv")
    assert messages.check([app], project) == []


def test_update_keeps_translations_and_drops_what_nobody_shows(project: Path) -> None:
    app = write_app(project, "meetings", '_("Meeting")\n_("Old")')
    messages.update([app], project)
    translate(project, "meetings", 'msgid "Meeting"\nmsgstr ""', 'msgid "Meeting"\nmsgstr "Kokous"')
    write_app(project, "meetings", '_("Meeting")\n_("New")')
    assert any("“Old” is stale" in line for line in messages.check([app], project))

    messages.update([app], project)

    text = catalogues.catalogue(app, "fi").read_text()
    assert 'msgid "Meeting"\nmsgstr "Kokous"' in text
    assert "Old" not in text
    assert 'msgid "New"\nmsgstr ""' in text


def test_update_writes_the_same_bytes_again_and_no_line_numbers(project: Path) -> None:
    app = write_app(project, "meetings", '_("B")\n_("A")')
    messages.update([app], project)
    first = catalogues.catalogue(app, "fi").read_bytes()
    write_app(project, "meetings", '\n\n_("A")\n_("B")')
    messages.update([app], project)
    assert catalogues.catalogue(app, "fi").read_bytes() == first
    assert b"models.py" not in first
    assert b"Date" not in first


def test_update_borrows_what_another_app_has_translated(project: Path) -> None:
    meetings = write_app(project, "meetings", '_("Close")')
    messages.update([meetings], project)
    translate(project, "meetings", 'msgid "Close"\nmsgstr ""', 'msgid "Close"\nmsgstr "Sulje"')
    news = write_app(project, "news", '_("Close")')
    messages.update([news], project)
    assert 'msgid "Close"\nmsgstr "Sulje"' in catalogues.catalogue(news, "fi").read_text()


@pytest.mark.parametrize(
    ("code", "translation", "complaint"),
    [
        ('_("Hello {name}")', "Hei {nimi}", "other placeholders in its translation: {name}, {nimi}"),
        ('_("Hello %(name)s")', "Hei", "other placeholders in its translation: %(name)s"),
    ],
)
def test_check_compares_placeholders(project: Path, code: str, translation: str, complaint: str) -> None:
    app = write_app(project, "meetings", code)
    messages.update([app], project)
    path = catalogues.catalogue(app, "fi")
    head, _, rest = path.read_text().rpartition('msgstr ""')
    path.write_text(f'{head}msgstr "{translation}"{rest}')
    assert any(complaint in line for line in messages.check([app], project))


def test_a_plural_may_leave_the_number_out_of_its_singular_only(project: Path) -> None:
    app = write_app(project, "meetings", 'ngettext("{n} day", "{n} days", n)')
    messages.update([app], project)
    translate(project, "meetings", 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "päivä"\nmsgstr[1] "{n} päivää"')
    translate(project, "meetings", 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{n} dag"\nmsgstr[1] "dagar"', "sv")
    findings = messages.check([app], project)
    assert len(findings) == 1
    assert "sv" in findings[0]
    assert "other placeholders" in findings[0]


def test_check_refuses_fuzzy_entries(project: Path) -> None:
    app = write_app(project, "meetings", '_("Meeting")')
    messages.update([app], project)
    translate(project, "meetings", 'msgid "Meeting"\nmsgstr ""', '#, fuzzy\nmsgid "Meeting"\nmsgstr "Kokous"')
    assert any("“Meeting” is fuzzy" in line for line in messages.check([app], project))


def test_check_refuses_two_translations_of_one_text(project: Path) -> None:
    apps = [write_app(project, app, '_("Term")') for app in ("meetings", "news")]
    messages.update(apps, project)
    translate(project, "meetings", 'msgid "Term"\nmsgstr ""', 'msgid "Term"\nmsgstr "Kausi"')
    translate(project, "news", 'msgid "Term"\nmsgstr ""', 'msgid "Term"\nmsgstr "Termi"')
    assert any("“Term” is translated otherwise in" in line for line in messages.check(apps, project))


def test_compiled_catalogues_translate_with_context_and_plural(project: Path) -> None:
    import gettext

    app = write_app(project, "meetings", 'pgettext("of a seat", "Term")\nngettext("{n} day", "{n} days", n)')
    messages.update([app], project)
    translate(project, "meetings", 'msgid "Term"\nmsgstr ""', 'msgid "Term"\nmsgstr "Kausi"')
    translate(project, "meetings", 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{n} päivä"\nmsgstr[1] "{n} päivää"')
    assert catalogues.compile_all(project) == 2
    assert catalogues.compile_all(project) == 0
    with catalogues.catalogue(app, "fi").with_suffix(".mo").open("rb") as compiled:
        book = gettext.GNUTranslations(compiled)
    assert book.pgettext("of a seat", "Term") == "Kausi"
    assert book.ngettext("{n} day", "{n} days", 5) == "{n} päivää"
