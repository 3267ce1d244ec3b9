"""Files stay small and speak of the product, never of the machine somebody happened to sit at."""

import re
import subprocess
from pathlib import Path

LONGEST = 450
MEASURED = {".py", ".html", ".css", ".js", ".sh"}
# The parts are joined here so that this file does not find itself.
PLACES = re.compile(r"(?<![\w.~$}-])/(?:" + "root|home|Users|work|mnt" + r")/[\w.-]")
HOSTS = re.compile(
    "|".join(
        f"{name}\\.{end}"
        for name, end in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("yarnpkg", "com"),
            ("proxy\\.golang", "org"),
        )
    )
)


def tracked(project: Path) -> list[Path]:
    """The files git keeps, or all where this is no clone."""
    listed = subprocess.run(["git", "-C", str(project), "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        paths = [project / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in project.rglob("*") if not set(path.relative_to(project).parts) & {".run", ".data"}]
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def is_others_work(path: Path, project: Path) -> bool:
    """Built files, migrations and licences are as long as they are."""
    parts = path.relative_to(project).parts
    return bool({"vendor", "static", "migrations"} & set(parts)) or path.name.endswith((".min.js", ".min.css"))


def run(project: Path) -> list[str]:
    findings = []
    for path in tracked(project):
        where = path.relative_to(project)
        try:
            lines = path.read_text().splitlines()
        except UnicodeDecodeError:
            continue
        if is_others_work(path, project):
            continue
        if path.suffix in MEASURED and len(lines) > LONGEST:
            findings.append(f"{where} has {len(lines)} lines; {LONGEST} is the most: split it by what it is about.")
        for number, line in enumerate(lines, start=1):
            if found := PLACES.search(line) or HOSTS.search(line):
                findings.append(f"{where}:{number} names a machine's own place or a registry: {found[0]}")
    return findings
