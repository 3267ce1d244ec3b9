"""``./up test`` and ``./up bench``: the checks, then pytest with a browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from yhdys.local import catalogues, checks
from yhdys.local.home import PROJECT
from yhdys.local.processes import Trouble
from yhdys.local.supervisor import call

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def fetch_chromium() -> str:
    """Debian's own package, where we may install it; empty where we may not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    print("Installing Chromium for the browser tests …", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *words], capture_output=True, check=False, env=env)
    return find_chromium()


def environment() -> dict[str, str]:
    """The tests' environment: with a browser, or one line that says what is skipped; CI skips nothing."""
    chromium = find_chromium() or fetch_chromium()
    if not chromium and is_ci():
        raise Trouble("The browser tests need Chromium, and in CI nothing is skipped: install the package chromium.")
    if not chromium:
        print("No Chromium on this machine: the browser tests are skipped.", flush=True)
    return os.environ | {"YHDYS_CHROMIUM": chromium, "DJANGO_SETTINGS_MODULE": "yhdys.config.settings.test"}


def pytest(arguments: list[str]) -> int:
    """pytest in our terminal, under the project's own settings. Answers its status."""
    catalogues.compile_all(PROJECT)
    return call([sys.executable, "-m", "pytest", *arguments], environment())


def run(arguments: list[str]) -> int:
    """Without arguments everything that CI runs; both halves are run even when the first one fails."""
    if arguments:
        return pytest(arguments)
    checked = checks.run([])
    tested = pytest([])
    return tested or checked


def bench(arguments: list[str]) -> int:
    """``tests/benchmarks/bench_<name>.py``: pytest gives them the throwaway services and regions."""
    folder = PROJECT / "tests" / "benchmarks"
    names = sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))
    wanted = arguments[:1] or names
    if missing := [name for name in wanted if name not in names]:
        raise Trouble(f"There is no benchmark “{missing[0]}”; there are: {', '.join(names) or 'none yet'}.")
    paths = [str(folder / f"bench_{name}.py") for name in wanted]
    if not paths:
        raise Trouble("There are no benchmarks yet.")
    return pytest(["-s", "-q", "-o", "python_files=bench_*.py", "-o", "python_functions=bench_*", *paths])
