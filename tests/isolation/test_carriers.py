"""Cache keys, files, signed values, links, letters, log lines and tasks of one region mean nothing in another."""

import ast
import io
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog
from celery import Task
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yhdys.config.logging import FORMATS, SHARED
from yhdys.core import clock
from yhdys.mail import actions as mail
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.site.queries import region_settings
from yhdys.tenancy import links, outbox, signing
from yhdys.tenancy.cache import LimitTable
from yhdys.tenancy.context import NoScope, ScopesCrossed, in_national, in_region
from yhdys.tenancy.models import ActionLink, OutboxEntry
from yhdys.tenancy.tasks import TaskWithoutRegion, run_outbox_entry, sweep_outbox

PROJECT = Path(__file__).parents[2]
DOORS = {"in_region", "in_national", "in_front", "in_eraser", "in_scope"}
REMEMBERS = {"cache", "cached", "lru_cache"}
REMEMBERED = {
    "api/yhdys/api/schema.py",  # the description of the API, by kind of site
    "api/yhdys/api/v1/description.py",  # the page made from it
    "platform/yhdys/core/holidays.py",  # the country's public holidays, by year
    "platform/yhdys/core/translated.py",  # classes of translated queries, by class
    "platform/yhdys/regions/reference.py",  # Finland's regions, from a file of ours
    "platform/yhdys/tenancy/backend/cursors.py",  # the words of a switch, by scope
    "platform/yhdys/tenancy/context.py",  # scopes, by schema
    "platform/yhdys/tenancy/revisions.py",  # which schemas a statement changes, by its words and schema
    "frontend/yhdys/web/kept/page.py",  # which compression is best, by a header
    "frontend/yhdys/web/kept/store.py",  # the word for this release
    "tenants/yhdys/demo/reading.py",  # the demonstration's files
    "frontend/yhdys/web/accent.py",  # shades, by colour
}
"""Files of ours in which a function remembers its answers: each says why they are nobody's, or whose."""


@pytest.mark.falls_without("cache key")
def test_a_cached_value_stays_in_its_region(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        cache.set("front", "kainuu")
    with in_region(lappi):
        assert cache.get("front") is None
        cache.set("front", "lappi")
    with in_national():
        assert cache.get("front") is None
    with in_region(kainuu):
        assert cache.get("front") == "kainuu"
    with pytest.raises(NoScope):
        cache.get("front")


@pytest.mark.falls_without("folder of files")
def test_a_file_stays_in_its_region(kainuu: Region, lappi: Region, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    with in_region(kainuu):
        name = default_storage.save("papers/agenda.txt", ContentFile(b"secret"))
        assert default_storage.exists(name)
    with in_region(lappi):
        assert not default_storage.exists(name)
        for way in (f"../kainuu/{name}", f"/{name}", f"x/../../kainuu/{name}"):
            with pytest.raises(SuspiciousFileOperation):
                default_storage.open(way)
    assert (tmp_path / "kainuu" / name).read_bytes() == b"secret"
    assert (tmp_path / "kainuu" / name).stat().st_mode & 0o077 == 0
    with pytest.raises(NoScope):
        default_storage.open(name)


@pytest.mark.falls_without("salt of signed values")
def test_a_signed_value_is_good_for_one_purpose_in_one_region(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        text = signing.dumps({"pk": 1}, purpose="confirm")
        assert signing.loads(text, purpose="confirm") == {"pk": 1}
        with pytest.raises(signing.BadSignature):
            signing.loads(text, purpose="unsubscribe")
        with pytest.raises(signing.BadSignature):
            signing.loads(text[:-1] + ("a" if text[-1] != "a" else "b"), purpose="confirm")
    with in_region(lappi), pytest.raises(signing.BadSignature):
        signing.loads(text, purpose="confirm")


@pytest.mark.falls_without("link rows")
def test_a_link_opens_one_record_of_one_region_for_one_purpose_until_its_time(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        target = region_settings()
        token = links.issue(purpose="answer", target=target, expires_at=clock.now() + timedelta(days=1))
        link = links.resolve(token, "answer")
        assert link is not None
        assert str(link.target_id) == str(target.pk)
        assert token not in str(ActionLink.objects.values_list())
        assert links.resolve(token, "withdraw") is None
        assert links.resolve(token + "x", "answer") is None
        assert links.resolve("", "answer") is None
    with in_region(lappi):
        assert links.resolve(token, "answer") is None
    with in_region(kainuu):
        with clock.at(clock.now() + timedelta(days=2)):
            assert links.resolve(token, "answer") is None
        assert links.revoke("answer", target) == 1
        assert links.resolve(token, "answer") is None


def test_limits_kept_in_the_table_are_counted_in_each_region(kainuu: Region, lappi: Region) -> None:
    table = LimitTable(60)
    with in_region(kainuu):
        assert table.add("allauth:tries", 1, 60)
        assert not table.add("allauth:tries", 1, 60)
    with in_region(lappi):
        assert table.get("allauth:tries") is None
        assert table.add("allauth:tries", 1, 60)


def test_a_letter_leaves_in_the_name_of_its_region_and_is_kept_there(kainuu: Region, lappi: Region) -> None:
    for region in (kainuu, lappi):
        with in_region(region):
            settings = region_settings()
            settings.sender_email = f"{region.slug}@esimerkki.example"
            settings.save()
            mail.send(to=["aino@esimerkki.example"], subject=region.slug, text="Hei", purpose="test")
    for region in (kainuu, lappi):
        with in_region(region):
            letter = OutgoingMail.objects.get()
            assert (letter.subject, region.slug in letter.sender) == (region.slug, True)
            assert letter.message_id.count("esimerkki.example") == 1


# --- Log lines --------------------------------------------------------------------------------------------------------


@pytest.mark.falls_without("a scope for each thread")
def test_each_threads_log_lines_name_its_own_region() -> None:
    lines, both = io.StringIO(), threading.Barrier(2, timeout=10)
    handler = logging.StreamHandler(lines)
    formatter = structlog.stdlib.ProcessorFormatter
    handler.setFormatter(
        formatter(foreign_pre_chain=SHARED, processors=[formatter.remove_processors_meta, *FORMATS["json"]])
    )
    log = logging.getLogger("tests.isolation")
    log.addHandler(handler)

    def speak(schema: str) -> None:
        with suppress(ScopesCrossed), in_region(schema):
            for _ in range(20):
                both.wait()
                log.warning("from %s", schema)

    threads = [threading.Thread(target=speak, args=[schema]) for schema in ("kainuu", "lappi")]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        log.removeHandler(handler)
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert len(told) == 40
    assert [one for one in told if one["event"] != f"from {one.get('region')}"] == []


# --- Tasks ------------------------------------------------------------------------------------------------------------


@pytest.mark.falls_without("task header check")
@pytest.mark.parametrize("headers", [{}, {"schema_name": ""}, {"schema_name": None}])
def test_a_message_without_a_region_is_refused_never_run_on_the_public_schema(
    kainuu: Region, headers: dict[str, Any]
) -> None:
    with pytest.raises(TaskWithoutRegion):
        sweep_outbox.apply(headers=headers, throw=True)


@pytest.mark.parametrize("schema", ["nowhere", "template_region", "spare_1", "kainuu, lappi", "pg_catalog", ["kainuu"]])
def test_a_message_for_what_is_no_region_at_work_is_refused(kainuu: Region, schema: Any) -> None:
    with pytest.raises(TaskWithoutRegion):
        sweep_outbox.apply(headers={"schema_name": schema}, throw=True)


@pytest.mark.falls_without("task header sent")
def test_a_message_says_whose_work_it_is(kainuu: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, *args, headers, **options: sent.append(headers))
    with in_region(kainuu):
        run_outbox_entry.delay(str(uuid4()))
    assert [headers["schema_name"] for headers in sent] == ["kainuu"]
    with pytest.raises(TaskWithoutRegion):
        run_outbox_entry.delay(str(uuid4()))


def test_one_region_cannot_run_anothers_effect(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi):
        entry = OutboxEntry.objects.create(effect="test", arguments=[])
    with in_region(kainuu):
        assert not outbox.run(entry.pk)
    with in_region(lappi):
        entry.refresh_from_db()
        assert entry.attempts == 0


# --- What processes remember ------------------------------------------------------------------------------------------


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Each file that serves regions, and its tree. ``./up`` and its tools serve nobody."""
    for root in ("platform", "tenants", "api", "frontend"):
        for path in sorted((PROJECT / root / "yhdys").rglob("*.py")):
            if "local" not in path.parts:
                yield str(path.relative_to(PROJECT)), ast.parse(path.read_text())


def decorators(node: ast.AST) -> set[str]:
    """The names of a function's decorators, called or not."""
    found = (getattr(one, "func", one) for one in getattr(node, "decorator_list", []))
    return {getattr(one, "id", getattr(one, "attr", "")) for one in found}


def test_no_function_remembers_what_belongs_to_a_region() -> None:
    """A process serves all regions: what it remembers is named here with its reason."""
    remembering = {path for path, tree in sources() for node in ast.walk(tree) if decorators(node) & REMEMBERS}
    assert remembering == REMEMBERED


def test_no_generator_of_ours_carries_its_scope_out() -> None:
    """A ``yield`` inside ``with in_region(…)`` lends that region to whoever consumes the generator."""
    carrying = [
        f"{path}:{inner.lineno}"
        for path, tree in sources()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and "contextmanager" not in decorators(function)
        for block in ast.walk(function)
        if isinstance(block, ast.With) and any(_enters(item.context_expr) for item in block.items)
        for inner in ast.walk(block)
        if isinstance(inner, ast.Yield | ast.YieldFrom)
    ]
    assert carrying == []


def _enters(expression: ast.expr) -> bool:
    called = getattr(expression, "func", None)
    return getattr(called, "id", getattr(called, "attr", "")) in DOORS
