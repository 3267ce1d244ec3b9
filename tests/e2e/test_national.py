"""The national site in a browser: visitors of all Finland, and the staff of the programme."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.e2e.browser import DESKTOP, PHONE, inspect
from tests.e2e.conftest import Site, assert_fits_phone, keep_picture
from tests.e2e.test_signing_in import sign_in_by_password
from tests.factories.accounts import user_with_role
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.web.national.conftest import tell

from yhdys.accounts.models import StaffRole
from yhdys.overview.models import Figure
from yhdys.regions.actions import suspend_region
from yhdys.tenancy.context import in_national, in_region

PAGES = [
    "/",
    "/maakunnat/kainuu/",
    "/maakunnat/uusimaa/",
    "/luvut/",
    "/vertailu/",
    "/vertailu/?region=kainuu&step=month",
    "/julkaistut/",
    "/saavutettavuus/",
    "/tietosuoja/",
]


@pytest.fixture
def told(site: Site) -> Site:
    """Kainuu and Lapland have told of two years."""
    for schema, seats in (("kainuu", 11), ("lappi", 24)):
        with in_region(schema):
            tell(schema, name="Maakunnallinen järjestöneuvottelukunta")
            Figure.objects.filter(metric="seats").update(value=seats)
            for year, held in (("2025", 4), ("2026", 3)):
                Figure.objects.create(
                    schema=schema,
                    metric="meetings_held",
                    period=year,
                    value=held,
                    as_of=Figure.objects.first().as_of,
                )
    return site


def test_every_page_is_accessible_and_fits_a_phone(told: Site, page: Page) -> None:
    for path in PAGES:
        page.goto(told.url(path=path))
        keep_picture(page, "national-" + (path.strip("/").translate(str.maketrans("/?&=", "----")) or "home"))
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            inspect(page)


def test_the_map_is_walked_by_keyboard_from_north_to_south(told: Site, page: Page) -> None:
    page.goto(told.url())
    page.get_by_role("link", name="Lappi: käytössä").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Pohjois-Pohjanmaa: ei vielä käytössä")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Kainuu: käytössä")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/maakunnat/kainuu/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kainuu")


def test_a_council_that_fills_a_seat_changes_the_national_table(told: Site, page: Page) -> None:
    with in_region("kainuu"):
        term = TermFactory.create(body=BodyFactory.create(founded_year=2020))
        MembershipFactory.create(seat=SeatFactory.create(term=term))
        SeatFactory.create(term=term)
    told.deliver("kainuu")
    page.goto(told.url())
    expect(page.get_by_role("row", name=re.compile("^Kainuu")).get_by_text("2 (1 avoinna)")).to_be_visible()


def test_the_national_staff_sees_how_fresh_the_figures_are_and_nothing_of_a_regions_own(told: Site, page: Page) -> None:
    with in_national():
        user_with_role(StaffRole.Role.OBSERVER, email="nelli@ohjelma.example", name="Nelli Neuvoja")
    sign_in_by_password(page, told, "nelli@ohjelma.example", region="")
    page.get_by_role("link", name="Regions").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the regions tell")
    expect(page.get_by_role("row", name=re.compile("^Kainuu"))).to_contain_text("30")
    inspect(page)
    assert_fits_phone(page)
    keep_picture(page, "national-staff")
    suspend_region("lappi")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything (XLSX)").click()
    # The browser keeps the file under a name without an ending, which openpyxl would not open by itself.
    workbook = load_workbook(BytesIO(download.value.path().read_bytes()))
    told_of = {row[1] for row in workbook.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert told_of == {"Kainuu", "Lapland"}
    page.goto(told.url("kainuu", "/en/workspace/"))
    expect(page).to_have_url(re.compile("kainuu.localhost.*/sign-in/"))
