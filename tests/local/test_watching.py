"""What the supervisor decides: when a dead child is started again, and when the demonstration is loaded."""

import time
from pathlib import Path

import pytest

from yhdys.local.processes import Child
from yhdys.local.supervisor import CALM, LONGEST_PAUSE, REGIONS, Supervisor, Watched


class Mortal(Child):
    """A child that is dead whenever one looks; counts its starts."""

    starts = 0

    def start(self) -> None:
        self.starts += 1

    def stop(self) -> None:
        """There is nothing to stop."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time as the supervisor sees it; the test turns it."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def pauses(watched: Watched, clock: list[float], deaths: int) -> list[float]:
    """How long each death waited for its new start, with a look every half second."""
    assert isinstance(watched.child, Mortal)
    found = []
    for _death in range(deaths):
        before, began = watched.child.starts, clock[0]
        while watched.child.starts == before:
            watched.look()
            clock[0] += 0.5
        found.append(clock[0] - 0.5 - began)
    return found


def test_pauses_double_up_to_half_a_minute(clock: list[float], tmp_path: Path) -> None:
    watched = Watched(Mortal("mortal", [], tmp_path / "log"))
    assert pauses(watched, clock, 7) == [1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE]


def test_one_that_ran_well_is_started_at_once(clock: list[float], tmp_path: Path) -> None:
    watched = Watched(Mortal("mortal", [], tmp_path / "log"))
    assert pauses(watched, clock, 3)[-1] == 4.0
    clock[0] += CALM + 1
    assert pauses(watched, clock, 2) == [0.0, 1.0]


def test_the_demonstration_is_loaded_once_and_again_for_another_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YHDYS_DATA", str(tmp_path))
    monkeypatch.delenv("YHDYS_DEMO_PASSWORD", raising=False)
    supervisor = Supervisor()
    supervisor.home.open()
    ran: list[tuple[tuple[str, ...], dict[str, str]]] = []

    def manage(*words: str, **extra: str) -> None:
        ran.append((words, extra))
        supervisor.home.demo_accounts.write_text("[]")

    monkeypatch.setattr(supervisor, "manage", manage)

    first = supervisor.load_demo()
    assert ran == [
        (("create_region", *REGIONS, "--if-missing"), {}),
        (("load_demo",), {"YHDYS_DEMO_PASSWORD": first}),
    ]
    assert supervisor.load_demo() == first
    assert len(ran) == 2

    monkeypatch.setenv("YHDYS_DEMO_PASSWORD", "Toinen-salasana-2")
    assert supervisor.load_demo() == "Toinen-salasana-2"
    assert ran[-1] == (("load_demo",), {"YHDYS_DEMO_PASSWORD": "Toinen-salasana-2"})
