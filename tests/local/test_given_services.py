"""Services that the environment names: used when fit, refused with one sentence when not."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yhdys.local import databases, home
from yhdys.local.databases import database_of, login_and_owner_urls
from yhdys.local.home import Home, wanted_port
from yhdys.local.postgres import Postgres
from yhdys.local.processes import Trouble, free_port
from yhdys.local.services import Services
from yhdys.local.supervisor import web_addresses


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Somebody's own PostgreSQL."""
    folder = tmp_path_factory.mktemp("server")
    postgres = Postgres(folder / "postgres", folder / "postgres.log", throwaway=True)
    postgres.start()
    yield postgres
    postgres.stop()


@pytest.mark.parametrize(
    ("url", "database"),
    [
        ("postgresql://admin@db.example", "yhdys"),
        ("postgresql://admin@db.example/postgres", "yhdys"),
        ("postgresql://admin@db.example/admin", "yhdys"),
        ("postgresql://admin@db.example/yhdys_two?sslmode=require", "yhdys_two"),
    ],
)
def test_the_url_may_name_the_database(url: str, database: str) -> None:
    assert database_of(url, "yhdys") == database


def test_an_administrators_url_becomes_two_lesser_ones(server: Postgres) -> None:
    login, owner = login_and_owner_urls(server.admin_url, "given", "o:w/n@r", "l?gin")
    with psycopg.connect(login) as connection:
        assert connection.execute("select current_user, current_database()").fetchone() == ("given_login", "given")
    with psycopg.connect(owner) as connection:
        assert connection.execute("select current_user").fetchone() == ("given_owner",)
    assert login_and_owner_urls(server.admin_url, "given", "o:w/n@r", "l?gin") == (login, owner)


def test_a_role_without_rights_is_refused(server: Postgres) -> None:
    login, _owner = login_and_owner_urls(server.admin_url, "given", "a", "b")
    with pytest.raises(Trouble, match="must be allowed to create roles and databases"):
        login_and_owner_urls(login, "other", "a", "b")


def test_a_server_too_old_is_refused(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "OLDEST", 99)
    with pytest.raises(Trouble, match="needs PostgreSQL 99 or newer; the server of DATABASE_URL is PostgreSQL 18"):
        login_and_owner_urls(server.admin_url, "other", "a", "b")


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(Trouble, match="cannot be reached"):
        login_and_owner_urls(f"postgresql://nobody@127.0.0.1:{free_port()}/x", "x", "a", "b")


@pytest.mark.parametrize("given", ["", "http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YHDYS_PORT", given)
    with pytest.raises(Trouble, match="YHDYS_PORT must be a number"):
        wanted_port()


def test_the_web_listens_on_loopback_only() -> None:
    port = free_port()
    assert {address.rpartition(":")[0] for address in web_addresses(port)} <= {"127.0.0.1", "[::1]"}


def test_the_data_folder_is_the_callers_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YHDYS_DATA", "my data")
    assert home.data_folder() == tmp_path / "my data"
    monkeypatch.delenv("YHDYS_DATA")
    assert home.data_folder() == home.PROJECT / ".data"


def test_secrets_stay_the_same_and_private(tmp_path: Path) -> None:
    first, second = Home(tmp_path / "data"), Home(tmp_path / "data")
    first.open()
    second.open()
    assert first.secrets == second.secrets
    assert len(set(first.secrets.values())) == len(first.secrets)
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "secrets.json").stat().st_mode & 0o077 == 0


def test_children_are_not_told_the_owners_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_DATABASE_URL", "postgresql://owner@db.example/yhdys")
    folder = Home(tmp_path)
    folder.open()
    services = Services(folder, login_url="postgresql://login@db.example/yhdys", owner_url="postgresql://owner@x/yhdys")
    told = services.environment(port=8000, email_url="smtp://127.0.0.1:25")
    assert told["DATABASE_URL"] == services.login_url
    assert "OWNER_DATABASE_URL" not in told
    assert services.owner_environment(told)["OWNER_DATABASE_URL"] == services.owner_url


def test_a_data_folder_has_one_holder(tmp_path: Path) -> None:
    first, second = Home(tmp_path), Home(tmp_path)
    first.open()
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_a_data_folder_that_cannot_be_one_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="cannot be used"):
        Home(tmp_path / "file" / "data").open()
