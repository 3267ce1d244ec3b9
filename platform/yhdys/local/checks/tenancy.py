"""Ways around the region that the code must not take, whatever a reviewer overlooks.

Django-tenants' own switches keep their state where threads share it; a context manager as a decorator, or a bare
``with tenant:``, hides whose data a function touches; a connection of psycopg's own has passed no door; and a grant on
all tables grows slower with every region. Tests may do all of it, to prove that it is refused.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SWITCHES = {"schema_context", "tenant_context", "set_schema", "set_schema_to_public", "set_tenant"}
SCOPES = {"in_region", "in_national", "in_front", "in_scope"}
TENANTS = {"tenant", "region"}
CONNECTING = {("psycopg", "connect"), ("Connection", "connect"), ("AsyncConnection", "connect")}
BELOW_THE_DOORS = ("platform/yhdys/tenancy/backend/", "platform/yhdys/tenancy/bootstrap.py", "platform/yhdys/local/")
"""What makes the doors, and what works before there are any."""
ALL_TABLES = re.compile(r"\bGRANT\b.{0,200}?\bON\s+ALL\s+(?:TABLES|SEQUENCES|ROUTINES|FUNCTIONS)\b", re.I | re.S)


def run(project: Path) -> list[str]:
    findings = []
    for path in sorted(project.glob("*/yhdys/**/*.py")):
        where = path.relative_to(project).as_posix()
        if where.startswith("tests/") or path == Path(__file__):
            continue
        nodes = list(ast.walk(ast.parse(path.read_text(), where)))
        found = [*switches(nodes), *grants(nodes)]
        if not where.startswith(BELOW_THE_DOORS):
            found += raw_connections(nodes)
        findings += [f"{where}:{line}: {finding}" for line, finding in sorted(found)]
    for path in sorted([*project.glob("deploy/**/*"), *project.glob("*/yhdys/**/*.sql")]):
        if path.is_file() and ALL_TABLES.search(path.read_text(errors="ignore")):
            findings.append(f"{path.relative_to(project)}: grants on all tables; name them in tenancy/grants.py.")
    return findings


def last_name(node: ast.expr) -> str:
    """``a.b.c(…)`` and ``c`` are both called c."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def switches(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """The library's switches, and a scope that is entered without saying so where it is entered."""
    for node in nodes:
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                entered = item.context_expr
                if not isinstance(entered, ast.Call) and last_name(entered) in TENANTS:
                    yield node.lineno, f"enters a {last_name(entered)}; say with in_region({last_name(entered)})."
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if last_name(decorator) in SCOPES:
                    yield node.lineno, f"is decorated with {last_name(decorator)}; enter it inside, with the word with."
        elif isinstance(node, ast.Call) and last_name(node) in SWITCHES:
            yield node.lineno, f"uses the library's {last_name(node)}; whose it is, is said with in_region."


def raw_connections(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """psycopg's connection under Django's, or one of psycopg's own: neither asks whose a statement is."""
    for node in nodes:
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr == "connect" and (last_name(node.value), node.attr) in CONNECTING:
            yield node.lineno, "opens a connection of psycopg's own; only the backend and the deployment may."
        elif node.attr in {"connection", "pgconn"} and is_connection(node.value):
            yield node.lineno, "reaches for the raw connection; its statements are nobody's."


def is_connection(node: ast.expr) -> bool:
    """``connection`` and ``connections["default"]``."""
    if isinstance(node, ast.Subscript):
        node = node.value
    return last_name(node) in {"connection", "connections"}


def grants(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """A statement that grants on whatever tables there are. What is only told in a docstring is no statement."""
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        said = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
        if isinstance(node, ast.Constant) and isinstance(said, str) and ALL_TABLES.search(said):
            yield node.lineno, "grants on all tables; name them in tenancy/grants.py."
