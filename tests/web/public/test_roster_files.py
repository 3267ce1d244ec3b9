"""The roster of a day as CSV and XLSX."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.test import Client
from tests.factories.meetings import council, deputy_of, member
from tests.factories.organisations import OrganisationFactory

from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership, Seat
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
HERE = "/en/council/neuvottelukunta/composition/"


@pytest.fixture
def visitor(region: Region) -> Client:
    """Looks at a council of a chair, a member with a deputy, a secretary, and a vacant seat."""
    term = council(slug="neuvottelukunta", name_fi="Neuvottelukunta")
    member(term, Role.SECRETARY, name="Siiri Sihteeri", role_email="sihteeri@example.org")
    one = member(term, name="Jari Jäsen", email="salainen@example.org")
    deputy_of(one, name="=SUMMA(1)")
    Membership.objects.update(start=date(2022, 1, 1))
    Seat.objects.create(term=term, represents="expert", label_fi="Asiantuntija", position=30_000, is_voting=False)
    return Client(headers={"host": "kainuu.localhost"})


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_csv_tells_officers_members_deputies_and_vacant_seats(visitor: Client) -> None:
    answer = visitor.get(f"{HERE}2022-04-27/members.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="neuvottelukunta-2022-04-27.csv"'
    head, *told = lines(answer.content)
    assert head[4:8] == ["Role", "Name", "On behalf of", "Deputy of"]
    assert [(one[2] == "Asiantuntija", one[3], one[4], one[5], one[7], one[8]) for one in told] == [
        (False, "", "Secretary", "Siiri Sihteeri", "", "2022-01-01"),
        (False, "Yes", "Member", "Jari Jäsen", "", "2022-01-01"),
        (False, "Yes", "Deputy", "'=SUMMA(1)", "Jari Jäsen", "2022-01-01"),
        (True, "No", "Vacant", "", "", ""),
    ]


def test_the_workbook_has_the_same_cells_and_no_formula(visitor: Client) -> None:
    table = lines(visitor.get(f"{HERE}2022-04-27/members.csv").content)
    sheet = openpyxl.load_workbook(io.BytesIO(visitor.get(f"{HERE}2022-04-27/members.xlsx").content)).active
    assert sheet is not None
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [str(one) for one in cells[0]] == table[0]
    assert [[row[4], row[5] or ""] for row in cells[1:]] == [[row[4], row[5].lstrip("'")] for row in table[1:]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row}.isdisjoint({"f"})


def test_no_address_is_told_and_no_day_of_the_future(visitor: Client) -> None:
    assert b"example.org" not in visitor.get(f"{HERE}2022-04-27/members.csv").content
    tomorrow = clock.today() + timedelta(days=1)
    assert visitor.get(f"{HERE}{tomorrow.isoformat()}/members.csv").status_code == 404
    assert visitor.get(f"{HERE}{tomorrow.isoformat()}/members.xlsx").status_code == 404


def test_the_files_stay_out_of_search_engines_and_are_linked(visitor: Client) -> None:
    answer = visitor.get(f"{HERE}2022-04-27/members.csv")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert (
        visitor.get(f"{HERE}2022-04-27/members.csv", headers={"if-none-match": answer.headers["ETag"]}).status_code
        == 304
    )
    assert "/composition/2022-04-27/members.xlsx" in visitor.get("/en/council/composition/2022-04-27/").content.decode()


def test_another_regions_roster_is_not_told(visitor: Client, lappi: Region) -> None:
    with in_region(lappi):
        member(council(slug="lapin-neuvottelukunta"), name="Lapin Jäsen", organisation=OrganisationFactory())
    assert visitor.get("/en/council/lapin-neuvottelukunta/composition/2022-04-27/members.csv").status_code == 404
