"""``./up check [NAME]``: everything about the source that a machine can tell, one line each, all of it every time.

What only a database can tell is a proof: a folder of tests that ``./up check <name>`` runs by itself, with options.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from yhdys.local.checks import files, layout, migrations, requirements, templates, tenancy
from yhdys.local.home import PROJECT
from yhdys.local.processes import Trouble

WIDEST = 300

type Check = Callable[[], list[str]]


IMPORT_LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def module(name: str, *arguments: str) -> Check:
    return command("-m", name, *arguments)


def command(*arguments: str) -> Check:
    """A check that is a program of its own: it passes when the program does, and its words are the findings."""

    def run() -> list[str]:
        # A database that nobody may reach: a check never touches the one that happens to run.
        settings = {"DJANGO_SETTINGS_MODULE": "yhdys.config.settings.test", "YHDYS_DATA": str(PROJECT / ".data")}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            capture_output=True,
            text=True,
            cwd=PROJECT,
            env=os.environ | settings | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "NO_COLOR": "1"},
            check=False,
        )
        said = f"{done.stdout}\n{done.stderr}".strip().splitlines()
        said = [line[:WIDEST] for line in said if ": note:     def " not in line]
        return [] if done.returncode == 0 else said or [f"It ended with {done.returncode}."]

    return run


def check_templates() -> list[str]:
    """Our own rules, and djlint's about HTML."""
    folders = [str(path.relative_to(PROJECT)) for path in sorted(PROJECT.glob("*/yhdys/*/templates"))]
    return templates.run(PROJECT) + (module("djlint", "--quiet", "--lint", *folders)() if folders else [])


def makemigrations() -> list[str]:
    return migrations.run(PROJECT) + module("yhdys.config.cli", "makemigrations", "--check", "--dry-run")()


CHECKS: dict[str, Check] = {
    "layout": lambda: layout.run(PROJECT),
    "files": lambda: files.run(PROJECT),
    "requirements": lambda: requirements.run(PROJECT),
    "tenancy": lambda: tenancy.run(PROJECT),
    "ruff": module("ruff", "check", "--quiet", "--output-format", "concise", "."),
    "format": module("ruff", "format", "--quiet", "--check", "."),
    "imports": command("-c", IMPORT_LINTER),
    "migrations": makemigrations,
    "messages": module("yhdys.local.messages", "check"),
    "templates": check_templates,
    "mypy": module("mypy"),
}

PROOFS = {name: f"tests/{name}" for name in ("isolation", "parity", "overview")}
"""Checks that need a database, and the tests that they are. ``./up test`` runs them among all others."""


def _timed(check: Check) -> tuple[list[str], float]:
    """What a check finds, and how many seconds it took."""
    started = time.monotonic()
    return check(), time.monotonic() - started


def run(names: list[str]) -> int:
    """Run the named checks of the source, or all; print what they find. Raises Trouble for a name nobody knows."""
    if unknown := [name for name in names if name not in CHECKS]:
        raise Trouble(f"There is no check “{unknown[0]}”; there are: {', '.join([*CHECKS, *PROOFS])}.")
    names, failed = names or list(CHECKS), []
    pool = ThreadPoolExecutor(os.process_cpu_count())
    try:
        # The slowest stand last and are begun first; what each finds is told in the order of the table.
        begun = {name: pool.submit(_timed, CHECKS[name]) for name in reversed(names)}
        for name in names:
            print(f"{name} …", end=" ", flush=True)
            findings, seconds = begun[name].result()
            print(f"{'failed' if findings else 'ok'} ({seconds:.1f} s)", flush=True)
            for line in findings:
                print(f"  {line}", flush=True)
            if findings:
                failed.append(name)
    finally:
        pool.shutdown(cancel_futures=True)
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0
