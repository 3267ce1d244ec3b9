"""A broker of one's own, which a test may stop, and a real worker on it."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yhdys.config.celery import app
from yhdys.local.processes import Child
from yhdys.local.valkey import BROKER, Valkey

PROBE = Path(__file__).with_name("worker")
ROOTS = [str(Path(__file__).parents[2] / root) for root in ("platform", "tenants", "api", "frontend")]
PATIENCE = 30.0


def wait_until(true: Callable[[], bool]) -> None:
    """Give another process time to do its work. Fails loudly when it never does."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "It never came true."
        time.sleep(0.02)


def send_through(url: str) -> None:
    """Let this process send its messages to another broker."""
    app.conf.broker_url = url
    app._pool = None
    app.amqp._producer_pool = None


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A broker for these tests alone.

    Of a module, not of the package: without an ``__init__.py`` that lasts for the whole run, and the worker would do
    what later tests of other folders leave waiting.
    """
    folder = tmp_path_factory.mktemp("broker")
    valkey = Valkey(folder / "valkey", folder / "valkey.log")
    valkey.start()
    before = app.conf.broker_url
    send_through(valkey.url(BROKER))
    yield valkey
    send_through(before)
    valkey.stop()


class Worker:
    """A prefork worker of two processes, as in production."""

    def __init__(self, log: Path, url: str) -> None:
        command = [
            sys.executable, "-m", "celery", "-A", "yhdys.config.celery", "worker", "--pool", "prefork",
            "--concurrency", "2", "--include", "worker_probe", "--without-gossip", "--without-mingle",
        ]  # fmt: skip
        env = os.environ | {
            "BROKER_URL": url,
            "PYTHONPATH": os.pathsep.join([*ROOTS, str(PROBE)]),
            "LOG_FORMAT": "json",
        }
        self.child = Child("worker", command, log=log, env=env)

    def said(self, *words: str) -> bool:
        """Whether a line of its log has all the words."""
        lines = self.child.log.read_text().splitlines() if self.child.log.exists() else []
        return any(all(word in line for word in words) for line in lines)


@pytest.fixture(scope="module")
def running_worker(broker: Valkey, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """Started once for all tests of a file."""
    worker = Worker(tmp_path_factory.mktemp("worker") / "worker.log", broker.url(BROKER))
    worker.child.start()
    try:
        wait_until(lambda: worker.said("ready"))
        yield worker
    finally:
        worker.child.stop()


@pytest.fixture
def worker(committed: None, running_worker: Worker) -> Worker:
    """The worker, and a database in which what is written stays written for it to see."""
    app.control.purge()
    return running_worker
