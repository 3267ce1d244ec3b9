"""Every component in every state passes what every page must, in the languages, colours and widths that it may meet."""

import gzip

import pytest
from playwright.sync_api import Page, Request, Response
from tests.e2e.browser import PHONE, inspect
from tests.e2e.conftest import Address, OpenPage

from yhdys.web.design.gallery import ACCENTS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_gallery_is_sound(
    name: str, viewport: dict[str, int], open_page: OpenPage, address: Address
) -> None:
    page = open_page(viewport)
    page.goto(address("kainuu", f"/-/gallery/{name}/"))
    inspect(page)


@pytest.mark.parametrize("colour", ACCENTS[1:])
def test_any_colour_of_a_region_is_legible(colour: str, open_page: OpenPage, address: Address) -> None:
    page = open_page()
    page.goto(address("kainuu", f"/-/gallery/text/?accent={colour.removeprefix('#')}"))
    inspect(page)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_other_languages_are_sound(language: str, open_page: OpenPage, address: Address) -> None:
    page = open_page(PHONE)
    page.goto(address("kainuu", f"/-/gallery/errors/?lang={language}"))
    assert page.locator("html").get_attribute("lang") == language
    inspect(page)


def test_everything_is_there_without_javascript(open_page: OpenPage, address: Address) -> None:
    page = open_page(PHONE, javascript=False)
    page.goto(address("kainuu", "/-/gallery/fields/"))
    page.get_by_text("Valikko").click()
    assert page.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Lists").is_visible()
    assert page.get_by_label("Kokouksen nimi").is_editable()
    assert page.get_by_role("button", name="Tallenna").is_visible()


def test_the_keyboard_reaches_the_content_first(open_page: OpenPage, address: Address) -> None:
    page = open_page()
    page.goto(address("kainuu", "/-/gallery/text/"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Siirry sisältöön")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_error_summary_takes_focus_and_leads_to_the_fields(open_page: OpenPage, address: Address) -> None:
    page = open_page()
    page.goto(address("kainuu", "/-/gallery/sign-in/"))
    page.goto(address("kainuu", "/-/gallery/errors/"))
    page.get_by_role("link", name="Miten osallistut?").click()
    assert page.evaluate("document.activeElement.id") == "id_way_0"
    page.get_by_role("link", name="Kokous alkaa").click()
    assert page.evaluate("document.activeElement.id") == "id_start_0"


def test_a_day_that_does_not_exist_stays_as_typed(open_page: OpenPage, address: Address) -> None:
    page = open_page()
    page.goto(address("kainuu", "/-/gallery/errors/"))
    assert page.get_by_label("Päivä", exact=True).first.input_value() == "31.2.2026"


def test_a_first_visit_is_light(open_page: OpenPage, address: Address) -> None:
    """Fewer than 10 requests, and under 100 kB as a server compresses it (html, styles, script, font)."""
    page = open_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(address("kainuu", "/-/gallery/front/"), wait_until="networkidle")
    sizes = {request.url: packed(request.response()) for request in asked}
    assert 3 < len(sizes) < 10
    assert sum(sizes.values()) < 100_000, sizes


def packed(response: Response | None) -> int:
    """What the answer's body weighs after gzip; a font is packed already."""
    assert response is not None
    body = response.body()
    return min(len(body), len(gzip.compress(body)))


def test_the_calendar_writes_the_day_as_people_do(open_page: OpenPage, address: Address) -> None:
    page = open_page()
    page.goto(address("kainuu", "/-/gallery/fields/"))
    assert page.get_by_role("button", name="Valitse kalenterista").count() == 2
    pick(page, "2026-03-02")
    assert page.get_by_label("Päivä", exact=True).first.input_value() == "2.3.2026"


def pick(page: Page, day: str) -> None:
    page.locator(".y-calendar input[type=date]").first.evaluate(
        "(input, day) => { input.value = day; input.dispatchEvent(new Event('change')) }", day
    )


def test_the_editor_writes_clean_markup_and_is_worked_by_keyboard(open_page: OpenPage, address: Address) -> None:
    page = open_page()
    page.goto(address("kainuu", "/-/gallery/fields/"))
    text = page.get_by_role("textbox", name="Esittely")
    text.press("Control+End")
    page.get_by_role("button", name="Lihavointi").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Tervetuloa")
    bold = page.get_by_role("button", name="Lihavointi")
    assert bold.get_attribute("aria-pressed") == "true"
    bold.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Kursivointi"
    assert page.locator("textarea[name=text]").input_value().endswith("<p><strong>Tervetuloa</strong></p>")
