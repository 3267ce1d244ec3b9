"""A deployment as docker-compose.yml and the image describe it, on the tests' services and without containers.

The commands, the settings and the proxy's file are those of production; only addresses and ports are the tests' own.
"""

import http.client
import json
import os
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from yhdys.local.home import PROJECT
from yhdys.local.processes import Child, free_port, tail, wait_until_accepts
from yhdys.regions.actions import OWNER
from yhdys.regions.models import Domain, Region

DOMAIN = "yhdys.example"
TOKEN = "token-of-prometheus"
NOT_OURS = ("OWNER_DATABASE_URL", "LOG_FORMAT", "DJANGO_ALLOW_ASYNC_UNSAFE")
"""What the test run has in its environment and no deployment does."""
CADDY = os.environ.get("YHDYS_CADDY") or shutil.which("caddy") or ""
DOCKERFILE = PROJECT / "deploy" / "Dockerfile"
COMPOSE = PROJECT / "docker-compose.yml"


def compose() -> dict[str, Any]:
    """docker-compose.yml as data."""
    told: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return told


def image_command() -> list[str]:
    """What the image starts when nothing else is said."""
    (line,) = [line for line in DOCKERFILE.read_text().splitlines() if line.startswith("CMD ")]
    command: list[str] = json.loads(line.removeprefix("CMD "))
    return command


def production(folder: Path, **more: str) -> dict[str, str]:
    """The environment of docker-compose.yml, filled in as example.env asks, on the tests' services."""
    ours = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    return ours | {
        "DJANGO_SETTINGS_MODULE": "yhdys.config.settings.production",
        "PYTHONPATH": os.pathsep.join(str(PROJECT / root) for root in ("platform", "tenants", "api", "frontend")),
        "PYTHONWARNINGS": "ignore",  # A container's user is not root; a test's may be, and Celery tells so at length.
        "SECRET_KEY": secrets.token_hex(32),
        "YHDYS_DOMAIN": DOMAIN,
        "YHDYS_SENDER": f"yhdys@{DOMAIN}",
        "YHDYS_DATA": str(folder / "data"),
        "YHDYS_STATIC_ROOT": str(folder / "static"),
        "YHDYS_TRUSTED_PROXIES": "1",
        "METRICS_TOKEN": TOKEN,
        **more,
    }


@dataclass
class Answer:
    """What came back through the proxy."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Deployment:
    """Web, worker, beat and proxy at work."""

    folder: Path
    env: dict[str, str]
    web: int
    https: int
    http: int
    counts: int
    """The port at which the worker tells its counts."""

    def ask(self, host: str, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Over TLS, trusting the proxy's own authority and no other. Raises ssl.SSLError when it has no certificate."""
        trust = ssl.create_default_context(cafile=str(self.folder / "pki/authorities/local/root.crt"))
        connection = http.client.HTTPSConnection(host, self.https, context=trust, timeout=30)
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=30)
        connection.sock = trust.wrap_socket(plain, server_hostname=host)
        return _asked(connection, method, path, body, headers)

    def ask_inside(self, port: int, path: str, **headers: str) -> Answer:
        """Past the proxy, as one of the deployment's own machines."""
        return _asked(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "GET", path, b"", headers)

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The log of one of the processes; every line must be JSON."""
        return [json.loads(line) for line in (self.folder / f"{name}.log").read_text().splitlines() if line]


def _asked(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]
) -> Answer:
    try:
        connection.request(method, path, body, {key.replace("_", "-"): value for key, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def eventually(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for another process. Fails when it never comes."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "It never came true."
        time.sleep(0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the static files, collected as the image's building does."""
    made = tmp_path_factory.mktemp("deployment")
    env = production(made, DJANGO_SETTINGS_MODULE="yhdys.config.settings.dev")
    command = [sys.executable, "-m", "yhdys.config.cli", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=env, check=True, cwd=PROJECT)
    return made


@pytest.fixture(scope="module")
def hosts(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Kainuu's host in this deployment."""
    with django_db_blocker.unblock():
        kainuu = Region.objects.using(OWNER).get(slug="kainuu")
        # The library's own way of keeping a domain asks the database in nobody's name.
        domains = Domain.objects.using(OWNER)
        domains.bulk_create([Domain(domain=f"kainuu.{DOMAIN}", tenant=kainuu, is_primary=False)])
        yield
        domains.filter(domain=f"kainuu.{DOMAIN}").delete()


@pytest.fixture(scope="module")
def deployment(folder: Path, hosts: None) -> Iterator[Deployment]:
    """Everything of docker-compose.yml but the database and the broker, which are the tests'."""
    if not CADDY:
        pytest.skip("The reverse proxy of production is not on this machine.")
    web, https, plain, counts = free_port(), free_port(), free_port(), free_port()
    env = production(folder, YHDYS_PUBLIC_PORT=str(https))
    python = [sys.executable, "-m"]
    services = compose()["services"]
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{web}") for word in image_command()]
    options = f"admin off\nskip_install_trust\nhttp_port {plain}\nhttps_port {https}\nstorage file_system {folder}"
    proxied = {"WEB": f"127.0.0.1:{web}", "CERTIFICATES": "internal", "GLOBAL_OPTIONS": options, "HOME": str(folder)}
    caddy = [CADDY, "run", "--config", str(PROJECT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    beat = [word.replace("/tmp/beat", str(folder / "beat")) for word in services["beat"]["command"]]
    worker = services["worker"]["command"]
    # Each has a folder of its own for its counts, as each container has.
    counting = {name: env | {"PROMETHEUS_MULTIPROC_DIR": str(folder / name)} for name in ("web", "worker")}
    counting["worker"]["WORKER_METRICS_PORT"] = str(counts)
    children = {
        "web": Child("web", [*python, *command], folder / "web.log", env=counting["web"]),
        "worker": Child("worker", [*python, *worker], folder / "worker.log", env=counting["worker"]),
        "beat": Child("beat", [*python, *beat], folder / "beat.log", env=env),
        "proxy": Child("proxy", caddy, folder / "proxy.log", env=env | proxied),
    }
    with ExitStack() as running:
        for child in children.values():
            child.start()
            running.callback(child.stop)
        for name, port in (("web", web), ("proxy", https)):
            assert wait_until_accepts(children[name], port), tail(folder / f"{name}.log")
        made = Deployment(folder, env, web, https, plain, counts)
        eventually(lambda: made.ask_inside(web, "/-/ready").status == 200)
        yield made
