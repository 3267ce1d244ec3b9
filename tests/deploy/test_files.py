"""The files of a deployment hold what their formats allow, and agree with each other."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.deploy.conftest import COMPOSE, DOCKERFILE, compose

from yhdys.local.home import PROJECT

BESIDE = Path(sys.executable).parent


def test_compose_obeys_the_compose_specification() -> None:
    command = [BESIDE / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_nothing_in_the_dockerfile() -> None:
    done = subprocess.run([BESIDE / "hadolint", "--no-color", DOCKERFILE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_image_copies_is_there_and_is_not_ignored() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE.read_text(), re.MULTILINE)
    allowed = re.findall(r"^!(\S+)", (PROJECT / ".dockerignore").read_text(), re.MULTILINE)
    assert copied
    for path in copied:
        assert (PROJECT / path).exists(), path
        assert path.partition("/")[0] in allowed, path


def test_nothing_in_the_image_runs_as_root() -> None:
    users = re.findall(r"^USER (\S+)", DOCKERFILE.read_text(), re.MULTILINE)
    assert users == ["10001:10001"]
    assert DOCKERFILE.read_text().index("USER ") < DOCKERFILE.read_text().index("CMD ")


def test_every_value_that_compose_asks_for_stands_in_the_example() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE.read_text()))
    told = set(re.findall(r"^(\w+)=", (PROJECT / "deploy" / "example.env").read_text(), re.MULTILINE))
    assert asked == told


@pytest.mark.parametrize("service", ["web", "worker", "beat", "proxy"])
def test_only_the_deployment_job_knows_the_owners_password(service: str) -> None:
    told = compose()["services"][service]["environment"]
    assert not [name for name in told if name.startswith(("OWNER", "ADMIN"))]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in compose()["services"].items() if "ports" in service] == ["proxy"]
