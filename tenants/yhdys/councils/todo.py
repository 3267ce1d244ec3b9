"""What of the councils waits for whom: terms and mandates that come to an end, pilots to review, seats to fill."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdys.accounts.rules import is_administrator
from yhdys.core import clock
from yhdys.core.todo import Todo, source
from yhdys.councils.enums import Role, TermState
from yhdys.councils.models import Membership, Representation, Seat, Term
from yhdys.councils.models.term import TermQuerySet
from yhdys.councils.rules import standing_of
from yhdys.tenancy.context import require_scope

ENDING_SOON = timedelta(days=120)
"""How long before its last day a term asks for the next one: naming members takes months."""
REVIEW_SOON = timedelta(days=60)
MANDATE_SOON = timedelta(days=60)
"""How long before its end, and after it, a mandate in a group outside asks for a successor."""


def _terms_of(user: Any) -> TermQuerySet:
    """Open terms of the bodies whose members this user appoints."""
    terms: TermQuerySet = Term.objects.exclude(state=TermState.ENDED).filter(body__ended_on=None)
    if is_administrator(user, require_scope()):
        return terms.select_related("body")
    standing = standing_of(user)
    bodies = standing.bodies_as(Role.SECRETARY) | standing.convenes
    return terms.filter(body__in=bodies).select_related("body")


@source
def terms(user: Any) -> Iterator[Todo]:
    """Terms whose first or last day has come, whose end is near, and pilots whose review is."""
    today = clock.today()
    later = Term.objects.filter(body=OuterRef("body"), start__gt=OuterRef("start"))
    for term in _terms_of(user).annotate(has_next=Exists(later)):
        where: dict[str, Any] = {"url_name": "workspace:term", "url_kwargs": {"pk": term.pk}, "kind": "councils"}
        detail = str(term.body)
        if term.state == TermState.PLANNED:
            if term.start <= today:
                yield Todo(_("Start the term {term}").format(term=term), due=term.start, detail=detail, **where)
            continue
        if term.end is not None and term.end < today:
            yield Todo(_("End the term {term}").format(term=term), due=term.end, detail=detail, **where)
        elif term.end is not None and term.end - ENDING_SOON <= today and not getattr(term, "has_next", False):
            yield Todo(
                _("Plan the next term"),
                "workspace:body-terms",
                {"pk": term.body_id},
                due=term.end,
                detail=detail,
                kind="councils",
            )
        review = term.review_on
        if review is not None and review - REVIEW_SOON <= today and term.state == TermState.RUNNING:
            yield Todo(_("Review the pilot"), due=review, detail=detail, **where)


@source
def vacant_seats(user: Any) -> Iterator[Todo]:
    """Seats of running terms that nobody holds, body by body."""
    today = clock.today()
    held = Membership.objects.filter(seat=OuterRef("pk")).exclude(role=Role.DEPUTY).in_force(today)
    running = _terms_of(user).running()
    seats = Seat.objects.in_force(today).filter(~Q(Exists(held)), term__in=running).select_related("term__body")
    counts: dict[Term, int] = {}
    for seat in seats:
        counts[seat.term] = counts.get(seat.term, 0) + 1
    for term, count in counts.items():
        yield Todo(
            ngettext("Appoint a member to a vacant seat", "Appoint members to {count} vacant seats", count).format(
                count=count
            ),
            "workspace:term",
            {"pk": term.pk},
            detail=str(term.body),
            kind="councils",
        )


@source
def expiring_mandates(user: Any) -> Iterator[Todo]:
    """Mandates in groups outside that end soon, or ended lately, without anybody named after them."""
    today = clock.today()
    ending = Representation.objects.filter(end__gte=today - MANDATE_SOON, end__lte=today + MANDATE_SOON)
    ending = ending.filter(Q(group__end=None) | Q(group__end__gt=F("end")), body__ended_on=None)
    if not is_administrator(user, require_scope()):
        standing = standing_of(user)
        ending = ending.filter(body__in=standing.bodies_as(Role.SECRETARY) | standing.convenes)
    later = Representation.objects.filter(
        Q(end=None) | Q(end__gt=OuterRef("end")),
        group=OuterRef("group"),
        body=OuterRef("body"),
        stands_as=OuterRef("stands_as"),
    )
    for mandate in ending.filter(~Exists(later)).listed()[:20]:
        yield Todo(
            _("Name a representative: {group}").format(group=mandate.group),
            "workspace:mandate",
            {"pk": mandate.pk},
            due=mandate.end,
            detail=f"{mandate.body}: {mandate.contact}",
            kind="councils",
        )
