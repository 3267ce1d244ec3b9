"""Migrations run once per region, long after they were written: small, named, and independent of today's code."""

import ast
import re
from pathlib import Path

from yhdys.local.checks.layout import imported

NAME = re.compile(r"\d{4}_[a-z][a-z0-9_]+")
FROZEN = {"clock", "ids", "names", "fields", "triggers", "validators"}
"""Modules whose parts a table's own definition names (defaults, validators, triggers); they are never removed."""
CODE_STEPS = {"RunPython"}
NEUTRAL_STEPS = {"SeparateDatabaseAndState"}


def run(project: Path) -> list[str]:
    findings = []
    for path in sorted(project.glob("*/yhdys/*/migrations/*.py")):
        if path.name == "__init__.py":
            continue
        where = path.relative_to(project)
        if not NAME.fullmatch(path.stem) or "_auto_" in path.stem or path.stem.endswith("_initial"):
            findings.append(f"{where} must say in its name what it does.")
        tree = ast.parse(path.read_text(), str(path))
        findings += [f"{where}: {finding}" for finding in [*imports_of(tree), *steps_of(tree)]]
    return findings


def imports_of(tree: ast.Module) -> list[str]:
    return [
        f"imports {name}: the app's code of that day will be gone; use apps.get_model."
        for node in ast.walk(tree)
        for name in imported(node)
        if name.startswith("yhdys") and name.rpartition(".")[2] not in FROZEN
    ]


def steps_of(tree: ast.Module) -> list[str]:
    """Schema and data apart, and every data step with its way back."""
    steps = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_operation(node)]
    names = {operation_name(step) for step in steps} - NEUTRAL_STEPS
    findings = []
    if names & CODE_STEPS and names - CODE_STEPS:
        findings.append("mixes data steps with changes of the schema; make two migrations of it.")
    for step in steps:
        if operation_name(step) in CODE_STEPS and len(step.args) < 2 and not has_keyword(step, "reverse_code"):
            findings.append("has a data step without its way back (reverse_code, at least RunPython.noop).")
    return findings


def is_operation(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and (function.value.id == "migrations" and function.attr not in {"swappable_dependency"})
    )


def operation_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def has_keyword(call: ast.Call, name: str) -> bool:
    return any(keyword.arg == name for keyword in call.keywords)
