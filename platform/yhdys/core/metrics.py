"""What a deployment is watched by: counts and times for Prometheus, named by region and never by person.

Labels take few values: regions are those of the deployment, methods and statuses those of HTTP, effects those that apps
register. A process of several (the web's, a worker's) writes into the folder ``PROMETHEUS_MULTIPROC_DIR``, and any of
them tells the sum.
"""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NOWHERE = ""
"""The region of what belongs to none: an unknown host, a door for machines."""

requests = Counter("yhdys_requests", "Requests answered.", ["region", "method", "status"])
request_seconds = Histogram(
    "yhdys_request_seconds",
    "Seconds from the request's arrival to its answer; a streamed body is not in it.",
    ["region"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
effects = Counter("yhdys_effects", "Effects of the outbox that were tried.", ["region", "effect", "outcome"])
effects_waiting = Gauge(
    "yhdys_effects_waiting",
    "Effects whose time has come and that have not run, as the last sweep found them.",
    ["region"],
    multiprocess_mode="mostrecent",
)


def count_request(*, region: str, method: str, status: int, seconds: float) -> None:
    """Note one answered request."""
    requests.labels(region, method if method in METHODS else "other", str(status)).inc()
    request_seconds.labels(region).observe(seconds)


def registry() -> CollectorRegistry:
    """What all processes of this kind have counted."""
    if FOLDER not in os.environ:
        return REGISTRY
    collected = CollectorRegistry()
    MultiProcessCollector(collected)  # type: ignore[no-untyped-call]  # the library has half its types
    return collected


def exposition() -> bytes:
    """All of it in Prometheus' text format."""
    return generate_latest(registry())
