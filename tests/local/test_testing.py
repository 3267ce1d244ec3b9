"""``./up test`` and its neighbours: what they run, and what they refuse to leave out."""

import json
import os
from contextlib import nullcontext
from pathlib import Path
from threading import Barrier

import pytest

from yhdys.local import checks, pytest_kept, testing
from yhdys.local.home import PROJECT
from yhdys.local.processes import Child, Trouble


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "find_chromium", str)
    monkeypatch.setattr(testing, "find_caddy", str)
    monkeypatch.setattr(testing, "fetch", lambda package, what: None)


def test_the_first_browser_that_runs_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "chromium", "exit 1")
    works = program(tmp_path, "google-chrome", "echo 'Google Chrome 140'")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(testing, "BROWSERS", ("chromium", "google-chrome"))
    monkeypatch.delenv("YHDYS_CHROMIUM", raising=False)
    assert testing.find_chromium() == str(works)


@pytest.mark.usefixtures("bare_machine")
def test_without_a_browser_or_a_proxy_one_line_each_says_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    environment = testing.environment()
    assert (environment["YHDYS_CHROMIUM"], environment["YHDYS_CADDY"]) == ("", "")
    assert capsys.readouterr().out.splitlines() == [
        "No chromium on this machine: the browser tests are skipped.",
        "No caddy on this machine: the tests behind a proxy are skipped.",
    ]


@pytest.mark.usefixtures("bare_machine")
def test_ci_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Trouble, match="in CI nothing is skipped"):
        testing.environment()


@pytest.mark.parametrize("count", [0, 2])
def test_both_halves_are_run_and_either_one_fails_the_whole(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(checks, "run", lambda names: ran.append("checks") or 1)
    monkeypatch.setattr(testing, "pytest", lambda arguments, preparing=None: ran.append("pytest") or 0)
    monkeypatch.setattr(testing, "workers", lambda arguments: count)
    monkeypatch.setattr(testing, "preparation", nullcontext)
    assert testing.run([]) == 1
    assert ran == ["checks", "pytest"]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ([], 3),
        (["tests/local"], 3),
        (["tests/local/test_testing.py", "tests/local"], 3),
        (["tests/local/test_testing.py"], 0),
        (["tests/local/test_testing.py::test_ci_skips_nothing"], 0),
        (["tests/local", "-s"], 0),
    ],
)
def test_whole_folders_are_shared_out(arguments: list[str], count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in testing.GIVEN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 3)
    assert testing.workers(arguments) == count
    monkeypatch.setattr(os, "process_cpu_count", lambda: 1)
    assert testing.workers(arguments) == 0
    monkeypatch.setattr(os, "process_cpu_count", lambda: 96)
    assert testing.workers(arguments) == (testing.MOST_WORKERS if count else 0)


def test_given_services_are_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "process_cpu_count", lambda: 3)
    monkeypatch.setenv("DATABASE_URL", "postgresql://admin@db.example/yhdys")
    assert testing.workers([]) == 0


def test_workers_begin_from_the_database_prepared_for_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: list[tuple[list[str], str]] = []
    monkeypatch.setattr(testing, "environment", dict)
    monkeypatch.setattr(testing, "workers", lambda arguments: 3)
    monkeypatch.setattr(testing, "call", lambda command, env: called.append((command, env[pytest_kept.PREPARED])) or 0)
    preparing = Child("preparation", ["true"], tmp_path / "log")
    preparing.start()
    assert testing.pytest(["tests/local"], preparing) == 0
    ((command, prepared),) = called
    assert command[command.index("-n") + 1] == "3"
    assert command[-1] == "tests/local"
    assert prepared == pytest_kept.key()


def test_without_a_prepared_database_nothing_is_tested(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(testing, "environment", dict)
    monkeypatch.setattr(testing, "call", lambda command, env: pytest.fail("There is nothing to test on."))
    preparing = Child("preparation", ["sh", "-c", "echo 'relation is missing'; exit 1"], tmp_path / "log")
    preparing.start()
    with pytest.raises(Trouble, match="relation is missing"):
        testing.pytest([], preparing)


def test_ci_takes_no_database_but_its_own_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pytest_kept, "_folder", lambda: tmp_path / "kept")
    made = tmp_path / "made"
    made.mkdir()
    (made / "table").write_text("row")
    pytest_kept.keep(made)
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv(pytest_kept.PREPARED, raising=False)
    assert not pytest_kept.restore(tmp_path / "first")
    monkeypatch.setenv(pytest_kept.PREPARED, pytest_kept.key())
    assert pytest_kept.restore(tmp_path / "second")
    assert (tmp_path / "second" / "table").read_text() == "row"
    monkeypatch.delenv("CI")
    monkeypatch.delenv(pytest_kept.PREPARED)
    assert pytest_kept.restore(tmp_path / "third")


def test_findings_are_told_in_their_order_though_all_look_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    both = Barrier(2, timeout=30)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 2)
    monkeypatch.setattr(checks, "CHECKS", {"one": lambda: both.wait() * 0 or [], "two": lambda: both.wait() * 0 or []})
    assert checks.run([]) == 0
    said = capsys.readouterr().out
    assert said.index("one … ok") < said.index("two … ok")


def test_arguments_run_just_those_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(checks, "run", lambda names: pytest.fail("No checks were asked for."))
    monkeypatch.setattr(testing, "pytest", lambda arguments, preparing=None: ran.append(arguments) or 0)
    assert testing.run(["tests/local", "-x"]) == 0
    assert ran == [["tests/local", "-x"]]


def proving(monkeypatch: pytest.MonkeyPatch, count: int) -> list[tuple[list[str], int | None]]:
    """Prove nothing; the list says what would be run, and by how many."""
    ran: list[tuple[list[str], int | None]] = []
    monkeypatch.setattr(testing, "workers", lambda arguments: count)
    monkeypatch.setattr(testing, "preparation", nullcontext)
    monkeypatch.setattr(
        testing, "pytest", lambda arguments, preparing=None, count=None: ran.append((arguments, count)) or 0
    )
    return ran


def test_a_proof_is_its_folder_of_tests_with_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = proving(monkeypatch, 2)
    monkeypatch.setattr(checks, "run", lambda names: pytest.fail("No check of the source was asked for."))
    assert testing.check(["overview", "--maxfail", "1"]) == 0
    assert ran == [(["tests/overview", "--maxfail", "1"], 2)]


def test_checks_of_the_source_and_proofs_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    ran, looked = proving(monkeypatch, 0), []
    monkeypatch.setattr(checks, "run", lambda names: looked.append(names) or 1)
    assert testing.check(["mypy", "overview"]) == 1
    assert looked == [["mypy"]]
    assert ran == [(["tests/overview"], None)]
    assert testing.check([]) == 1
    assert looked == [["mypy"], []]


@pytest.mark.parametrize("name", checks.PROOFS)
def test_every_proof_has_tests(name: str) -> None:
    assert list((PROJECT / checks.PROOFS[name]).glob("test_*.py"))


def test_a_check_of_the_source_takes_no_options() -> None:
    with pytest.raises(Trouble, match="--fix is an option of no check but of the proofs: isolation, "):
        testing.check(["ruff", "--fix"])


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(Trouble, match="no check “mipy”; there are: layout, "):
        checks.run(["mipy"])
    with pytest.raises(Trouble, match="no benchmark “speed”; there are: "):
        testing.bench(["speed"])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["request", "--json"], '{"rotating": 1.5}'),
        (["--json"], '{"request": {"rotating": 1.5}, "provision": {"replay": 2.0}}'),
    ],
)
def test_a_benchmarks_figures_are_its_last_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: list[str], told: str
) -> None:
    def measure(arguments: list[str], also: dict[str, str]) -> int:
        figures = {"request": {"rotating": 1.5}, "provision": {"replay": 2.0}}
        Path(also[testing.FIGURES]).write_text(json.dumps(figures))
        return 0

    monkeypatch.setattr(testing, "pytest", measure)
    assert testing.bench(asked) == 0
    assert capsys.readouterr().out.splitlines()[-1] == told


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
