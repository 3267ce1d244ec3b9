"""Regions are made, closed and opened."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from yhdys.core.errors import ActionRefused
from yhdys.regions.actions import OWNER, create_region, newest_template, resume_region, suspend_region
from yhdys.regions.models import Domain, Region
from yhdys.regions.names import refuse_reserved
from yhdys.tenancy import provisioning

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences are told in English here."""
    with translation.override("en"):
        yield


def test_a_region_is_made_once_and_only_where_finland_has_one() -> None:
    with pytest.raises(ActionRefused, match="here already"):
        create_region("kainuu")
    with pytest.raises(ActionRefused, match="no region"):
        create_region("atlantis")
    with pytest.raises(ActionRefused, match="in use"):
        create_region("satakunta", host="kainuu.localhost")
    assert not provisioning.schema_exists("satakunta")
    assert not Region.objects.using(OWNER).filter(slug="satakunta").exists()


def test_a_failure_halfway_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioning, "claim_spare", lambda schema: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create_region("satakunta")
    assert not Region.objects.using(OWNER).filter(slug="satakunta").exists()
    assert not Domain.objects.using(OWNER).filter(domain="satakunta.localhost").exists()


@pytest.mark.parametrize("name", ["www", "admin", "public", "pg-catalog", "spare-1", "select", "as-front", "api"])
def test_reserved_names_are_refused(name: str) -> None:
    with pytest.raises(Exception, match="reserved"):
        refuse_reserved(name)


@pytest.mark.parametrize("name", ["Kainuu", "k", "1kainuu", 'kai"nuu', "kai nuu", "k" * 41, "kainuu;drop"])
def test_a_name_that_would_need_quoting_is_no_schema(name: str) -> None:
    with pytest.raises(provisioning.ProvisioningError):
        provisioning.replay(name, newest_template())


def test_suspending_and_resuming(capsys: pytest.CaptureFixture[str]) -> None:
    assert suspend_region("lappi").state == Region.State.SUSPENDED
    call_command("list_regions")
    assert re.search(r"Lappi +suspended +up to date +lappi\.localhost", capsys.readouterr().out)
    assert resume_region("lappi").state == Region.State.ACTIVE
    with pytest.raises(CommandError, match="no region"):
        call_command("suspend_region", "atlantis")


def test_deploying_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("deploy")
    assert "as before" in capsys.readouterr().out
