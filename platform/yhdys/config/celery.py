"""The Celery application: workers of all regions, and the clock that wakes them."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_process_shutdown
from prometheus_client import start_http_server
from prometheus_client.multiprocess import mark_process_dead

from yhdys.core import metrics

app = Celery("yhdys", task_cls="yhdys.tenancy.tasks:RegionTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SWEEP = 30.0
"""Seconds between sweeps of the outboxes. A sweep that no worker took before the next one is dropped."""

# Beat stands in no region and sends only tenancy.fan_out, which stands in none either.
app.conf.beat_schedule = {
    "sweep outboxes": {
        "task": "tenancy.fan_out",
        "schedule": SWEEP,
        "args": ["tenancy.sweep_outbox"],
        "kwargs": {"expires": SWEEP},
        "options": {"expires": SWEEP},
    },
    "reconcile the overview": {
        "task": "tenancy.fan_out",
        "schedule": crontab(hour="3", minute="10"),
        "args": ["overview.reconcile"],
        "kwargs": {"with_national": False},
    },
    "remind those who have not named anybody": {
        "task": "tenancy.fan_out",
        "schedule": crontab(hour="8", minute="20"),
        "args": ["nominations.remind"],
        "kwargs": {"with_national": False},
    },
    "erase what has outlived its time": {
        "task": "tenancy.fan_out",
        "schedule": crontab(hour="3", minute="40"),
        "args": ["privacy.erase"],
    },
}


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Log as the settings say. That somebody listens here is what keeps Celery from setting up logging of its own."""


@worker_init.connect
def tell_metrics(**kwargs: Any) -> None:
    """Let Prometheus ask this worker at ``WORKER_METRICS_PORT``, inside the deployment's own network."""
    if metrics.FOLDER in os.environ:
        Path(os.environ[metrics.FOLDER]).mkdir(parents=True, exist_ok=True)
    port = os.environ.get("WORKER_METRICS_PORT")
    if port:
        start_http_server(int(port), registry=metrics.registry())


@worker_process_shutdown.connect
def forget_counts_of_the_present(pid: int, **kwargs: Any) -> None:
    """A process that ended waits for nothing any more."""
    if metrics.FOLDER in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library has half its types
