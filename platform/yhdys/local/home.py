"""Where one running Yhdys keeps its things: the data folder, its secrets, its lock, and who runs there now."""

import fcntl
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from yhdys.local.processes import Trouble

PROJECT = Path(__file__).resolve().parents[3]
DEFAULT_PORT = 8000


def data_folder() -> Path:
    """``YHDYS_DATA`` as the caller's shell understands it, or ``.data`` beside ``up``."""
    given = os.environ.get("YHDYS_DATA")
    return Path(given).expanduser().absolute() if given else PROJECT / ".data"


def wanted_port() -> int:
    """``YHDYS_PORT``. Raises Trouble when it is no port number."""
    given = os.environ.get("YHDYS_PORT", str(DEFAULT_PORT))
    if not given.isdigit() or not 1 <= int(given) <= 65535:
        raise Trouble(f"YHDYS_PORT must be a number from 1 to 65535, not “{given}”.")
    return int(given)


@dataclass
class Home:
    """The data folder. Everything in it is ours alone: it holds secrets and people's data."""

    folder: Path
    secrets: dict[str, str] = field(default_factory=dict)
    _lock: IO[str] | None = None

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def static(self) -> Path:
        return self.folder / "static"

    @property
    def demo_accounts(self) -> Path:
        """Written by ``manage load_demo`` when it is through."""
        return self.folder / "demo-accounts.json"

    @property
    def _running(self) -> Path:
        return self.folder / "running.json"

    def open(self) -> None:
        """Make the folder where missing and read its secrets. Raises Trouble when it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.folder.chmod(0o700)
            self.logs.mkdir(exist_ok=True)
            kept = self.folder / "secrets.json"
            if kept.exists():
                self.secrets = json.loads(kept.read_text())
            else:
                names = ("secret_key", "owner_password", "login_password", "demo_password")
                self.secrets = {name: secrets.token_urlsafe(48 if name == "secret_key" else 15) for name in names}
                self._write_privately(kept, self.secrets)
        except (OSError, json.JSONDecodeError) as error:
            raise Trouble(f"The data folder {self.folder} cannot be used: {error}") from error

    def take(self) -> bool:
        """Hold the folder for this process, until it ends however it ends. False when another one holds it."""
        lock = (self.folder / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        return True

    def release(self) -> None:
        """Let another process hold the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def running(self) -> dict[str, Any]:
        """What the last supervisor wrote about itself; it may be gone."""
        try:
            return cast("dict[str, Any]", json.loads(self._running.read_text()))
        except (OSError, json.JSONDecodeError):
            return {}

    def tell_running(self, facts: dict[str, Any]) -> None:
        self._write_privately(self._running, facts)

    def forget_running(self) -> None:
        self._running.unlink(missing_ok=True)

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def turn_logs(self) -> None:
        """Begin new logs; those of the last run stay beside them as ``.1``."""
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))

    @staticmethod
    def _write_privately(path: Path, content: dict[str, Any]) -> None:
        """Whole or not at all, readable by the owner only."""
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(content, out, indent=1)
        beside.replace(path)
