"""The roster of a day as a file: one set of columns for CSV and XLSX, with what the page tells and nothing more."""

import io
from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from yhdys.core import clock
from yhdys.councils.models import Body, Membership, Seat
from yhdys.councils.queries import Roster, last_change, roster
from yhdys.web.feeds import unless_known
from yhdys.web.kept.asked import public_page
from yhdys.web.requests import RegionRequest
from yhdys.web.sheets import CSV, XLSX, Cell, add_table, csv_of, formats_of, new_book


def columns() -> list[str]:
    """The heads of both files."""
    return [
        _("Body"), _("Group of seats"), _("Seat"), _("Has a vote"), _("Role"), _("Name"), _("On behalf of"),
        _("Deputy of"), _("First day"), _("Last day"),
    ]  # fmt: skip


def rows(shown: Roster) -> Iterator[list[Cell]]:
    """Officers, then seat by seat the member and the deputies in their order. A vacant seat has no name."""
    body = str(shown.body)
    for officer in shown.officers:
        yield [body, pgettext("group of seats", "Officers"), "", "", *_person(officer)]
    for group in shown.groups:
        for place in group.places:
            seat = [body, group.name, *_seat(place.seat)]
            if place.member is None:
                yield [*seat, pgettext("seat", "Vacant"), "", "", "", None, None]
            else:
                yield [*seat, *_person(place.member)]
            for deputy in place.deputies:
                yield [*seat, *_person(deputy)]


def _seat(seat: Seat | None) -> list[Cell]:
    return ["", ""] if seat is None else [seat.name, _("Yes") if seat.is_voting else _("No")]


def _person(one: Membership) -> list[Cell]:
    whose = one.deputises_for.contact.name if one.deputises_for is not None else ""
    return [str(one.get_role_display()), one.contact.name, str(one.on_behalf_of or ""), whose, one.start, one.end]


@public_page()
@require_safe
def roster_csv(request: RegionRequest, slug: str, on: date) -> HttpResponseBase:
    """GET …/council/<slug>/composition/2022-04-27/members.csv: UTF-8 with a mark and semicolons."""
    shown = _shown(slug, on)
    return _file(request, shown, csv_of(columns(), rows(shown)), CSV, "csv")


@public_page()
@require_safe
def roster_xlsx(request: RegionRequest, slug: str, on: date) -> HttpResponseBase:
    """GET …/council/<slug>/composition/2022-04-27/members.xlsx."""
    shown = _shown(slug, on)
    written = io.BytesIO()
    book = new_book(written, str(shown.body), last_change(shown.body))
    add_table(book, formats_of(book), _("Members"), columns(), rows(shown), (34, 24, 34, 10, 18, 26, 34, 26, 12, 12))
    book.close()
    return _file(request, shown, written.getvalue(), XLSX, "xlsx")


def _shown(slug: str, on: date) -> Roster:
    """Raises Http404 for a day that is still to come, as the page does."""
    if on > clock.today():
        raise Http404("Rosters of the future are not told.")
    body: Body = get_object_or_404(Body.objects.listed(), slug=slug)
    return roster(body, on)


def _file(request: RegionRequest, shown: Roster, content: bytes, kind: str, ending: str) -> HttpResponseBase:
    response = unless_known(
        request,
        content,
        content_type=kind,
        modified=last_change(shown.body),
        sees_removals=False,
        filename=f"{shown.body.slug}-{shown.on.isoformat()}.{ending}",
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
