"""``up`` finds a Python by running candidates, and passes every word on as it is."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from yhdys.local.home import PROJECT

INSTALL = """
import sys
from pathlib import Path
project = Path(sys.argv[1])
python = project / ".run" / "venv" / "bin" / "python"
python.parent.mkdir(parents=True)
python.write_text('#!/bin/sh\\nfor word in "$@"; do echo "[$word]"; done\\n')
python.chmod(0o755)
print("installed by", sys.executable)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with a space in its name, where installing does nothing but say who was asked."""
    folder = tmp_path / "my clone"
    local = folder / "platform" / "yhdys" / "local"
    local.mkdir(parents=True)
    shutil.copy(PROJECT / "up", folder / "up")
    (local / "install.py").write_text(INSTALL)
    return folder


def run(clone: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(clone.parent)} | env
    return subprocess.run([str(clone / "up"), *arguments], capture_output=True, text=True, env=clean, check=False)


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_help_needs_nothing(clone: Path) -> None:
    done = run(clone, "--help", PATH="/usr/bin:/bin")
    assert done.returncode == 0
    assert "./up manage" in done.stdout
    assert "YHDYS_DEMO_PASSWORD" in done.stdout


def test_an_unknown_word_is_refused_with_help(clone: Path) -> None:
    done = run(clone, "strat")
    assert done.returncode == 2
    assert "“strat”" in done.stderr


def test_words_are_passed_on_as_they_are(clone: Path) -> None:
    done = run(clone, "test", "tests/a b.py", "-k", "it's $HOME", PYTHON=sys.executable)
    assert done.stdout.splitlines()[1:] == ["[-m]", "[yhdys.local]", "[test]", "[tests/a b.py]", "[-k]", "[it's $HOME]"]


def test_a_python_that_does_not_run_is_passed_over(clone: Path, tmp_path: Path) -> None:
    shims = tmp_path / "shims"
    program(shims, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    program(shims, "python3", f'exec "{sys.executable}" "$@"')
    done = run(clone, "check", PATH=f"{shims}:/usr/bin:/bin")
    assert done.returncode == 0
    assert "installed by" in done.stdout


def test_an_old_python_is_passed_over(clone: Path, tmp_path: Path) -> None:
    shims = tmp_path / "shims"
    old = program(shims, "python3.13", "exit 1")
    versions = tmp_path / "pyenv" / "versions" / "3.13.9" / "bin"
    versions.mkdir(parents=True)
    program(versions, "python3", f'exec "{sys.executable}" "$@"')
    done = run(clone, "check", PATH=f"{shims}:/usr/bin:/bin", PYTHON=str(old), PYENV_ROOT=str(tmp_path / "pyenv"))
    assert done.returncode == 0


def test_without_any_python_one_sentence_says_what_to_do(clone: Path, tmp_path: Path) -> None:
    # This machine may have a Python where every machine looks.
    up = clone / "up"
    up.write_text(up.read_text().replace(" /usr/local/bin/python3 /opt/homebrew/bin/python3", ""))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat"):
        (tools / name).symlink_to(str(shutil.which(name)))
    done = run(clone, "check", PATH=str(tools))
    assert done.returncode == 1
    assert done.stderr.startswith("Yhdys needs Python 3.13 or newer")
