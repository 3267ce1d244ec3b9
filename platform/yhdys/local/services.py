"""The two services everything needs, ours or given, and the environment that names them to Django."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from yhdys.local.databases import database_of, login_and_owner_urls
from yhdys.local.home import Home
from yhdys.local.postgres import Postgres
from yhdys.local.processes import Child
from yhdys.local.valkey import BROKER, CACHE, Valkey

DATABASE = "yhdys"


@dataclass
class Services:
    """PostgreSQL and Valkey of one data folder. What the environment names is used instead of starting one."""

    home: Home
    database_given: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    broker_given: str = field(default_factory=lambda: os.environ.get("BROKER_URL", ""))
    cache_given: str = field(default_factory=lambda: os.environ.get("CACHE_URL", ""))
    login_url: str = ""
    owner_url: str = ""
    broker_url: str = ""
    cache_url: str = ""
    children: list[Child] = field(default_factory=list)

    def start_database(self) -> None:
        """Raises Trouble with a sentence."""
        admin = self.database_given
        if not admin:
            postgres = Postgres(self.home.folder / "postgres", self.home.log("postgres"))
            postgres.start()
            if postgres.child is not None:
                self.children.append(postgres.child)
            admin = postgres.admin_url
        passwords = (self.home.secrets["owner_password"], self.home.secrets["login_password"])
        database = database_of(self.database_given, DATABASE)
        self.login_url, self.owner_url = login_and_owner_urls(admin, database, *passwords)

    def start_valkey(self) -> None:
        """Raises Trouble with a sentence."""
        self.broker_url, self.cache_url = self.broker_given, self.cache_given
        if self.broker_given and self.cache_given:
            return
        valkey = Valkey(self.home.folder / "valkey", self.home.log("valkey"))
        valkey.start()
        if valkey.child is not None:
            self.children.append(valkey.child)
        self.broker_url = self.broker_given or valkey.url(BROKER)
        self.cache_url = self.cache_given or valkey.url(CACHE)

    def stop(self) -> None:
        """Last started, first stopped."""
        for child in reversed(self.children):
            child.stop()

    def environment(self, *, port: int, email_url: str, mailbox_url: str = "") -> dict[str, str]:
        """What every child of ours is told; the owner's URL is not in it."""
        inherited = {key: value for key, value in os.environ.items() if key != "OWNER_DATABASE_URL"}
        return inherited | {
            "DATABASE_URL": self.login_url,
            "BROKER_URL": self.broker_url,
            "CACHE_URL": self.cache_url,
            "EMAIL_URL": email_url,
            "YHDYS_PORT": str(port),
            "YHDYS_DOMAIN": "localhost",
            "YHDYS_MAILBOX_URL": mailbox_url,
            "YHDYS_DATA": str(self.home.folder),
            "YHDYS_STATIC_ROOT": str(self.home.static),
            "SECRET_KEY": self.home.secrets["secret_key"],
            "DJANGO_SETTINGS_MODULE": "yhdys.config.settings.dev",
            "PYTHONUNBUFFERED": "1",
        }

    def owner_environment(self, environment: dict[str, str]) -> dict[str, str]:
        """For deployment and Django's commands only."""
        return environment | {"OWNER_DATABASE_URL": self.owner_url}


def newest_change(folders: list[Path]) -> str:
    """A fingerprint of all files below the folders: how many, how large, and when last changed."""
    count = size = newest = 0
    for folder in folders:
        for base, _folders, files in os.walk(folder):
            for name in files:
                facts = Path(base, name).stat()
                count, size, newest = count + 1, size + facts.st_size, max(newest, facts.st_mtime_ns)
    return f"{count} {size} {newest}"
