"""What goes on while parts of a running Yhdys are killed: visitors read, and letters are written one by one."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from yhdys.local.home import PROJECT
from yhdys.local.letters import LetterBox

PATHS = ("/", "/neuvottelukunta/", "/kokoukset/", "/api/v1/bodies/")
WRITER = """
import sys, time
from django.db import Error, connection, transaction
from yhdys.mail.actions import send
from yhdys.tenancy.context import in_region

for number in range(10**6):
    try:
        with in_region("kainuu"), transaction.atomic():
            send(to=["lukija@example.org"], subject=f"number {number}", text="-", purpose="accessibility_feedback")
    except Error:
        with in_region("kainuu"):
            connection.close()
        time.sleep(0.2)
    else:
        print(number, flush=True)
        time.sleep(0.1)
"""


@dataclass
class Seen:
    """What visitors and the writer met."""

    statuses: Counter[int] = field(default_factory=Counter)
    """0 stands for a connection that was refused or ended."""
    odd: list[str] = field(default_factory=list)
    """Answers that should not be: an error without its sentence, a traceback."""
    written: list[int] = field(default_factory=list)
    """The numbers of the letters whose transaction was committed, as their writer was told."""

    def is_past(self, *, served: int, written: int) -> bool:
        """Whether more pages were served, and more letters written, than this."""
        return self.statuses[200] > served and len(self.written) > written


@contextmanager
def load(port: int, env: dict[str, str], visitors: int = 3) -> Iterator[Seen]:
    """Visitors and the writer at work; they are done when this ends."""
    seen, over = Seen(), threading.Event()
    threads = [threading.Thread(target=_visit, args=(port, seen, over)) for _ in range(visitors)]
    command = [sys.executable, "-m", "yhdys.config.cli", "shell", "--no-imports", "-c", WRITER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=PROJECT) as writer:
        assert writer.stdout is not None
        listener = threading.Thread(target=lambda: seen.written.extend(map(int, writer.stdout or ())))
        for thread in [*threads, listener]:
            thread.start()
        try:
            yield seen
        finally:
            over.set()
            writer.terminate()
            for thread in [*threads, listener]:
                thread.join()


def _visit(port: int, seen: Seen, over: threading.Event) -> None:
    turn = 0
    while not over.is_set():
        turn += 1
        path = PATHS[turn % len(PATHS)]
        status, text = fetch(port, path)
        seen.statuses[status] += 1
        sentence = "Service Unavailable" if path.startswith("/api/") else "Palvelussa on katko"
        if status not in (0, 200, 503) or "Traceback" in text or (status == 503 and sentence not in text):
            seen.odd.append(f"{path} {status} {text[:200]}")
        over.wait(0.05)


def fetch(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page of Kainuu; 0 when nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": f"kainuu.localhost:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


def running_environment(data: Path) -> dict[str, str]:
    """The environment of the children of a running ``./up``."""
    told: dict[str, str] = json.loads((data / "running.json").read_text())["env"]
    return os.environ | told


def letters(data: Path) -> Counter[tuple[int, str]]:
    """The letters that the catcher took, by number and Message-ID."""
    box = LetterBox(data / "mail")
    found: Counter[tuple[int, str]] = Counter()
    for letter in filter(None, map(box.get, box.names())):
        word, _space, number = letter.header("Subject").partition(" ")
        if word == "number":
            found[int(number), letter.header("Message-ID")] += 1
    return found
