"""The Celery application: workers of all regions, and the clock that wakes them."""

from celery import Celery
from celery.schedules import crontab

app = Celery("yhdys", task_cls="yhdys.tenancy.tasks:RegionTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
NATIONAL = {"headers": {"schema_name": "public"}}
"""Beat stands in no region: what it sends is the national site's work, which then fans out."""
app.conf.beat_schedule = {
    "sweep outboxes": {
        "task": "tenancy.fan_out",
        "schedule": 30.0,
        "args": ["tenancy.sweep_outbox"],
        "options": NATIONAL,
    },
    "reconcile the overview": {
        "task": "tenancy.fan_out",
        "schedule": crontab(hour="3", minute="10"),
        "args": ["overview.reconcile"],
        "kwargs": {"with_national": False},
        "options": NATIONAL,
    },
}
