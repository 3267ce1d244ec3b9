"""How the web is run, by ``./up`` and in the image alike: ``gunicorn --config python:yhdys.config.gunicorn``."""

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from gunicorn.glogging import Logger
from prometheus_client.multiprocess import mark_process_dead

from yhdys.config.logging import configure
from yhdys.core import metrics

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yhdys.config.settings.production")


class Lines(Logger):
    """gunicorn's own words among ours, in our format."""

    def setup(self, cfg: Any) -> None:
        """Called in the first process, which never loads the rest of Django."""
        self.cfg = cfg
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        configure(settings.LOGGING)


logger_class = Lines
wsgi_app = "yhdys.config.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
graceful_timeout = 5
control_socket_disable = True
# Our own lines tell of requests, without addresses of people and without the links that let somebody act.
accesslog = None


def on_starting(server: Any) -> None:
    """Begin with no counts of processes that are gone."""
    folder = os.environ.get(metrics.FOLDER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True)


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a process that ended had told of its own present."""
    if metrics.FOLDER in os.environ:
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library has half its types
