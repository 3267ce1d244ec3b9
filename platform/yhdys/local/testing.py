"""``./up test``, ``./up check`` and ``./up bench``: the checks, then pytest with a browser.

Whole folders of tests are shared out to as many workers as there are processors, each with services of its own and a
copy of one deployed database. A single file runs in one process, which begins sooner.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from yhdys.local import catalogues, checks, pytest_kept
from yhdys.local.home import PROJECT
from yhdys.local.processes import Child, Trouble, tail
from yhdys.local.supervisor import call

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOST_WORKERS = 8
"""Each worker has a PostgreSQL, a Valkey and perhaps a browser: memory ends before processors do."""
GIVEN = ("DATABASE_URL", "OWNER_DATABASE_URL", "BROKER_URL", "CACHE_URL")
FIGURES = "YHDYS_FIGURES"
"""The variable that tells benchmarks into which file to write their figures."""
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def find_chromium() -> str:
    """The path of a Chromium that runs, from ``YHDYS_CHROMIUM`` or this machine; empty when there is none."""
    for name in filter(None, (os.environ.get("YHDYS_CHROMIUM"), *BROWSERS, str(MAC_BROWSER))):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return ""


def find_caddy() -> str:
    """The path of the reverse proxy of production; empty when there is none."""
    return shutil.which(os.environ.get("YHDYS_CADDY") or "caddy") or ""


def fetch(package: str, what: str) -> None:
    """Install Debian's own package, where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {package} for {what} …", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        subprocess.run(["apt-get", *words], capture_output=True, check=False, env=env)


def found_or_fetched(find: Callable[[], str], package: str, what: str) -> str:
    """A program's path, or one line that says what is skipped without it. Raises Trouble in CI, where nothing is."""
    if not find():
        fetch(package, what)
    path = find()
    if not path and is_ci():
        raise Trouble(
            f"{what.capitalize()} need {package}, and in CI nothing is skipped: install the package {package}."
        )
    if not path:
        print(f"No {package} on this machine: {what} are skipped.", flush=True)
    return path


def environment() -> dict[str, str]:
    """The tests' environment: with a browser and a proxy, as far as they can be had."""
    return os.environ | {
        "YHDYS_CHROMIUM": found_or_fetched(find_chromium, "chromium", "the browser tests"),
        "YHDYS_CADDY": found_or_fetched(find_caddy, "caddy", "the tests behind a proxy"),
        "DJANGO_SETTINGS_MODULE": "yhdys.config.settings.test",
    }


def workers(arguments: list[str]) -> int:
    """How many processes share the tests out among them; 0 for all in one.

    One it is for a single file, on one processor, where somebody wants to see or stop each test, and on services that
    the environment names, for those are not ours to multiply.
    """
    if any(os.environ.get(name) for name in GIVEN) or any(word.startswith("-") for word in arguments):
        return 0
    paths = [word.partition("::")[0] for word in arguments]
    if paths and not any((PROJECT / path).is_dir() for path in paths):
        return 0
    processors = os.process_cpu_count() or 1
    return min(processors, MOST_WORKERS) if processors > 1 else 0


@contextmanager
def preparation() -> Iterator[Child]:
    """A process that deploys the database which the workers copy, while something else may go on."""
    log = PROJECT / ".run" / "tests.log"
    log.parent.mkdir(exist_ok=True)
    log.write_bytes(b"")
    child = Child("preparation", [sys.executable, "-m", "yhdys.local.pytest_prepare"], log, cwd=PROJECT)
    child.start()
    try:
        yield child
    finally:
        child.stop()


def pytest(
    arguments: list[str],
    preparing: Child | None = None,
    count: int | None = None,
    also: Mapping[str, str] | None = None,
) -> int:
    """pytest in our terminal, under the project's own settings. Answers its status; raises Trouble without a database.

    With a preparation, workers wait for it and begin from its database: ``count`` of them, or as the arguments say.
    What is in ``also`` is put into its environment.
    """
    env = environment() | dict(also or {})
    if preparing is not None and preparing.process is not None:
        if preparing.process.wait() != 0:
            raise Trouble(tail(preparing.log, 30))
        count = workers(arguments) if count is None else count
        arguments = ["-n", str(count), "--dist", "loadfile", "--no-loadscope-reorder", *arguments]
        env[pytest_kept.PREPARED] = pytest_kept.key()
    return call([sys.executable, "-m", "pytest", *arguments], env)


def run(arguments: list[str]) -> int:
    """Without arguments everything that CI runs; both halves are run even when the first one fails."""
    catalogues.compile_all(PROJECT)
    if not workers(arguments):
        checked = 0 if arguments else checks.run([])
        return pytest(arguments) or checked
    with preparation() as preparing:
        checked = 0 if arguments else checks.run([])
        return pytest(arguments, preparing) or checked


def check(arguments: list[str]) -> int:
    """``./up check [NAME…] [OPTION…]``: without a name every check of the source; a proof hands its options to pytest.

    Raises Trouble for a name nobody knows, and for options that no proof takes.
    """
    names = list(takewhile(lambda word: not word.startswith("-"), arguments))
    options = arguments[len(names) :]
    proofs = [name for name in names if name in checks.PROOFS]
    looks = [name for name in names if name not in proofs]
    if options and not proofs:
        raise Trouble(f"{options[0]} is an option of no check but of the proofs: {', '.join(checks.PROOFS)}.")
    statuses = [checks.run(looks)] if looks or not proofs else []
    statuses += [prove(name, options) for name in proofs]
    return max(statuses)


def prove(name: str, options: list[str]) -> int:
    """Run the tests of one proof, shared out when they stand in more than one file."""
    folder = checks.PROOFS[name]
    count = min(workers([folder]), len(list((PROJECT / folder).glob("**/test_*.py"))))
    catalogues.compile_all(PROJECT)
    if count < 2:
        return pytest([folder, *options])
    with preparation() as preparing:
        return pytest([folder, *options], preparing, count)


def bench(arguments: list[str]) -> int:
    """``./up bench [NAME…] [--json]``: ``tests/benchmarks/bench_<name>.py`` on the throwaway services and regions.

    With ``--json`` the last line is one JSON object: the figures of the one that is named, or of all by their names.
    Raises Trouble for a name or an option that nobody knows.
    """
    folder = PROJECT / "tests" / "benchmarks"
    names = sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))
    asked = [word for word in arguments if word != "--json"]
    if missing := [name for name in asked if name not in names]:
        raise Trouble(f"There is no benchmark “{missing[0]}”; there are: {', '.join(names)}.")
    paths = [str(folder / f"bench_{name}.py") for name in asked or names]
    catalogues.compile_all(PROJECT)
    with tempfile.TemporaryDirectory() as kept:
        figures = Path(kept, "figures.json")
        words = ["-s", "-q", "-o", "python_files=bench_*.py", "-o", "python_functions=bench_*", *paths]
        status = pytest(words, also={FIGURES: str(figures)})
        if "--json" in arguments and figures.exists():
            told = json.loads(figures.read_text())
            print(json.dumps(told[asked[0]] if len(asked) == 1 else told), flush=True)
    return status
