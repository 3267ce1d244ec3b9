"""How the web is run, by ``./up`` and in the image alike: ``gunicorn --config python:yhdys.config.gunicorn``."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

wsgi_app = "yhdys.config.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
graceful_timeout = 5
control_socket_disable = True
# Our own lines tell of requests, without addresses of people and without the links that let somebody act.
accesslog = None


def _folder_for_counts() -> str:
    """An empty folder in which the processes count together; known before any of them imports the library."""
    folder = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or tempfile.mkdtemp(prefix="yhdys-web-"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return str(folder)


os.environ["PROMETHEUS_MULTIPROC_DIR"] = _folder_for_counts()


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a process that ended had told of its own present."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - after the folder is known

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library has half its types
