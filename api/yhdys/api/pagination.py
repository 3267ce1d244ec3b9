"""Lists by cursors: a page begins after a row, so what is added meanwhile shifts nothing."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from yhdys.tenancy import signing

SIZE, MOST = 25, 100
PURPOSE = "api.cursor"


class Place(NamedTuple):
    """A row between two pages: its key, and its primary key among rows of the same one."""

    backwards: bool
    key: Any
    pk: str


class Cursors(BasePagination):
    """``?cursor=…&page_size=…``. A list's view says its ``order``: a column without empty values, ``-`` for falling.

    A cursor is signed for one list of one region, so what comes back is what was given out.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """One page. Raises ValidationError for a cursor that is none of this list's and for a size out of bounds."""
        self._request = request
        self._key = view.order.lstrip("-")
        size, place = self._size(), self._place()
        backwards = place is not None and place.backwards
        falling = view.order.startswith("-") != backwards
        sign, way = ("-", "lt") if falling else ("", "gt")
        if place is not None:
            beyond = Q(**{f"{self._key}__{way}": place.key})
            queryset = queryset.filter(beyond | Q(**{self._key: place.key, f"pk__{way}": place.pk}))
        found = list(queryset.order_by(f"{sign}{self._key}", f"{sign}pk")[: size + 1])
        has_more, page = len(found) > size, found[:size]
        if backwards:
            page.reverse()
        has_next = bool(page) and (has_more or backwards)
        has_previous = bool(page) and (has_more if backwards else place is not None)
        self._next = self._link(page[-1], backwards=False) if has_next else None
        self._previous = self._link(page[0], backwards=True) if has_previous else None
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """The page between its neighbours' addresses."""
        return Response({"next": self._next, "previous": self._previous, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": link | {"description": "The following page; null on the last one."},
                "previous": link | {"description": "The page before; null on the first one."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": "From “next” or “previous” of another page; do not make one up.",
                "schema": {"type": "string"},
            },
            {
                "name": "page_size",
                "in": "query",
                "description": "How many to a page.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE},
            },
        ]

    def _size(self) -> int:
        asked = self._request.query_params.get("page_size", str(SIZE))
        if not (asked.isascii() and asked.isdecimal() and len(asked) <= 4 and 1 <= int(asked) <= MOST):
            raise ValidationError({"page_size": [_("Give a number from 1 to {most}.").format(most=MOST)]})
        return int(asked)

    def _place(self) -> Place | None:
        asked = self._request.query_params.get("cursor")
        if asked is None:
            return None
        try:
            path, *place = signing.loads(asked, purpose=PURPOSE)
        except signing.BadSignature:
            path, place = None, []
        if path != self._request.path:
            raise ValidationError({"cursor": [_("This cursor is none of this list’s.")]})
        return Place(*place)

    def _link(self, row: Any, *, backwards: bool) -> str:
        key = getattr(row, self._key)
        plain = key.isoformat() if isinstance(key, date) else key  # a datetime is a date too
        cursor = signing.dumps([self._request.path, backwards, plain, str(row.pk)], purpose=PURPOSE)
        return replace_query_param(self._request.build_absolute_uri(), "cursor", cursor)
