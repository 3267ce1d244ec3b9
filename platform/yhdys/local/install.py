"""Install what Yhdys needs into ``.run/`` of its own folder, and only when something changed.

Runs as a script under the machine's Python, before anything is installed: the standard library only. The
requirements are those of ``requirements/dev.txt``, each with its hash; the four source roots come on the path by a
``.pth`` file. Two starts at once wait for each other.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOTS = ("platform", "tenants", "api", "frontend")


class InstallTrouble(Exception):
    """One sentence for a person."""


def runs(*command: str | Path) -> bool:
    """Whether a command exists and ends well: a shim of a version that is gone exists too."""
    try:
        return subprocess.run([*command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def logged(log: Path, *command: str | Path) -> bool:
    """Run a command with all its words going to the log."""
    with log.open("ab") as out:
        return subprocess.run([*command], stdout=out, stderr=subprocess.STDOUT, check=False).returncode == 0


def find_uv(project: Path, run: Path, log: Path) -> Path:
    """The machine's uv when it works, or ours, fetched by pip. Raises InstallTrouble when pip cannot."""
    found = shutil.which("uv")
    if found and runs(found, "--version"):
        return Path(found)
    ours = run / "uv" / "bin" / "uv"
    if runs(ours, "--version"):
        return ours
    wanted = ("install", "--quiet", "--require-hashes", "-r", project / "requirements" / "uv.txt")
    shutil.rmtree(run / "uv", ignore_errors=True)
    if logged(log, sys.executable, "-m", "venv", run / "uv"):
        fetched = logged(log, run / "uv" / "bin" / "python", "-m", "pip", *wanted)
    else:
        # Debian's Python without its venv part still has pip, or nothing at all.
        fetched = logged(log, sys.executable, "-m", "pip", *wanted, "--target", run / "uv")
    if not fetched or not runs(ours, "--version"):
        raise InstallTrouble(f"uv, which installs the rest, could not be fetched (is there a network?); see {log}")
    return ours


def is_current(venv: Path, wanted: bytes) -> bool:
    """Whether the environment was finished from these very requirements, here: a moved folder breaks an environment."""
    stamp = venv / "installed"
    return stamp.exists() and stamp.read_bytes() == wanted and runs(venv / "bin" / "python", "-c", "import django")


def install(project: Path) -> None:
    run = project / ".run"
    run.mkdir(exist_ok=True)
    venv, log = run / "venv", run / "install.log"
    requirements = project / "requirements" / "dev.txt"
    wanted = str(project).encode() + b"\n" + requirements.read_bytes()
    with (run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current(venv, wanted):
            return
        started = time.monotonic()
        print("Installing Python packages …", end=" ", flush=True)
        log.write_bytes(b"")
        uv = find_uv(project, run, log)
        stamp = venv / "installed"
        moved = stamp.exists() and not stamp.read_bytes().startswith(str(project).encode() + b"\n")
        if moved or not runs(venv / "bin" / "python", "-c", "import sys; sys.exit(sys.version_info < (3, 13))"):
            shutil.rmtree(venv, ignore_errors=True)
        stamp.unlink(missing_ok=True)
        if not venv.exists() and not logged(log, uv, "venv", "--quiet", "--no-project", "-p", sys.executable, venv):
            raise InstallTrouble(f"The Python environment could not be made; see {log}")
        python = venv / "bin" / "python"
        if not logged(log, uv, "pip", "sync", "--quiet", "--require-hashes", "-p", python, requirements):
            raise InstallTrouble(f"Some Python packages could not be installed (is there a network?); see {log}")
        folder = next(venv.glob("lib/python3*/site-packages"))
        (folder / "yhdys.pth").write_text("".join(f"{project / root}\n" for root in ROOTS))
        stamp.write_bytes(wanted)
        print(f"done ({time.monotonic() - started:.0f} s)")


def main() -> None:
    # What belongs to another environment must not steer ours.
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON"):
        os.environ.pop(name, None)
    try:
        install(Path(sys.argv[1]))
    except InstallTrouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"\nYhdys cannot be installed into its own folder: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
