"""Errors told to Sentry, when a deployment names one: where and what went wrong, nothing about whom."""

from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event, Hint

from yhdys.config.logging import hide_addresses
from yhdys.tenancy.context import current_scope

KEPT_OF_REQUEST = ("method",)
"""An address may hold a link that lets its reader act, headers a session, a body what somebody wrote."""


def start(dsn: str, *, transport: type[Transport] | None = None) -> None:
    """Begin to tell. Local variables, bodies, cookies, users and breadcrumbs stay here.

    The library itself collects nothing of people unless it is told to.
    """
    sentry_sdk.init(
        dsn=dsn,
        transport=transport,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        before_send=without_people,
    )


def without_people(event: Event, hint: Hint) -> Event:
    """Sentry's ``before_send``: add the region, take out what could tell of a person."""
    scope = current_scope()
    event.setdefault("tags", {})["region"] = scope.schema if scope else "none"
    event["request"] = {key: value for key, value in event.get("request", {}).items() if key in KEPT_OF_REQUEST}
    for part in ("user", "extra", "contexts"):
        event.pop(part, None)  # type: ignore[misc]  # the names are those of the event's own keys
    cleaned: Any = hide_addresses(None, "", dict(event))
    return cleaned  # type: ignore[no-any-return]  # the same keys, with texts replaced
