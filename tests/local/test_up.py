"""``./up`` as a person knows it: one real run of everything, then its accidents."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.local.load import letters, load, running_environment

from yhdys.local.home import PROJECT
from yhdys.local.postgres import Postgres
from yhdys.local.processes import command_line, free_port
from yhdys.local.supervisor import REGIONS

GIVEN = ("DATABASE_URL", "OWNER_DATABASE_URL", "BROKER_URL", "CACHE_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE")
PASSWORD = "Kokeilu-salasana-1"
LONGEST_START = 240.0


def eventually(is_so: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False


class Up:
    """One ``./up`` with its data folder and port, its words in a file."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.data = folder / "my data"
        self.port = free_port()
        self.said = folder / "said"
        # What the test run's own services are called must not reach it.
        clean = {key: value for key, value in os.environ.items() if key not in GIVEN and not key.startswith("YHDYS_")}
        ours = {"YHDYS_DATA": str(self.data), "YHDYS_PORT": str(self.port), "YHDYS_DEMO_PASSWORD": PASSWORD}
        self.env = clean | ours | env
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "yhdys.local"], stdout=said, stderr=said, env=self.env, cwd=PROJECT
            )
        ready = f"Yhdys is ready: http://localhost:{self.port}\n"
        assert eventually(lambda: ready in self.words or not self.is_running, LONGEST_START), self.words
        assert ready in self.words, self.words

    @property
    def words(self) -> str:
        return self.said.read_text()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def children(self) -> dict[int, str]:
        told = json.loads((self.data / "running.json").read_text())["children"]
        return {int(pid): word for pid, word in told.items()}

    def interrupt(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def end(self) -> None:
        if self.process is not None and self.is_running:
            self.interrupt()

    def ask(self, host: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/", headers={"Host": f"{host}:{self.port}"})
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "yhdys.local", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=self.env | env, cwd=PROJECT, check=False)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Running until the module's end, with one region's content: loading all four takes longer than all tests here."""
    running = Up(tmp_path_factory.mktemp("up"))
    for words in (["deploy"], ["create_region", *REGIONS], ["load_demo", "kainuu"]):
        done = running.run("manage", *words)
        assert done.returncode == 0, done.stderr
    (running.data / "demo-password").write_text(PASSWORD)
    try:
        running.start()
        yield running
    finally:
        running.end()


def test_every_door_answers_when_it_says_so(up: Up) -> None:
    hosts = ["localhost", *(f"{slug}.localhost" for slug in REGIONS)]
    assert {host: up.ask(host) for host in hosts} == dict.fromkeys(hosts, 200)


def test_it_prints_the_sites_the_mailbox_and_the_accounts_with_their_password(up: Up) -> None:
    for slug in REGIONS:
        assert f"http://{slug}.localhost:{up.port}/" in up.words
    mailbox = re.search(r"Mailbox +(http://localhost:\d+/)", up.words)
    assert mailbox is not None
    connection = HTTPConnection("127.0.0.1", urlsplit(mailbox[1]).port or 0, timeout=10)
    connection.request("GET", "/", headers={"Host": urlsplit(mailbox[1]).netloc})
    assert connection.getresponse().status == 200
    connection.close()
    assert PASSWORD in up.words
    accounts = json.loads((up.data / "demo-accounts.json").read_text())
    assert accounts
    assert all(account["email"] in up.words for account in accounts)


def test_what_it_keeps_is_private(up: Up) -> None:
    for name in ("", "secrets.json", "running.json"):
        assert (up.data / name).stat().st_mode & 0o077 == 0


def test_a_second_one_on_the_same_data_says_that_the_first_is_running(up: Up) -> None:
    second = up.run(YHDYS_PORT=str(free_port()))
    assert second.returncode == 1
    assert second.stderr.startswith("Yhdys is running already with the data folder")
    assert f"http://localhost:{up.port}" in second.stderr
    assert up.ask("localhost") == 200


def test_a_taken_port_is_a_sentence(up: Up, tmp_path: Path) -> None:
    second = up.run(YHDYS_DATA=str(tmp_path / "other"))
    assert second.returncode == 1
    assert (
        second.stderr == f"Port {up.port} is taken by another program; choose another: YHDYS_PORT={up.port + 1} ./up\n"
    )


def test_manage_works_on_the_running_services(up: Up) -> None:
    done = up.run("manage", "list_regions")
    assert done.returncode == 0, done.stderr
    assert all(slug in done.stdout for slug in REGIONS)


def killed(up: Up, word: str) -> None:
    """One part, all its processes at once, as if the machine had run out of memory."""
    pids = [pid for pid in up.children() if word in command_line(pid)]
    assert pids, word
    for pid in pids:
        os.killpg(os.getpgid(pid), signal.SIGKILL)
    assert eventually(lambda: not set(pids) & set(up.children())), up.words


def test_parts_that_are_killed_under_load_come_back_and_no_letter_is_lost_or_doubled(up: Up) -> None:
    env = running_environment(up.data)
    with load(up.port, env) as seen:
        assert eventually(lambda: len(seen.written) > 10)
        for word in ("gunicorn", "postgres", "valkey-server", "celery worker", "celery beat"):
            killed(up, word.replace("celery ", ""))
            served, written = seen.statuses[200] + 20, len(seen.written) + 10
            assert eventually(partial(seen.is_past, served=served, written=written)), word
    assert seen.odd == []
    assert eventually(lambda: {number for number, _ in letters(up.data)} >= set(seen.written), 120), "a letter was lost"
    numbers = Counter(number for number, _ in letters(up.data))
    assert set(numbers.values()) == {1}, "a letter was written twice"


def test_beside_it_another_works_on_its_users_own_database(up: Up, tmp_path: Path) -> None:
    server = Postgres(tmp_path / "server", tmp_path / "server.log", throwaway=True)
    server.start()
    second = Up(tmp_path, DATABASE_URL=server.admin_url)
    try:
        done = second.run("manage", "check", "--database", "default")
        assert done.returncode == 0, done.stderr
        assert not (second.data / "postgres").exists()
        with psycopg.connect(server.admin_url) as connection:
            found = connection.execute("select 1 from pg_database where datname = 'yhdys'").fetchone()
        assert found == (1,)
    finally:
        server.stop()
    # A connection from before the database's death may still stand in a pool: one request finds it out.
    assert eventually(lambda: up.ask("kainuu.localhost") == 200)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux ends children with their parent.")
def test_after_a_violent_end_nothing_is_left_and_the_next_start_is_quick(up: Up) -> None:
    children = up.children()
    assert sorted(children.values()) == sorted(
        ["postgres", "valkey-server", "yhdys.local.catcher", "gunicorn", "celery", "celery"]
    )
    assert up.process is not None
    up.process.kill()
    up.process.wait()
    assert eventually(lambda: not any(word in command_line(pid) for pid, word in children.items()), 30)

    started = time.monotonic()
    up.start()

    assert up.ask("kainuu.localhost") == 200
    assert "Loading the demonstration content" not in up.words
    assert "Collecting static files" not in up.words
    assert time.monotonic() - started < 60


def test_ctrl_c_stops_everything_and_the_services_can_be_had_for_one_command(up: Up) -> None:
    children = up.children()
    assert up.interrupt() == 0
    assert "stopped." in up.words
    assert not any(word in command_line(pid) for pid, word in children.items())
    assert not (up.data / "running.json").exists()

    done = up.run("manage", "list_regions")

    assert done.returncode == 0, done.stderr
    assert "kainuu" in done.stdout
    lock = up.data / "postgres" / "data" / "postmaster.pid"
    assert not lock.exists()
