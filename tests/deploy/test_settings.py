"""Production refuses what belongs to somebody's own machine, and Django has nothing to add."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.deploy.conftest import production

from yhdys.local.home import PROJECT


def python(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, cwd=PROJECT)


def test_the_deployments_own_check_is_clean(tmp_path: Path) -> None:
    words = ["-m", "yhdys.config.cli", "check", "--deploy", "--fail-level", "WARNING"]
    done = python(production(tmp_path), *words)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "Set SECRET_KEY"),
        ("SECRET_KEY", "only-for-one-machine-never-for-production-0123456789", "must be random"),
        ("SECRET_KEY", "short", "at least 50 characters"),
        ("SECRET_KEY", "a" * 64, "must be random"),
        ("YHDYS_DOMAIN", "localhost", "the deployment's own name"),
        ("EMAIL_URL", "", "Set EMAIL_URL"),
        ("DATABASE_URL", "postgresql://postgres:x@db/yhdys", "the login role"),
        ("DATABASE_URL", "postgresql://yhdys_owner:x@db/yhdys", "the login role"),
        ("YHDYS_DEMO_PASSWORD", "Kokeilu-1", "Take away YHDYS_DEMO_PASSWORD"),
        ("YHDYS_MAILBOX_URL", "http://localhost:8025/", "Take away YHDYS_MAILBOX_URL"),
    ],
)
def test_what_is_unsafe_is_refused_with_a_sentence(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    done = python(production(tmp_path, **{name: value}), "-c", "import yhdys.config.settings.production")
    assert done.returncode != 0
    assert sentence in done.stderr.splitlines()[-1]
