"""``./up test`` and its neighbours: what they run, and what they refuse to leave out."""

from pathlib import Path

import pytest

from yhdys.local import checks, testing
from yhdys.local.processes import Trouble


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "find_chromium", str)
    monkeypatch.setattr(testing, "fetch_chromium", str)


def test_the_first_browser_that_runs_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "chromium", "exit 1")
    works = program(tmp_path, "google-chrome", "echo 'Google Chrome 140'")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(testing, "BROWSERS", ("chromium", "google-chrome"))
    monkeypatch.delenv("YHDYS_CHROMIUM", raising=False)
    assert testing.find_chromium() == str(works)


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_one_line_says_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert testing.environment()["YHDYS_CHROMIUM"] == ""
    assert capsys.readouterr().out == "No Chromium on this machine: the browser tests are skipped.\n"


@pytest.mark.usefixtures("no_browser")
def test_ci_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Trouble, match="in CI nothing is skipped"):
        testing.environment()


def test_both_halves_are_run_and_either_one_fails_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(checks, "run", lambda names: ran.append("checks") or 1)
    monkeypatch.setattr(testing, "pytest", lambda arguments: ran.append("pytest") or 0)
    assert testing.run([]) == 1
    assert ran == ["checks", "pytest"]


def test_arguments_run_just_those_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(checks, "run", lambda names: pytest.fail("No checks were asked for."))
    monkeypatch.setattr(testing, "pytest", lambda arguments: ran.append(arguments) or 0)
    assert testing.run(["tests/local", "-x"]) == 0
    assert ran == [["tests/local", "-x"]]


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(Trouble, match="no check “mipy”; there are: layout, "):
        checks.run(["mipy"])
    with pytest.raises(Trouble, match="no benchmark “speed”; there are: "):
        testing.bench(["speed"])


def test_a_failing_check_is_told_with_what_it_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "CHECKS", {"good": list, "bad": lambda: ["here.py:1 is bad"]})
    assert checks.run([]) == 1
    said = capsys.readouterr().out
    assert "good … ok" in said
    assert "bad … failed" in said
    assert "  here.py:1 is bad\n" in said
    assert said.endswith("Failed: bad\n")
