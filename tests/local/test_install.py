"""Packages are installed once, again when what is wanted changed, and anew when the folder moved."""

import sys
from pathlib import Path

import pytest

from yhdys.local import install
from yhdys.local.home import PROJECT
from yhdys.local.install import InstallTrouble

UV = f"""#!/bin/sh
echo "$*" >> "$(dirname "$0")/calls"
for last in "$@"; do :; done
case $1 in
venv)
    mkdir -p "$last/bin" "$last/lib/python3.13/site-packages"
    printf '#!/bin/sh\\nexec "{sys.executable}" "$@"\\n' > "$last/bin/python"
    chmod +x "$last/bin/python"
    ;;
pip) [ ! -e "$(dirname "$0")/broken" ] ;;
esac
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose uv only writes down what it was asked."""
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "uv").write_text(UV)
    (folder / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone in a folder with a space in its name."""
    folder = tmp_path / "my clone"
    (folder / "requirements").mkdir(parents=True)
    (folder / "requirements" / "dev.txt").write_text("django==6.1.3 --hash=sha256:00\n")
    return folder


def calls(tools: Path) -> list[str]:
    """What uv was asked to do; its version is asked each time."""
    written = (tools / "calls").read_text().splitlines() if (tools / "calls").exists() else []
    return [line.partition(" -p ")[0] for line in written if line != "--version"]


BOTH = ["venv --quiet --no-project", "pip sync --quiet --require-hashes"]


def test_the_first_start_makes_an_environment_with_the_four_roots_on_its_path(tools: Path, project: Path) -> None:
    install.install(project)
    assert calls(tools) == BOTH
    path = project / ".run" / "venv" / "lib" / "python3.13" / "site-packages" / "yhdys.pth"
    assert path.read_text().splitlines() == [f"{project / root}" for root in install.ROOTS]
    assert all((PROJECT / root).is_dir() for root in install.ROOTS)


def test_the_next_start_does_nothing(tools: Path, project: Path) -> None:
    install.install(project)
    install.install(project)
    assert calls(tools) == BOTH


def test_changed_requirements_are_installed_into_the_same_environment(tools: Path, project: Path) -> None:
    install.install(project)
    (project / "requirements" / "dev.txt").write_text("django==6.1.4 --hash=sha256:00\n")
    install.install(project)
    assert calls(tools) == [*BOTH, BOTH[1]]


def test_a_moved_folder_gets_a_new_environment(tools: Path, project: Path) -> None:
    install.install(project)
    moved = project.rename(project.with_name("moved"))
    install.install(moved)
    assert calls(tools) == [*BOTH, *BOTH]


def test_what_was_interrupted_is_finished_by_the_next_start(
    tools: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tools / "broken").touch()
    with pytest.raises(InstallTrouble, match=r"Some Python packages could not be installed .*install\.log"):
        install.install(project)
    (tools / "broken").unlink()
    install.install(project)
    assert calls(tools) == [*BOTH, BOTH[1]]


def test_a_uv_that_does_not_run_is_not_used(tools: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tools / "uv").write_text("#!/bin/sh\nexit 1\n")
    ours = project / ".run" / "uv" / "bin" / "uv"
    ours.parent.mkdir(parents=True)
    ours.write_text(UV)
    ours.chmod(0o755)
    install.install(project)
    assert calls(ours.parent) == BOTH


def test_without_a_network_one_sentence_says_where_the_log_is(
    tools: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tools / "uv").unlink()
    monkeypatch.setattr(install, "logged", lambda log, *command: False)
    with pytest.raises(InstallTrouble, match=r"uv, which installs the rest, could not be fetched .*install\.log"):
        install.install(project)
