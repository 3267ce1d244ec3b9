"""pytest plugin: a throwaway PostgreSQL, Valkey and SMTP sink, up before Django's settings are read.

Load it with ``-p yhdys.local.pytest_cluster``; a conftest would be too late, for pytest-django reads the settings
first. What the environment already names is used as it is: ``DATABASE_URL`` together with ``OWNER_DATABASE_URL`` (or
``DATABASE_URL`` alone, of a role that may create roles and databases), ``BROKER_URL`` with ``CACHE_URL``, and
``EMAIL_URL``.

With pytest-xdist each worker is a process with services of its own, and whoever hands out the tests needs none.
"""

import atexit
import logging
import os
import secrets
import shutil
import subprocess
import sys
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
REGIONS = ("kainuu", "lappi")
"""The regions that every test finds."""


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
        if is_worker():
            given["YHDYS_DATA"] = str(self.folder / "files")
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

    def deploy(self) -> None:
        """Deploy as a real deployment does, make the regions, and keep the outcome. Raises Trouble with what was said.

        Django's own making of test databases knows nothing of roles. Nothing of ours may be connected yet.
        """
        if self.deployed:
            return
        for words in (["deploy"], ["create_region", *REGIONS, "--if-missing"]):
            command = [sys.executable, "-m", "yhdys.config.cli", *words]
            env = os.environ | {"DJANGO_SETTINGS_MODULE": "yhdys.config.settings.test"}
            done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=PROJECT, check=False)
            if done.returncode != 0:
                raise Trouble(f"The tests' database could not be made.\n{done.stdout}{done.stderr}")
        self.deployed = True
        if self.postgres.child is not None:
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


def is_worker() -> bool:
    """Whether this process runs a share of the tests for another."""
    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """A wrapper, so that it runs before pytest-django's own hook, whatever the order of loading."""
    global cluster
    arguments = early_config.known_args_namespace
    hands_out = getattr(arguments, "numprocesses", None) and not is_worker()
    if hands_out:
        catalogues.compile_all(PROJECT)  # once, before the workers look for them
    elif not (arguments.help or arguments.version):
        cluster = Cluster()
        try:
            cluster.start()
        except Trouble as trouble:
            cluster.end()
            raise pytest.UsageError(str(trouble)) from trouble
    return (yield)


def pytest_unconfigure() -> None:
    if cluster is not None:
        logging.disable()  # Threads that still listen to a service would tell that it went.
        cluster.end()


@pytest.fixture
def mailbox() -> Generator[Mailbox]:
    """What was really sent by SMTP, by any process, during this test."""
    if cluster is None or cluster.smtp is None:
        pytest.skip("EMAIL_URL names a server whose mail this run cannot read.")
    cluster.mailbox.clear()
    yield cluster.mailbox
    cluster.mailbox.clear()
