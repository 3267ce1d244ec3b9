"""``load_demo`` as whoever starts the demonstration runs it."""

import json

import pytest
from django.core.management import CommandError, call_command

from yhdys.accounts.models import User
from yhdys.demo.actions import LoadedRegion
from yhdys.demo.loading import accounts, organisations
from yhdys.demo.loading.store import Store
from yhdys.demo.management.commands import load_demo
from yhdys.demo.reading import read
from yhdys.organisations.models import Organisation
from yhdys.tenancy.context import in_national

PASSWORD = "rehti-kahvila-17"
pytestmark = pytest.mark.django_db


def test_it_wants_a_password(monkeypatch):
    monkeypatch.delenv("YHDYS_DEMO_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="YHDYS_DEMO_PASSWORD"):
        call_command("load_demo")


def test_it_tells_which_region_is_missing(monkeypatch):
    monkeypatch.setenv("YHDYS_DEMO_PASSWORD", PASSWORD)
    with pytest.raises(CommandError, match="kymenlaakso"):
        call_command("load_demo", "kymenlaakso")


def accounts_only(slug: str, *, password: str) -> LoadedRegion:
    """The accounts of a region without its history, whose telling has tests of its own."""
    content, store = read(slug), Store()
    organisations.load(content.organisations, store)
    return LoadedRegion(made=store.made, accounts=accounts.load(content, store, password))


def test_it_writes_whom_one_can_be(monkeypatch, tmp_path, settings, kainuu, capsys):
    monkeypatch.setenv("YHDYS_DEMO_PASSWORD", PASSWORD)
    monkeypatch.setattr(load_demo, "load_region", accounts_only)
    settings.YHDYS_DATA = tmp_path
    call_command("load_demo", "kainuu")
    text = (tmp_path / "demo-accounts.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert all(account.keys() == {"url", "email", "role"} for account in told)
    assert sum("//kainuu.localhost" in account["url"] for account in told) == 5
    assert sum("//localhost" in account["url"] for account in told) == 2
    assert PASSWORD not in text
    with in_national():
        assert User.objects.get(email="hanna.riipinen@example.org").check_password(PASSWORD)
    assert "kainuu" in capsys.readouterr().out


def test_what_people_changed_stays_as_they_left_it(region):
    store = Store()
    made = Organisation(name_fi="Kainuun Tukiverso ry", slug="tukiverso", reach="regional")

    def make() -> Organisation:
        made.save()
        return made

    store.once("organisation/tukiverso", make)
    Organisation.objects.filter(pk=made.pk).update(email="uusi@tukiverso.example")
    again = Store()
    again.once("organisation/tukiverso", lambda: pytest.fail("made twice"))
    assert again.made == 0
    assert again.get(Organisation, "organisation/tukiverso").email == "uusi@tukiverso.example"


def test_another_password_is_given_to_the_accounts_that_are_there(national):
    accounts.load_national(PASSWORD)
    accounts.load_national("toinen-salasana-9")
    assert User.objects.get(email="hanna.riipinen@example.org").check_password("toinen-salasana-9")
    assert User.objects.count() == len(accounts.NATIONAL_STAFF)


def test_every_role_of_the_files_can_be_told():
    for slug in ("kainuu", "lappi", "kymenlaakso", "pohjois-pohjanmaa"):
        assert {account.role for account in read(slug).council.accounts} <= accounts.TOLD_AS.keys()
