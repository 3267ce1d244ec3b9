"""The requirement files are what ``pyproject.toml`` asks for: each package pinned, with hashes, from no named host."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
HOST = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host")


def pins_of(path: Path) -> tuple[dict[str, str], list[str]]:
    """Every pinned version by name, and what is wrong with the file."""
    pins: dict[str, str] = {}
    findings = []
    # A package and its hashes are one logical line, continued with backslashes.
    for line in path.read_text().replace("\\\n", " ").splitlines():
        if HOST.search(line):
            findings.append(f"{path.name} names a host: {line.strip()[:80]}")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = PIN.match(line)
        if not found:
            findings.append(f"{path.name} does not pin this with ==: {line.strip()[:80]}")
            continue
        pins[canonicalize_name(found[1])] = found[2]
        if "--hash=sha256:" not in line:
            findings.append(f"{path.name} has no hash for {found[1]}.")
    return pins, findings


def run(project: Path) -> list[str]:
    folder = project / "requirements"
    described = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    extras = described["optional-dependencies"]
    wanted = {
        "production.txt": described["dependencies"],
        "dev.txt": [*described["dependencies"], *extras["local"], *extras["dev"]],
    }
    all_pins, findings = {}, []
    for name, requirements in wanted.items():
        all_pins[name], wrong = pins_of(folder / name)
        findings += wrong
        for requirement in map(Requirement, requirements):
            pinned = all_pins[name].get(canonicalize_name(requirement.name))
            if pinned is None:
                findings.append(f"{name} lacks {requirement.name}, which pyproject.toml asks for; compile it anew.")
            elif Version(pinned) not in requirement.specifier:
                findings.append(f"{name} has {requirement.name} {pinned}, pyproject.toml asks for {requirement}.")
    for package, pinned in all_pins["production.txt"].items():
        tested = all_pins["dev.txt"].get(package)
        if tested != pinned:
            findings.append(f"production.txt has {package} {pinned}, but dev.txt, which is tested, {tested or 'none'}.")
    findings += pins_of(folder / "uv.txt")[1]
    return findings
