"""A deployed test database, kept from one test run to the next.

Migrating takes most of the seconds before the first test. What the database looks like right after its deployment
depends on few files; while they stay the same, the next run starts from a copy of the cluster as it was then.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from yhdys.local.home import PROJECT

ROOTS = ("platform/yhdys", "tenants/yhdys")
DECIDING = (
    "*/migrations/*.py",
    "*/data/*.csv",
    "*/receivers.py",
    "*/translation.py",
    "tenancy/**/*.py",
    "regions/**/*.py",
    "config/settings/*.py",
)
"""What decides how a database looks after its deployment."""
PREPARED = "YHDYS_TESTS_PREPARED"
"""The variable that tells a run's workers which database was deployed for them just now."""


def key() -> str:
    """The name of the database that the files, as they are, deploy."""
    digest = hashlib.sha256()
    files = {path for root in ROOTS for pattern in DECIDING for path in (PROJECT / root).glob(pattern)}
    for path in [*sorted(files), PROJECT / "requirements" / "dev.txt"]:
        digest.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def _folder() -> Path:
    return PROJECT / ".run" / "tests"


def restore(cluster: Path) -> bool:
    """Put the kept cluster there, if one is kept for the files as they are. CI takes none but its own run's."""
    name = key()
    kept = _folder() / name
    if (os.environ.get("CI") and os.environ.get(PREPARED) != name) or not kept.is_dir():
        return False
    subprocess.run(["cp", "-a", "--", str(kept), str(cluster)], check=True)
    return True


def keep(cluster: Path) -> None:
    """Keep a stopped cluster for workers and later runs, instead of all older ones."""
    new = _folder() / f"new-{os.getpid()}"
    shutil.rmtree(_folder(), ignore_errors=True)
    new.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "--", str(cluster), str(new)], check=True)
    new.rename(_folder() / key())
