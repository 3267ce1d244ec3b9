"""The four source roots are one namespace package, and the folders say which layer a module is in."""

import ast
from pathlib import Path

ROOTS = ("platform", "tenants", "api", "frontend")
HTTP = ("django.http", "django.shortcuts", "django.views", "rest_framework")
BUSINESS = "tenants"


def run(project: Path) -> list[str]:
    """Plain Python on purpose: with a stray ``__init__.py`` nothing else would even start."""
    findings = []
    for root in ROOTS:
        for stray in (project / root / "__init__.py", project / root / "yhdys" / "__init__.py"):
            if stray.exists():
                reason = "it shadows the standard library" if root == "platform" else "it hides the other roots"
                findings.append(f"{stray.relative_to(project)} must not exist: {reason}.")
        if not (project / root / "yhdys").is_dir():
            findings.append(f"{root}/yhdys is missing.")
    names: dict[str, Path] = {}
    for package in sorted(project.glob("*/yhdys/*/__init__.py")):
        other = names.setdefault(package.parent.name, package)
        if other != package:
            findings.append(f"{package.relative_to(project)} and {other.relative_to(project)} are both one package.")
    return findings + http_below(project)


def http_below(project: Path) -> list[str]:
    """The regions' business knows nothing of HTTP."""
    findings = []
    for path in sorted((project / BUSINESS).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(), str(path))):
            for name in imported(node):
                if any(name == module or name.startswith(f"{module}.") for module in HTTP):
                    findings.append(f"{path.relative_to(project)} imports {name}: no HTTP in {BUSINESS}.")
    return findings


def imported(node: ast.AST) -> list[str]:
    """The modules an import statement names; nothing for any other node."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []
