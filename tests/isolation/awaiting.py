"""Asynchronous code for tests that are not, whichever tests ran before them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from asgiref.sync import async_to_sync
from django.db import connections


def awaited[**P, R](work: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs) -> R:
    """What ``work`` answers, awaited in a loop of its own; its synchronous parts use the test's own connections."""
    with _no_loop_here():
        return async_to_sync(work)(*args, **kwargs)


@contextmanager
def _no_loop_here() -> Iterator[None]:
    """Once a browser test has run, Playwright's loop counts as running in this thread, though nothing runs in it now.

    While it counts, no other is begun from here. Django keeps other connections with a loop than without: the test's
    are carried over, and those that were there come back.
    """
    loop, mine = asyncio._get_running_loop(), connections.all(initialized_only=True)
    asyncio._set_running_loop(None)
    try:
        others = connections.all(initialized_only=True)
        for connection in mine:
            connections[connection.alias] = connection
        try:
            yield
        finally:
            for connection in mine:
                del connections[connection.alias]
            for connection in others:
                connections[connection.alias] = connection
    finally:
        asyncio._set_running_loop(loop)
