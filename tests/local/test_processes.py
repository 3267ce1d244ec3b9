"""Children end with their parent, and their folders come back to life after a violent end."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis

from yhdys.local.postgres import Postgres
from yhdys.local.processes import Child, Trouble, command_line, free_port
from yhdys.local.valkey import CACHE, Valkey

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux ends children with their parent.")


def eventually(is_so: Callable[[], bool], seconds: float = 15.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid: int) -> bool:
    return bool(command_line(pid))


def test_a_child_writes_to_its_log_and_is_ended_with_its_whole_group(tmp_path: Path) -> None:
    child = Child("talker", ["sh", "-c", "sleep 61 & echo $!; wait"], tmp_path / "talker.log")
    child.start()
    assert eventually(lambda: child.log.read_text().strip().isdigit())
    grandchild = int(child.log.read_text())
    assert is_alive(grandchild)

    child.stop()

    assert not child.running
    assert eventually(lambda: not is_alive(grandchild))


def test_a_child_that_ignores_the_request_to_stop_is_killed(tmp_path: Path) -> None:
    child = Child("deaf", ["sh", "-c", "trap '' TERM; echo ready; sleep 62"], tmp_path / "deaf.log", grace=0.3)
    child.start()
    assert eventually(lambda: "ready" in child.log.read_text())
    child.stop()
    assert not child.running


@linux_only
def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from yhdys.local.postgres import Postgres
        from yhdys.local.valkey import Valkey
        folder = Path({str(tmp_path)!r})
        postgres = Postgres(folder / "a b" / "postgres", folder / "postgres.log", throwaway=True)
        (folder / "a b").mkdir()
        postgres.start()
        valkey = Valkey(folder / "a b" / "valkey", folder / "valkey.log")
        valkey.start()
        print(postgres.child.process.pid, valkey.child.process.pid, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        assert all(map(is_alive, children))
        parent.kill()
    assert eventually(lambda: not any(map(is_alive, children)))


def test_postgresql_starts_again_after_it_was_killed_with_its_lock_left_behind(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "post gres", tmp_path / "postgres.log")
    postgres.start()
    with psycopg.connect(postgres.admin_url) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('ääkköset')")
    assert postgres.child is not None
    assert postgres.child.process is not None
    os.killpg(postgres.child.process.pid, signal.SIGKILL)
    postgres.child.process.wait()
    assert (postgres.data / "postmaster.pid").exists()

    again = Postgres(tmp_path / "post gres", tmp_path / "postgres.log")
    again.start()
    try:
        with psycopg.connect(again.admin_url) as connection:
            assert connection.execute("select word from kept").fetchall() == [("ääkköset",)]
            assert connection.info.server_version >= 180000
    finally:
        again.stop()


def test_a_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", tmp_path / "postgres.log", throwaway=True)
    postgres.data.mkdir(parents=True)
    (postgres.data / "PG_VERSION").write_text("18\n")
    postgres.start()
    try:
        with psycopg.connect(postgres.admin_url) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        postgres.stop()


def test_the_database_and_the_cache_want_their_passwords(tmp_path: Path) -> None:
    valkey = Valkey(tmp_path / "valkey", tmp_path / "valkey.log")
    valkey.start()
    try:
        assert redis.Redis.from_url(valkey.url(CACHE)).ping()
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=valkey.port).ping()
        assert (tmp_path / "valkey" / "valkey.conf").stat().st_mode & 0o077 == 0
    finally:
        valkey.stop()


def test_a_service_that_cannot_start_says_where_its_log_is(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", tmp_path / "postgres.log", throwaway=True)
    postgres.prepare()
    (postgres.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(Trouble, match=r"PostgreSQL did not start; see .*postgres\.log"):
        postgres.start()


def test_a_free_port_is_free() -> None:
    assert 1024 <= free_port() <= 65535
