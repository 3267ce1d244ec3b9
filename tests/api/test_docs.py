"""The page of the description."""

import pytest
from tests.api.conftest import Program

from yhdys.regions.models import Region


@pytest.mark.parametrize("host", ["localhost", "kainuu.localhost"])
def test_the_page_tells_every_operation_and_asks_nobody_else(kainuu: Region, host: str) -> None:
    program = Program(host)
    page = program.get("docs/", accept="text/html")
    assert page.status_code == 200
    html = page.content.decode()
    for path, methods in program.told("schema/")["paths"].items():
        assert path in html
        for operation in methods.values():
            assert operation["description"].partition("\n")[0].replace("'", "&#x27;") in html
    assert '<html lang="en"' in html
    assert "<script>" not in html
    assert "http://" not in html.replace(f"http://{host}", "")
    assert not page.cookies
    assert "public" in page["Cache-Control"]


def test_a_link_leads_to_each_record(kainuu: Region) -> None:
    html = Program().get("docs/", accept="text/html").content.decode()
    for name in Program().told("schema/")["components"]["schemas"]:
        assert f'id="record-{name}"' in html
        assert f'href="#record-{name}"' in html or name == "BlankEnum", name
