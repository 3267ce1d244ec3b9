"""A real server on the tests' own services, as ``./up`` runs it, and a client that does as little as one can."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yhdys.local.home import PROJECT
from yhdys.local.processes import Child, Trouble, free_port, tail, wait_until_accepts

ROOTS = [PROJECT, *(PROJECT / root for root in ("platform", "tenants", "api", "frontend"))]
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:yhdys.config.gunicorn"]
PATIENCE = 60.0


def environment(**variables: str) -> dict[str, str]:
    """What a process of ours needs to know."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, ROOTS)), "LOG_LEVEL": "WARNING"} | variables


@contextmanager
def served(folder: Path, name: str, app: str = "yhdys.config.wsgi", **variables: str) -> Iterator[int]:
    """The port of a server that runs an application until the block ends. Its log is ``<name>.log``."""
    port, log = free_port(), folder / f"{name}.log"
    command = [*GUNICORN, app, "--bind", f"127.0.0.1:{port}"]
    child = Child(name, command, log, env=environment(**variables), cwd=PROJECT)
    child.start()
    try:
        if not wait_until_accepts(child, port, seconds=PATIENCE):
            raise Trouble(tail(log, 20))
        yield port
    finally:
        child.stop()


def connect(port: int) -> socket.socket:
    """A connection that stays."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def message(path: str, host: str, *headers: str) -> bytes:
    """A GET request."""
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", *headers, "", ""]).encode()


def reply(connection: socket.socket) -> tuple[str, bytes]:
    """The head and the body of one reply."""
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _more(connection)
    head = received[:end].decode("latin-1")
    lengths = [int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")]
    if not lengths:
        raise ValueError(f"A reply without a length: {head}")
    body = [received[end + 4 :]]
    left = lengths[0] - len(body[0])
    while left > 0:
        body.append(_more(connection))
        left -= len(body[-1])
    return head, b"".join(body)


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("The server ended the connection.")
    return part
