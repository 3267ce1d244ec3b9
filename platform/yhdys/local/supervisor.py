"""Runs everything on one machine in the foreground: services, web, worker, beat, mailbox."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import FrameType

from yhdys.local import catalogues
from yhdys.local.home import PROJECT, Home, data_folder, wanted_port
from yhdys.local.processes import Child, Trouble, command_line, free_port, tail, wait_until_accepts
from yhdys.local.services import Services, newest_change

REGIONS = {
    "kainuu": "Kainuu",
    "lappi": "Lapland",
    "kymenlaakso": "Kymenlaakso",
    "pohjois-pohjanmaa": "North Ostrobothnia",
}
LONGEST_PAUSE = 30.0
CALM = 60.0
"""A child that ran this many seconds before it died is started again at once."""


@contextmanager
def step(text: str) -> Iterator[None]:
    """One line of progress for what may take long."""
    started = time.monotonic()
    print(f"{text} …", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"done ({time.monotonic() - started:.1f} s)", flush=True)


def is_free(address: str, port: int) -> bool:
    """Whether we could listen there; an address family this machine lacks does not stand in the way."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            return True
    except OSError:
        return False


def has_ipv6_loopback() -> bool:
    return socket.has_ipv6 and is_free("::1", 0)


def web_addresses(port: int) -> list[str]:
    """Where the web listens: browsers take ``*.localhost`` for either loopback. Raises Trouble when one is taken."""
    addresses = ["127.0.0.1", *(["::1"] if has_ipv6_loopback() else [])]
    if port < 1024 and not all(is_free(address, port) for address in addresses) and os.geteuid() != 0:
        raise Trouble(f"Port {port} needs an administrator's rights; choose one above 1023 with YHDYS_PORT.")
    if not all(is_free(address, port) for address in addresses):
        raise Trouble(f"Port {port} is taken by another program; choose another: YHDYS_PORT={port + 1} ./up")
    return [f"[{address}]:{port}" if ":" in address else f"{address}:{port}" for address in addresses]


def answers(port: int, host: str) -> int:
    """The HTTP status of a site's front page, 0 while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/", headers={"Host": f"{host}:{port}"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


@dataclass
class Watched:
    """A child that is started again when it dies, after pauses that grow while it keeps dying."""

    child: Child
    started: float = field(default_factory=time.monotonic)
    pause: float = 0.0
    due: float | None = None

    def look(self) -> None:
        if self.child.running:
            return
        now = time.monotonic()
        if self.due is None:
            self.pause = 0.0 if now - self.started > CALM else min(LONGEST_PAUSE, max(1.0, self.pause * 2))
            self.due = now + self.pause
            code = self.child.process.poll() if self.child.process else None
            print(f"{self.child.name} ended ({code}) and is started again; see {self.child.log}", flush=True)
        if now >= self.due:
            self.child.stop()
            self.child.start()
            self.started, self.due = now, None


class Supervisor:
    def __init__(self) -> None:
        self.home = Home(data_folder())
        self.port = wanted_port()
        self.services = Services(self.home)
        self.watched: list[Watched] = []
        self.mailbox_port = 0
        self.env: dict[str, str] = {}
        self.static_files = ""

    @property
    def national_url(self) -> str:
        return f"http://localhost:{self.port}"

    def run(self) -> None:
        """Everything, until a signal. Raises Trouble with a sentence when something cannot start."""
        self.home.open()
        if not self.home.take():
            where = self.home.running().get("national_url", "its own address")
            raise Trouble(
                f"Yhdys is running already with the data folder {self.home.folder}, at {where}. "
                "Stop it with Ctrl-C where it was started, or choose another folder with YHDYS_DATA."
            )
        self.clear_leftovers()
        addresses = web_addresses(self.port)
        # SIGINT too: a shell that starts us in the background hides it from us.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        self.home.turn_logs()
        try:
            self.start(addresses)
            self.watch()
        except KeyboardInterrupt:
            print("\nStopping …", end=" ", flush=True)
        finally:
            self.stop()
        print("stopped.", flush=True)

    @staticmethod
    def _end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def clear_leftovers(self) -> None:
        """Children of a killed supervisor are on their way out: wait for them, then insist."""
        deadline = time.monotonic() + 10
        left = {int(pid): word for pid, word in self.home.running().get("children", {}).items()}
        while left := {pid: word for pid, word in left.items() if word in command_line(pid)}:
            number = signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL
            for pid in left:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    continue
            time.sleep(0.2)
        self.home.forget_running()

    def start(self, addresses: list[str]) -> None:
        with step("Starting PostgreSQL and Valkey"):
            self.services.start_database()
            self.services.start_valkey()
        self.watched += [Watched(child) for child in self.services.children]
        email_url = os.environ.get("EMAIL_URL") or self.start_catcher()
        mailbox_url = f"http://localhost:{self.mailbox_port}/" if self.mailbox_port else ""
        self.env = self.services.environment(port=self.port, email_url=email_url, mailbox_url=mailbox_url)
        self.tell_running()
        catalogues.compile_all(PROJECT)
        static = self.collect_static()
        try:
            with step("Preparing the database"):
                self.manage("deploy")
            password = self.load_demo()
            if static is not None:
                with step("Collecting static files"):
                    self.finish(static)
                    (self.home.folder / "static-files").write_text(self.static_files)
        finally:
            if static is not None:
                static.stop()
        web = ["gunicorn", "--config", "python:yhdys.config.gunicorn"]
        for address in addresses:
            web += ["--bind", address]
        celery = ["celery", "-A", "yhdys.config.celery", "--quiet"]
        with step("Starting web, worker and beat"):
            self.start_child("web", web, signal.SIGQUIT)
            worker = ["worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
            # Killed when we die, for it would wait for its broker for ever; its pool's processes do the same with it.
            self.start_child("worker", [*celery, *worker])
            schedule = ["--schedule", str(self.home.folder / "beat-schedule"), "--pidfile", ""]
            self.start_child("beat", [*celery, "beat", "--loglevel", "INFO", *schedule])
            self.tell_running()
            self.wait_for_doors()
        self.show(password)

    def start_child(self, name: str, module: list[str], death_signal: signal.Signals = signal.SIGKILL) -> Child:
        env = (self.env or dict(os.environ)) | {"PROMETHEUS_MULTIPROC_DIR": str(self.home.folder / "metrics" / name)}
        command = [sys.executable, "-m", *module]
        child = Child(name, command, self.home.log(name), env=env, cwd=PROJECT, death_signal=death_signal)
        child.start()
        self.watched.append(Watched(child))
        return child

    def start_catcher(self) -> str:
        """Our own mail catcher on 25 above the web's port where that is free, so that its address stays."""
        wished = self.port + 25
        self.mailbox_port = wished if wished < 65536 and is_free("127.0.0.1", wished) else free_port()
        smtp_port = free_port()
        module = ["yhdys.local.catcher", str(self.home.folder / "mail"), str(smtp_port), str(self.mailbox_port)]
        child = self.start_child("mailbox", module)
        if not wait_until_accepts(child, self.mailbox_port):
            raise Trouble(f"The mailbox did not start; see {child.log}\n{tail(child.log)}")
        return f"smtp://127.0.0.1:{smtp_port}"

    def begin(self, *arguments: str, **extra: str) -> Child:
        """Start one of Django's commands with the owner's rights."""
        child = Child(
            arguments[0],
            [sys.executable, "-m", "yhdys.config.cli", *arguments],
            self.home.log(arguments[0]),
            env=self.services.owner_environment(self.env) | extra,
            cwd=PROJECT,
        )
        child.start()
        return child

    @staticmethod
    def finish(child: Child) -> None:
        """Wait for its end. Raises Trouble with its last words when it did not succeed."""
        code = child.process.wait() if child.process else 1
        if code != 0:
            raise Trouble(f"“{child.name}” did not succeed; see {child.log}\n{tail(child.log)}")

    def manage(self, *arguments: str, **extra: str) -> None:
        child = self.begin(*arguments, **extra)
        try:
            self.finish(child)
        finally:
            child.stop()

    def collect_static(self) -> Child | None:
        """Begin it, beside the database's work, when a static file or the requirements have changed."""
        stamp = self.home.folder / "static-files"
        now = newest_change(list(PROJECT.glob("*/yhdys/*/static"))) + f" {sys.prefix}"
        now += f" {(PROJECT / 'requirements' / 'dev.txt').stat().st_mtime_ns}"
        if stamp.exists() and stamp.read_text() == now and self.home.static.exists():
            return None
        stamp.unlink(missing_ok=True)
        child = self.begin("collectstatic", "--noinput", "--clear", "--verbosity", "0")
        self.static_files = now
        return child

    def load_demo(self) -> str:
        """The demonstration content, once; again when another password is wished. Answers the password."""
        kept = self.home.secrets["demo_password"]
        used = self.home.folder / "demo-password"
        password = os.environ.get("YHDYS_DEMO_PASSWORD") or (used.read_text() if used.exists() else kept)
        if self.home.demo_accounts.exists() and used.exists() and secrets.compare_digest(used.read_text(), password):
            return password
        with step("Loading the demonstration content"):
            self.manage("create_region", *REGIONS, "--if-missing")
            self.manage("load_demo", YHDYS_DEMO_PASSWORD=password)
        used.touch(mode=0o600)
        used.write_text(password)
        return password

    def wait_for_doors(self) -> None:
        """Until the national site and every region answer with a page. Raises Trouble after a minute."""
        deadline = time.monotonic() + 60
        waiting = ["localhost", *(f"{slug}.localhost" for slug in REGIONS)]
        status = 0
        while waiting and time.monotonic() < deadline:
            status = answers(self.port, waiting[0])
            if 200 <= status < 400:
                waiting.pop(0)
            else:
                time.sleep(0.2)
        if waiting:
            log = self.home.log("web")
            said = f"answers with an error ({status})" if status else "does not answer"
            raise Trouble(f"http://{waiting[0]}:{self.port}/ {said}; see {log}\n{tail(log)}")

    def tell_running(self) -> None:
        """What ``./up manage`` and the next start need to know; private, since it holds URLs with passwords."""
        words = {"postgres": "postgres", "valkey": "valkey-server", "mailbox": "yhdys.local.catcher", "web": "gunicorn"}
        words |= {"worker": "celery", "beat": "celery"}
        children = {
            str(watched.child.process.pid): words[watched.child.name]
            for watched in self.watched
            if watched.child.process is not None
        }
        told = {key: value for key, value in self.env.items() if os.environ.get(key) != value}
        env = self.services.owner_environment(told)
        self.home.tell_running({"national_url": self.national_url, "env": env, "children": children})

    def show(self, password: str) -> None:
        """What a person needs in order to begin."""
        sites = [("National overview", f"{self.national_url}/")]
        sites += [(name, f"http://{slug}.localhost:{self.port}/") for slug, name in REGIONS.items()]
        if self.mailbox_port:
            sites.append(("Mailbox", f"http://localhost:{self.mailbox_port}/"))
        print()
        for name, url in sites:
            print(f"  {name:<20} {url}")
        accounts = json.loads(self.home.demo_accounts.read_text()) if self.home.demo_accounts.exists() else []
        if accounts:
            print(f"\n  Demonstration accounts, password {password}")
            width = max(len(account["email"]) for account in accounts)
            for url, people in groupby(accounts, key=itemgetter("url")):
                print(f"  {url}")
                for account in people:
                    print(f"    {account['email']:<{width}}  {account['role']}")
        print(f"\n  Logs are in {self.home.logs}. Ctrl-C stops everything.\n")
        print(f"Yhdys is ready: {self.national_url}", flush=True)

    def watch(self) -> None:
        while True:
            before = [watched.child.process for watched in self.watched]
            for watched in self.watched:
                watched.look()
            if before != [watched.child.process for watched in self.watched]:
                self.tell_running()
            time.sleep(0.5)

    def stop(self) -> None:
        """First those who use the services, all at once, then the services."""
        services = self.services.children
        others = [watched.child for watched in self.watched if watched.child not in services]
        for child in others:
            child.ask_to_stop()
        for child in others:
            child.stop()
        self.services.stop()
        self.home.forget_running()


def manage(arguments: list[str]) -> int:
    """``./up manage …`` on the running services, or on services started for this one command. Answers its status."""
    home = Home(data_folder())
    home.open()
    command = [sys.executable, "-m", "yhdys.config.cli", *arguments]
    if not home.take():
        told = home.running().get("env")
        if not told:
            raise Trouble("Yhdys is just starting with this data folder; try again when it is ready.")
        return call(command, os.environ | told)
    services = Services(home)
    try:
        services.start_database()
        services.start_valkey()
        # Letters that the command queues leave when Yhdys runs again: its worker sends them.
        email_url = os.environ.get("EMAIL_URL", "smtp://127.0.0.1:9")
        env = services.environment(port=wanted_port(), email_url=email_url)
        return call(command, services.owner_environment(env))
    finally:
        services.stop()


def call(command: list[str], env: dict[str, str], cwd: Path = PROJECT) -> int:
    """Run a command in our terminal; Ctrl-C is for it, and we wait for its end."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=_listen_to_ctrl_c) as process:
            return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _listen_to_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
