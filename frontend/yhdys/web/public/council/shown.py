"""What the council's page shows, made ready for its template: one column of rows per kind of seat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yhdys.core import clock
from yhdys.councils.enums import ChannelState, MandateKind
from yhdys.councils.models import (
    Body,
    ExternalDecision,
    FollowedMatter,
    HostPeriod,
    Mandate,
    Membership,
    PublicationChannel,
    Representation,
    Term,
    TimelineEvent,
)
from yhdys.councils.queries import Place, Roster, last_change, roster
from yhdys.meetings.queries import public_meetings, public_namings


@dataclass(frozen=True, slots=True)
class Row:
    """One seat as the page tells it."""

    heading: str
    place: Place

    @property
    def offices(self) -> str:
        """What the member is besides: *chair*."""
        return ", ".join(str(office.get_role_display()) for office in self.place.offices)

    @property
    def organisation(self) -> Any:
        """Whom the member sits for; where that is not told, and for a vacant seat, whose the seat is."""
        member, seat = self.place.member, self.place.seat
        told = member.on_behalf_of if member is not None else None
        return told or (seat and (seat.organisation or seat.authority))


@dataclass(frozen=True, slots=True)
class Column:
    """Rows under one heading."""

    key: str
    title: str
    first: str
    """What the first column tells."""
    rows: tuple[Row, ...]

    @property
    def whose(self) -> str:
        """What the column of whom the members sit for is called: in a sector an organisation, else authorities too."""
        return _("Organisation") if self.key == "sectors" else pgettext("represented", "Organisation or authority")

    @property
    def has_deputies(self) -> bool:
        """Whether any seat has a deputy; without one the column is left out."""
        return any(row.place.deputies for row in self.rows)

    @property
    def has_organisations(self) -> bool:
        """Whether the seats' names leave something to tell of whom the members sit for."""
        return any(row.organisation and str(row.organisation) != row.heading for row in self.rows)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody with an office, and how they are reached. Only while the membership lasts, and by consent."""

    membership: Membership
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """Somebody in office who lets their photograph be shown."""

    membership: Membership
    url: str


def portraits(shown: Roster) -> list[Portrait]:
    """The photographs of those in office today, each person once: by consent only."""
    today = clock.today()
    people = {one.contact_id: one for one in reversed(shown.memberships) if one.holds_on(today)}
    return [
        Portrait(one, reverse("public:photo", kwargs={"name": (one.contact.photo.name or "").rpartition("/")[2]}))
        for one in reversed(people.values())
        if one.contact.has_public_photo
    ]


def body_address(body: Body) -> str:
    """The public address of a body: the region's own council has the short one."""
    if body.is_regional_council and body.ended_on is None:
        return reverse("public:council")
    return reverse("public:body", kwargs={"slug": body.slug})


def roster_address(body: Body, on: date) -> str:
    """The public address of a body's roster on a date."""
    if body.is_regional_council and body.ended_on is None:
        return reverse("public:council-roster", kwargs={"on": on})
    return reverse("public:body-roster", kwargs={"slug": body.slug, "on": on})


def columns(shown: Roster) -> list[Column]:
    """The roster's seats: sectors and organisations together, then authorities, experts and the rest."""
    sectors: list[Row] = []
    others: list[Column] = []
    for group in shown.groups:
        rows = tuple(Row(_heading(place, group.name), place) for place in group.places)
        if group.key.startswith("sector-") or group.key == "organisations":
            sectors.extend(rows)
        else:
            others.append(Column(group.key, group.name, _("Represents"), rows))
    first = [Column("sectors", _("Members by sector"), pgettext("column", "Sector"), tuple(sectors))] if sectors else []
    return first + others


def _heading(place: Place, group: str) -> str:
    if place.seat is None:
        return ""
    if place.seat.sector is not None and not place.seat.label:
        return place.seat.sector.name
    return place.seat.name


def officers(shown: Roster) -> list[Officer]:
    """Officers of the day; an address and a number only of those who are in office now."""
    today = clock.today()
    return [
        Officer(
            one,
            one.contact.public_email if one.holds_on(today) else "",
            one.contact.public_phone if one.holds_on(today) else "",
        )
        for one in shown.officers
    ]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A term whose roster can be looked at."""

    term: Term
    url: str
    is_current: bool


def earlier(body: Body, terms: Iterable[Term], on: date) -> list[Earlier]:
    """The terms that have begun, each with the address of its roster: on its last day, today for the running one."""
    today = clock.today()
    return [
        Earlier(
            term,
            body_address(body) if term.holds_on(today) else roster_address(body, term.end or term.start),
            term.holds_on(on),
        )
        for term in terms
        if term.start <= today
    ]


def body_context(body: Body) -> dict[str, Any]:
    """Everything the body's own page shows."""
    today = clock.today()
    terms = list(Term.objects.of_body(body).for_rosters())
    shown = roster(body, today, terms)
    mandates = list(Mandate.objects.of_body(body).told())
    in_force = [one for one in mandates if one.holds_on(today)]
    hosts = list(HostPeriod.objects.told().filter(body=body))
    events = list(TimelineEvent.objects.of_body(body).told())
    decisions = list(ExternalDecision.objects.of_body(body).told())
    channels = list(PublicationChannel.objects.of_body(body).told())
    matters = list(FollowedMatter.objects.of_body(body).told())
    children = list(Body.objects.below(body).working().for_cards())
    return {
        "body": body,
        "roster": shown,
        "columns": columns(shown),
        "officers": officers(shown),
        "portraits": portraits(shown),
        "host": next((one for one in hosts if one.holds_on(today)), None),
        "objectives": [one for one in in_force if one.kind == MandateKind.OBJECTIVE],
        "tasks": [one for one in in_force if one.kind == MandateKind.TASK],
        "events": events,
        "decisions": decisions,
        "channels": [one for one in channels if one.state != ChannelState.ENDED],
        "matters": matters,
        "municipalities": body.municipalities.all(),
        "children": [(child, body_address(child)) for child in children],
        "parent_url": body_address(body.parent) if body.parent is not None else "",
        "terms": earlier(body, terms, today),
        "address": body_address(body),
        "has_representatives": Representation.objects.of_body(body).in_force().exists(),
        "has_meetings": public_meetings().filter(body=body).exists(),
        "last_edited": last_change(body, terms, mandates, hosts, events, decisions, channels, matters),
    }


def roster_context(body: Body, on: date) -> dict[str, Any]:
    """Everything the page of a roster on a date shows."""
    terms = list(Term.objects.of_body(body).for_rosters())
    shown = roster(body, on, terms)
    return {
        "body": body,
        "on": on,
        "roster": shown,
        "columns": columns(shown),
        "officers": officers(shown),
        "terms": earlier(body, terms, on),
        "address": body_address(body),
        "last_edited": last_change(body, terms),
    }


def representations_context() -> dict[str, Any]:
    """Groups outside with those who represent in them today, and the public item at which each was named."""
    mandates = list(Representation.objects.in_force().listed())
    items = public_namings(mandates)
    edited = [moment for one in mandates for moment in (one.updated_at, one.group.updated_at)]
    return {
        "lines": [
            {"group": group, "rows": [_mandate_row(one, items.get(one.pk)) for one in those]}
            for group, those in groupby(mandates, key=lambda one: one.group)
        ],
        "last_edited": max(edited, default=None),
    }


def _mandate_row(mandate: Representation, item: Any) -> dict[str, Any]:
    url = f"{reverse('public:meeting', kwargs={'slug': item.meeting.slug})}#item-{item.number}" if item else ""
    return {"mandate": mandate, "item": item, "url": url}
