"""pytest plugin: a throwaway PostgreSQL, Valkey and SMTP sink, up before Django's settings are read.

Load it with ``-p yhdys.local.pytest_cluster``; a conftest would be too late, for pytest-django reads the settings
first. What the environment already names is used as it is: ``DATABASE_URL`` together with ``OWNER_DATABASE_URL`` (or
``DATABASE_URL`` alone, of a role that may create roles and databases), ``BROKER_URL`` with ``CACHE_URL``, and
``EMAIL_URL``.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from yhdys.local import catalogues, pytest_kept
from yhdys.local.databases import login_and_owner_urls
from yhdys.local.home import PROJECT
from yhdys.local.postgres import Postgres
from yhdys.local.processes import Trouble
from yhdys.local.smtp import Mailbox, SmtpServer
from yhdys.local.valkey import BROKER, CACHE, Valkey

DATABASE = "yhdys_tests"


class Cluster:
    """The services of one test run, in a folder that goes with them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="yhdys-tests-"))
        self.postgres = Postgres(self.folder / "postgres", self.folder / "postgres.log", throwaway=True)
        self.valkey = Valkey(self.folder / "valkey", self.folder / "valkey.log")
        self.mailbox = Mailbox()
        self.smtp: SmtpServer | None = None
        self.ended = False
        self.deployed = False
        """Whether the database came with its migrations and regions, from an earlier run."""

    def start(self) -> None:
        """Start what the environment does not name, and name it there."""
        atexit.register(self.end)
        catalogues.compile_all(PROJECT)
        given = os.environ
        given.setdefault("YHDYS_DATA", str(self.folder / "files"))
        given.setdefault("YHDYS_DOMAIN", "localhost")
        if not given.get("OWNER_DATABASE_URL"):
            admin = given.get("DATABASE_URL")
            if not admin:
                self.deployed = pytest_kept.restore(self.postgres.folder)
                self.postgres.start()
                admin = self.postgres.admin_url
            passwords = (secrets.token_urlsafe(24), secrets.token_urlsafe(24))
            given["DATABASE_URL"], given["OWNER_DATABASE_URL"] = login_and_owner_urls(admin, DATABASE, *passwords)
        if not (given.get("BROKER_URL") and given.get("CACHE_URL")):
            self.valkey.start()
            given["BROKER_URL"], given["CACHE_URL"] = self.valkey.url(BROKER), self.valkey.url(CACHE)
        if not given.get("EMAIL_URL"):
            self.smtp = SmtpServer(self.mailbox.receive)
            self.smtp.start()
            given["EMAIL_URL"] = f"smtp://127.0.0.1:{self.smtp.port}"

    def keep(self) -> None:
        """Keep the database as it is now for the next run. Nothing may be connected to it."""
        if self.postgres.child is not None and not self.deployed:
            self.postgres.stop()
            pytest_kept.keep(self.postgres.folder)
            self.postgres.start()

    def end(self) -> None:
        if self.ended:
            return
        self.ended = True
        if self.smtp is not None:
            self.smtp.stop()
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


cluster: Cluster | None = None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """A wrapper, so that it runs before pytest-django's own hook, whatever the order of loading."""
    global cluster
    arguments = early_config.known_args_namespace
    if not (arguments.help or arguments.version):
        cluster = Cluster()
        try:
            cluster.start()
        except Trouble as trouble:
            cluster.end()
            raise pytest.UsageError(str(trouble)) from trouble
    return (yield)


def pytest_unconfigure() -> None:
    if cluster is not None:
        cluster.end()


@pytest.fixture
def mailbox() -> Generator[Mailbox]:
    """What was really sent by SMTP, by any process, during this test."""
    if cluster is None or cluster.smtp is None:
        pytest.skip("EMAIL_URL names a server whose mail this run cannot read.")
    cluster.mailbox.clear()
    yield cluster.mailbox
    cluster.mailbox.clear()
