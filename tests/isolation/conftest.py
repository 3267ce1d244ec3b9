"""The proof of isolation: its options, who asks the database, and protections taken away in turn.

A test that says ``@pytest.mark.falls_without("role switch")`` runs twice: as it is, and once more with that protection
taken away, when it must fall. So the tests are tested, and the end of the run tells which of them stand behind which
protection.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, connections
from pytest_django import DjangoDbBlocker
from tests.accounts.conftest import browser, kaija
from tests.isolation.protections import PROTECTIONS

from yhdys.core.errors import YhdysError
from yhdys.tenancy import context

__all__ = ("browser", "kaija")

TABLE = "Protections taken away in turn, and who noticed:"
NOTICED = (AssertionError, pytest.fail.Exception, Error, psycopg.Error, ObjectDoesNotExist, YhdysError)
"""How a test may fall for want of a protection. Anything else, such as a misspelt name, is a fault of the test."""

_taken = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "falls_without(*protections): the test must fall when one of them is taken away")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    names = [name for mark in metafunc.definition.iter_markers("falls_without") for name in mark.args]
    if names:
        without = [pytest.param(name, id=f"without {name}") for name in names]
        metafunc.parametrize("taken_away", [pytest.param(None, id=pytest.HIDDEN_PARAM), *without], indirect=True)


@pytest.fixture(autouse=True)
def taken_away(request: pytest.FixtureRequest) -> str | None:
    """The protection that this test runs without."""
    return getattr(request, "param", None)


def _name(item: pytest.Item) -> str | None:
    name: str | None = item.callspec.params.get("taken_away") if hasattr(item, "callspec") else None
    return name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Take the protection away once everything is set up: the test itself is to fall, and nothing else."""
    yield
    if name := _name(item):
        stack = item.stash[_taken] = ExitStack()
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        stack.enter_context(PROTECTIONS[name](patch))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    if _taken in item.stash:
        item.stash[_taken].close()
    yield
    context._scope.set(None)  # what a test without its protection may have left behind


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Without its protection a test that falls is right, and one that stands is wrong."""
    report = yield
    name = _name(item)
    if name is None or report.when != "call" or report.skipped:
        return report
    if call.excinfo is None:
        report.outcome, report.longrepr = "failed", f"It stands without “{name}”: nothing here notices."
    elif issubclass(call.excinfo.type, NOTICED):
        why = call.excinfo.exconly(tryshort=True).splitlines()[0][:80]
        report.user_properties.append(("told", [TABLE, f"  {name:<30} {_function(item)} — {why}"]))
        report.outcome, report.longrepr, report.sections = "passed", None, []
    return report


def _function(item: pytest.Item) -> str:
    return f"{item.path.stem}::{item.originalname}" if isinstance(item, pytest.Function) else item.name


@pytest.fixture
def login(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The web's own connection, without Django."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def no_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database as a request finds it, with transactions of its own. What the test writes it takes back itself."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()
