"""Child processes of one machine: started with their log, ended with their parent, never left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launch.py")


class Trouble(Exception):
    """What a person must read: one sentence, and where the log is."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody held a moment ago; whoever binds it must be ready to try again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tail(log: Path, lines: int = 3) -> str:
    """The last non-empty lines of a log, for a sentence about what went wrong."""
    if not log.exists():
        return ""
    return "\n".join([line for line in log.read_text(errors="replace").splitlines() if line.strip()][-lines:])


def command_line(pid: int) -> str:
    """A process's words as one line, empty when there is none; from /proc, since ``ps`` is not everywhere."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout


@dataclass
class Child:
    """One child process. ``stop_signal`` asks it to end; after ``grace`` seconds it and its group are killed.

    ``death_signal`` is what it gets when we die ourselves. Nobody can insist then, so it must be one that always works.
    """

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: Path | None = None
    owned_folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    grace: float = 10.0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a process group of its own, so that a Ctrl-C of the terminal reaches only us."""
        launch = [sys.executable, "-E", "-S", str(LAUNCHER), str(os.getpid()), str(int(self.death_signal))]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*launch, str(self.owned_folder or ""), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.env),
                cwd=self.cwd,
                start_new_session=True,
            )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.running:
            self.process.send_signal(self.stop_signal)

    def stop(self) -> None:
        """End it, kindly first; nothing of its process group is left when this returns."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


def wait_until_accepts(child: Child, port: int, *, seconds: float = 20.0) -> bool:
    """True when the port answers; False when the child ended or the time is over."""
    deadline = time.monotonic() + seconds
    while child.running and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            time.sleep(0.02)
    return False
