"""What is noted while a page is made: whether it may be kept at all, and for how long."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from yhdys.core import clock
from yhdys.tenancy.context import in_a_region
from yhdys.tenancy.revisions import PRIVATE, Revision
from yhdys.web.kept.asked import Asked
from yhdys.web.kept.late import Late
from yhdys.web.kept.page import Page, Wants
from yhdys.web.kept.store import LIFE
from yhdys.web.kept.turns import next_turn

VARIES = frozenset({"accept-encoding", "cookie"})
"""What a page that is kept may say that it varies with: it was made for somebody without a cookie."""
_PRIVATE = re.compile("|".join(f'"{table}"' for table in sorted(PRIVATE)))

log = structlog.get_logger(__name__)


@dataclass
class Making:
    """A page on its way, wanted by somebody without an account."""

    asked: Asked
    revision: Revision
    wants: Wants
    begun: datetime = field(default_factory=clock.now)
    late: Late = field(default_factory=Late)
    is_public: bool = False
    """Whether the view turned out to be a public page's."""
    has_claim: bool = False
    read_private: bool = False
    watch: clock.Watch = field(default_factory=clock.Watch)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Watch what is asked of the clock and of the database."""
        with clock.watched() as self.watch, connection.execute_wrapper(self._look):
            yield

    def _look(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if _PRIVATE.search(str(sql)):
            self.read_private = True
        return execute(sql, params, many, context)

    def page(self, request: HttpRequest, response: HttpResponseBase) -> Page | None:
        """The page to keep, None when this reply is not to be kept."""
        if not self.is_public or not isinstance(response, HttpResponse) or not _may_be_kept(request, response):
            return None
        if self.read_private:
            log.warning("kept.private_table", path=request.path_info)
            return None
        route = request.resolver_match.route if request.resolver_match else ""
        return Page.of(response, self.late.places, self._expires().timestamp(), route)

    def _expires(self) -> datetime:
        ends = [self.begun + timedelta(seconds=LIFE)]
        if (holds := self.watch.holds_until(self.begun)) is not None:
            ends.append(holds)
        if self.watch.asked_moment and in_a_region() and (turn := next_turn(self.begun)) is not None:
            ends.append(turn)
        return min(ends)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a reply is good for everybody: whole, without a cookie, a token or a wish not to be kept."""
    wishes = response.get("Cache-Control", "").lower()
    varies = {name.strip() for name in response.get("Vary", "").lower().split(",")} - {""}
    return (
        response.status_code == 200
        and not response.cookies
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and "private" not in wishes
        and "no-store" not in wishes
        and varies <= VARIES
        and "Content-Encoding" not in response
    )
