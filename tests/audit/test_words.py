"""Every verb that is recorded has its words, so that no history ever shows a bare verb."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory

from yhdys.audit.actions import record
from yhdys.audit.words import sentence_of, words_of
from yhdys.regions.models import Region

PROJECT = Path(__file__).resolve().parents[2]
VERB = re.compile(r"[a-z]+(_[a-z]+)*")


def recorded() -> Iterator[tuple[str, str]]:
    """App and verb of each call of ``record`` in the sources."""
    for root in ("platform", "tenants"):
        for path in sorted((PROJECT / root / "yhdys").rglob("*.py")):
            app = path.relative_to(PROJECT / root / "yhdys").parts[0]
            tree = ast.parse(path.read_bytes())
            names = {
                node.targets[0].id: node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                    verb = node.args[1]
                    yield from ((app, one) for one in _texts(names[verb.id] if isinstance(verb, ast.Name) else verb))


def _texts(verb: ast.expr) -> list[str]:
    if isinstance(verb, ast.IfExp):
        return _texts(verb.body) + _texts(verb.orelse)
    assert isinstance(verb, ast.Constant), ast.dump(verb)
    return [str(verb.value)]


def test_every_recorded_verb_has_its_words() -> None:
    found = set(recorded())
    assert ("meetings", "convened") in found
    assert ("news", "written") in found
    assert {pair for pair in found if words_of(*pair) is None} == set()


def test_verbs_are_spelt_alike() -> None:
    assert [verb for _app, verb in recorded() if not VERB.fullmatch(verb)] == []


@pytest.mark.usefixtures("region")
def test_an_app_says_its_own_verb_and_its_details_by_their_labels() -> None:
    meeting, body = MeetingFactory(), BodyFactory()
    entries = [
        record(meeting, "created", by=None),
        record(body, "created", by=None),
        record(meeting, "outcome_recorded", by=None, number=3, outcome="noted"),
        record(meeting, "outcome_recorded", by=None, number=3, outcome=""),
        record(meeting, "guest_added", by=None),
    ]
    assert [sentence_of(entry) for entry in entries] == [
        "Meeting made",
        "Founded",
        "Outcome of 3 §: Noted",
        "Outcome of 3 §: none",
        "Guest added: –",
    ]


def test_an_app_above_speaks_of_a_record_below(region: Region) -> None:
    assert sentence_of(record(BodyFactory(), "practice_set", by=None)) == "How the body meets was set"


def test_what_nobody_knows_any_more_is_told_by_its_verb(region: Region) -> None:
    assert sentence_of(record(BodyFactory(), "knighted", by=None)) == "knighted"
