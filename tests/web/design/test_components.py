"""Components: states in words, addresses that keep their parameters, languages that are marked."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import translation
from tests.web.design.rendering import render

import yhdys.web
from yhdys.web.templatetags.yhdys import (
    bars,
    email_link,
    file_size,
    hyphenate,
    initials,
    page_numbers,
    query,
    rich,
    sorting,
    state_colour,
)

TEMPLATES = Path(yhdys.web.__file__).parent / "templates"


def components_in(source: str) -> set[str]:
    return {name.replace("-", "_") for name in re.findall(r"<c-([a-z-]+)[\s/>]", source)} - {"vars", "slot"}


def test_every_component_is_in_the_gallery_and_in_its_document() -> None:
    """So tests that look at the gallery in a browser see each. The map needs the national site's addresses."""
    folder = TEMPLATES / "cotton"
    every = {path.stem for path in folder.glob("*.html")}
    shown: set[str] = set()
    waiting = set().union(
        *(
            components_in(path.read_text())
            for part in ("gallery", "layouts")
            for path in (TEMPLATES / part).glob("*.html")
        )
    )
    while waiting:
        shown |= waiting
        waiting = set().union(*(components_in((folder / f"{name}.html").read_text()) for name in waiting)) - shown
    assert every - shown == {"region_map"}
    document = (TEMPLATES.parents[3] / "docs" / "components.md").read_text()
    assert {name for name in every if f"`c-{name.replace('_', '-')}" not in document} == set()


@pytest.mark.parametrize(
    ("size", "language", "said"),
    [
        (0, "fi", "1 kt"),
        (319488, "fi", "312 kt"),
        (1468006, "fi", "1,4 Mt"),
        (1468006, "sv", "1,4 MB"),
        (1468006, "en", "1.4 MB"),
    ],
)
def test_file_sizes_are_said_in_the_language(size: int, language: str, said: str) -> None:
    with translation.override(language):
        assert file_size(size) == said


def test_no_size_says_nothing() -> None:
    assert file_size(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"), [("Maija Mallikas", "MM"), ("Áilu", "Á"), ("Anna af Öhman", "AÖ"), ("", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_address_breaks_before_its_at_sign_and_stays_itself_in_its_link() -> None:
    assert email_link("nea.norppa@jarjestot.example") == (
        '<a class="y-email" href="mailto:nea.norppa@jarjestot.example">nea.norppa<wbr>@jarjestot.example</a>'
    )
    assert "<b>" not in email_link("<b>@example.org")
    assert email_link("") == ""


def test_rich_text_is_cleaned_on_its_way_out() -> None:
    assert rich('<p style="color:red">A</p><img src=x onerror=alert(1)>') == "<p>A</p>"
    assert rich(None) == ""


def test_a_component_escapes_what_it_is_given() -> None:
    html = render('<c-card title="{{ title }}">{{ title }}</c-card>', title='<b>& "x"')
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&amp; &quot;x&quot;") == 2


def test_a_component_does_not_see_its_pages_variables() -> None:
    assert "leak" not in render('<c-card title="A" />', meta="leak", image="leak", href="leak", foot="leak")


def test_links_keep_the_other_parameters() -> None:
    request = RequestFactory().get("/?q=a%20b&sort=name&page=3&kind=1&kind=2")
    assert query(request, page=4) == "?q=a+b&sort=name&kind=1&kind=2&page=4"
    assert query(request, page=None) == "?q=a+b&sort=name&kind=1&kind=2"
    assert query(None, page=2) == "?page=2"


def test_a_column_sorts_up_then_down_and_from_the_first_page() -> None:
    factory = RequestFactory()
    assert sorting(factory.get("/?page=3"), "name") == {"url": "?sort=name", "direction": "none"}
    assert sorting(factory.get("/?sort=name"), "name") == {"url": "?sort=-name", "direction": "ascending"}
    assert sorting(factory.get("/?sort=-name"), "name") == {"url": "?sort=name", "direction": "descending"}
    assert sorting(factory.get("/"), "name", "name")["direction"] == "ascending"


def test_a_long_list_shows_its_ends_and_its_middle() -> None:
    assert page_numbers(Paginator(range(500), 25).page(9)) == [1, None, 8, 9, 10, None, 20]


def test_a_short_list_has_no_pages() -> None:
    assert "<nav" not in render("<c-pagination :page='page' />", page=Paginator(range(5), 25).page(1))


def test_bars_are_measured_against_the_longest() -> None:
    shares = [
        bar["share"]
        for bar in bars([{"label": "a", "value": 1}, {"label": "b", "value": 4}, {"label": "c", "value": 0}])
    ]
    assert shares == [25, 100, 0]


def test_bars_of_nothing_divide_by_nothing() -> None:
    assert bars([{"label": "a", "value": 0}]) == [{"label": "a", "value": 0, "share": 0}]
    assert bars([]) == []


def test_a_chart_says_its_figures_in_a_table() -> None:
    html = render(
        "<c-chart :rows='rows' caption='Meetings' label-head='Region' value-head='Held' />",
        rows=[{"label": "Kainuu", "value": 12}],
    )
    assert 'aria-hidden="true"' in html
    assert "<caption" in html
    assert html.count("Kainuu") == 2


@pytest.mark.parametrize(
    ("state", "colour"), [("convened", "blue"), ("HELD", "green"), ("failed", "red"), ("unheard of", "grey")]
)
def test_a_states_colour(state: str, colour: str) -> None:
    assert state_colour(state) == colour


def test_the_state_line_says_where_it_stands_without_colours() -> None:
    html = render(
        "<c-steps :steps='steps' />",
        steps=[
            {"name": "Draft", "state": "done"},
            {"name": "Convened", "state": "now"},
            {"name": "Held", "state": "next"},
        ],
    )
    assert html.count('aria-current="step"') == 1
    assert "Draft<span" in html
    assert ", done</span>" in html


def test_a_part_in_another_language_is_marked_and_one_in_the_pages_own_is_not() -> None:
    assert 'lang="se"' in render('<c-card title="Čoahkkin" lang="se" />')
    assert "lang=" not in render('<c-card title="Meeting" lang="en" />')


@pytest.mark.parametrize(
    ("language", "note"),
    [("fi", "in Finnish only"), ("se", "davvisámegiella")],
)
def test_content_in_one_language_only_says_so(language: str, note: str) -> None:
    assert note in render(f'<c-language-note language="{language}" />', LANGUAGE_CODE="en")


def test_a_conflict_shows_both_versions() -> None:
    html = render(
        "<c-conflict by='Maija' :changes='changes' />", changes=[{"label": "Place", "theirs": "Kajaani", "mine": ""}]
    )
    assert "Kajaani" in html
    assert "Empty" in html
    assert 'role="alert"' in html


def test_a_message_with_markup_is_not_markup() -> None:
    assert "&lt;b&gt;" in render("<c-notification>{{ text }}</c-notification>", text="<b>bold</b>")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("järjestöneuvottelukunta", "jär-jes-tö-neu-vot-te-lu-kunta"),
        ("Kainuun järjestöasiain neuvottelukunta", "Kainuun järjestöasiain neuvottelukunta"),
        ("Vammaisjärjestötapaaminen <b>", "Vam-mais-jär-jes-tö-ta-paa-mi-nen <b>"),
    ],
)
def test_long_finnish_words_may_break_between_syllables(text: str, broken: str) -> None:
    with translation.override("fi"):
        assert hyphenate(text).replace("\u00ad", "-") == broken
    with translation.override("en"):
        assert hyphenate(text) == text


def test_long_swedish_words_may_break_too() -> None:
    with translation.override("sv"):
        broken = hyphenate("Kymmenedalens organisationsdelegation")
    assert broken.replace("\u00ad", "-") == "Kymmenedalens orga-ni-sa-tions-de-le-ga-tion"


def test_a_hyphenated_title_is_still_escaped() -> None:
    html = render("<c-page-head :title='title' />", "fi", title="Järjestöneuvottelukunta <script>")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
