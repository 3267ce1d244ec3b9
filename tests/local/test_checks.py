"""The checks find what they are there to find, and the project itself passes the quick ones."""

from pathlib import Path

import pytest

from yhdys.local.checks import files, layout, migrations, requirements, templates, tenancy
from yhdys.local.home import PROJECT


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Four proper roots."""
    for root in layout.ROOTS:
        (tmp_path / root / "yhdys").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("check", [layout, files, migrations, requirements, tenancy])
def test_the_project_itself_passes(check: object) -> None:
    assert check.run(PROJECT) == []  # type: ignore[attr-defined]  # each of them is a module with this function


@pytest.mark.parametrize("stray", ["platform/__init__.py", "platform/yhdys/__init__.py", "tenants/yhdys/__init__.py"])
def test_a_stray_package_file_is_found(project: Path, stray: str) -> None:
    write(project / stray, "")
    assert any(finding.startswith(f"{stray} must not exist") for finding in layout.run(project))


def test_one_name_in_two_roots_is_found(project: Path) -> None:
    write(project / "platform/yhdys/news/__init__.py", "")
    write(project / "tenants/yhdys/news/__init__.py", "")
    assert len(layout.run(project)) == 1


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("from django.http import Http404", True),
        ("import rest_framework.views", True),
        ("def f():\n    from django.shortcuts import redirect", True),
        ("from django.db import models", False),
        ("from django.httpx import nothing", False),
    ],
)
def test_http_in_the_regions_business_is_found(project: Path, line: str, is_found: bool) -> None:
    write(project / "tenants/yhdys/news/actions.py", line)
    assert bool(layout.run(project)) is is_found


MIGRATION = """
from django.db import migrations, models
{imports}
class Migration(migrations.Migration):
    operations = [{operations}]
"""
FIELD = 'migrations.AddField("meeting", "place", models.TextField())'
DATA = "migrations.RunPython(fill, migrations.RunPython.noop)"


@pytest.mark.parametrize(
    ("name", "imports", "operations", "complaint"),
    [
        ("0002_place", "import yhdys.core.clock", FIELD, ""),
        ("0003_fill_places", "", DATA, ""),
        ("0002_auto_20261121_2200", "", FIELD, "must say in its name"),
        ("0001_initial", "", FIELD, "must say in its name"),
        ("0002_place", "from yhdys.meetings.models import Meeting", FIELD, "imports yhdys.meetings.models"),
        ("0002_place", "import yhdys.meetings.actions", FIELD, "imports yhdys.meetings.actions"),
        ("0002_place", "", f"{FIELD}, {DATA}", "mixes data steps"),
        ("0002_fill", "", "migrations.RunPython(fill)", "without its way back"),
        ("0002_fill", "", "migrations.RunPython(code=fill, reverse_code=back)", ""),
    ],
)
def test_migrations_are_read(project: Path, name: str, imports: str, operations: str, complaint: str) -> None:
    text = MIGRATION.format(imports=imports, operations=operations)
    write(project / f"tenants/yhdys/meetings/migrations/{name}.py", text)
    findings = migrations.run(project)
    assert len(findings) == bool(complaint)
    assert all(complaint in finding for finding in findings)


def requirement_files(project: Path, production: str, dev: str) -> list[str]:
    write(
        project / "pyproject.toml",
        '[project]\nname = "x"\ndependencies = ["django~=6.1"]\n'
        '[project.optional-dependencies]\nlocal = []\ndev = ["ruff"]\n',
    )
    write(project / "requirements/production.txt", production)
    write(project / "requirements/dev.txt", dev)
    write(project / "requirements/uv.txt", "")
    return requirements.run(project)


DJANGO = "django==6.1.3 \\\n    --hash=sha256:00\n"
RUFF = "ruff==0.17.0 \\\n    --hash=sha256:00\n"


@pytest.mark.parametrize(
    ("production", "dev", "complaint"),
    [
        (DJANGO, DJANGO + RUFF, ""),
        (DJANGO, DJANGO, "dev.txt lacks ruff"),
        (DJANGO.replace("6.1.3", "6.0.1"), DJANGO + RUFF, "production.txt has django 6.0.1"),
        ("django==6.1.3\n", DJANGO + RUFF, "no hash for django"),
        ("django>=6.1\n", DJANGO + RUFF, "does not pin"),
        ("--index-url x\n" + DJANGO, DJANGO + RUFF, "names a host"),
    ],
)
def test_requirement_files_are_compared(project: Path, production: str, dev: str, complaint: str) -> None:
    findings = requirement_files(project, production, dev)
    assert bool(findings) == bool(complaint)
    assert any(complaint in finding for finding in findings) or not complaint


def test_long_files_and_machine_places_are_found(project: Path) -> None:
    write(project / "platform/yhdys/core/long.py", "x = 1\n" * (files.LONGEST + 1))
    write(project / "docs/here.md", "see /" + "root/notes and ../home/x and pypi." + "org")
    findings = files.run(project)
    assert len(findings) == 2
    assert any("long.py has 451 lines" in finding for finding in findings)
    assert any("docs/here.md:1" in finding for finding in findings)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('<p class="y-lead">{{ text }}</p>', ""),
        ("  {% if a %}{% endif %}", ""),
        ("   <p>", "is not indented by twos"),
        ("\t<p>", "has a tab"),
        ("<p> ", "ends with a space"),
        ('<p style="color: red">', "inline style"),
        ('<button onclick="go()">', "inline event handler"),
        ("<script>go()</script>", "inline script"),
        ('<script src="{% static "a.js" %}" defer></script>', ""),
        ('<script type="application/ld+json">', ""),
        ('<script src="https://cdn.example/x.js"></script>', "loads something from a stranger"),
        ('<img src="{{ url }}">', "without alt"),
        ("{{text}}", "space inside its braces"),
        ("{% endblock %}", "ends a block without its name"),
        ("{{ text|safe }}", "marks something as safe"),
        ("x" * (templates.WIDEST + 1), "characters wide"),
        (f'<p>{{% translate "{"x" * templates.WIDEST}" %}}</p>', ""),
        (f"<p>{{% blocktranslate %}}{{{{ a }}}} {'x' * templates.WIDEST}{{% endblocktranslate %}}</p>", ""),
    ],
)
def test_templates_are_read(project: Path, line: str, complaint: str) -> None:
    write(project / "frontend/yhdys/web/templates/page.html", f"{line}\n")
    findings = templates.run(project)
    assert len(findings) == bool(complaint)
    assert all(complaint in finding for finding in findings)


def test_letters_may_carry_inline_styles(project: Path) -> None:
    write(project / "tenants/yhdys/meetings/templates/meetings/emails/letter.html", '<p style="color: red">\n')
    assert templates.run(project) == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("with tenant:\n    pass", True),
        ("with self.region, other():\n    pass", True),
        ("with in_region(region):\n    pass", False),
        ("@schema_context('kainuu')\ndef act(): pass", True),
        ("@in_region('kainuu')\ndef act(): pass", True),
        ("@in_national()\nasync def act(): pass", True),
        ("connection.set_schema('kainuu')", True),
        ("psycopg.connect(url)", True),
        ("psycopg.AsyncConnection.connect(url)", True),
        ("connection.connection.execute('SELECT 1')", True),
        ("connections['default'].connection.pgconn", True),
        ("connection.cursor()", False),
        ("self.connection = connection", False),
        ("run('GRANT SELECT\\nON ALL TABLES IN SCHEMA kainuu TO x')", True),
        ("run('GRANT SELECT ON a, b TO x')", False),
    ],
)
def test_ways_around_the_region_are_found(project: Path, code: str, is_found: bool) -> None:
    write(project / "tenants/yhdys/news/actions.py", code)
    assert bool(tenancy.run(project)) is is_found


def test_the_doors_themselves_may_open_connections(project: Path) -> None:
    write(project / "platform/yhdys/tenancy/bootstrap.py", "psycopg.connect(url)")
    assert tenancy.run(project) == []
