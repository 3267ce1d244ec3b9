"""How balanced the proposed composition would be, against the region's own targets and the Equality Act.

Counted is who would sit in the body: the chosen nominations, and those who hold seats of the term that the call does
not touch. A gap is said in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yhdys.core import clock
from yhdys.councils.enums import Balance as Binding
from yhdys.councils.enums import Represents, Role
from yhdys.councils.models import Membership, Seat
from yhdys.nominations.enums import Gender, Place, TargetKind
from yhdys.nominations.models import Nomination, NominationCall, Target

SHARE = 40
"""Per cent of women and of men, at the least (Act on Equality between Women and Men, 609/1986, section 4 a)."""


@dataclass(frozen=True)
class Row:
    """One sector, municipality or kind of seat."""

    label: str
    count: int
    target: int = 0

    @property
    def lacks(self) -> int:
        """How many members are missing from the target."""
        return max(self.target - self.count, 0)

    @property
    def gap(self) -> str:
        """What is missing, in words; empty when nothing is."""
        if not self.lacks:
            return ""
        if not self.count:
            return ngettext(
                "{label}: nobody, while one member is wanted.",
                "{label}: nobody, while {target} members are wanted.",
                self.target,
            ).format(label=self.label, target=self.target)
        return _("{label}: {count}, while {target} are wanted.").format(
            label=self.label, count=self.count, target=self.target
        )


@dataclass(frozen=True)
class Dimension:
    """One way of looking at the composition."""

    kind: TargetKind
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """In words."""
        return str(self.kind.label)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words."""
        return tuple(row.gap for row in self.rows if row.gap)


@dataclass(frozen=True)
class Share:
    """Women and men among the members, or among the deputies: the Act counts them separately."""

    place: Place
    women: int
    men: int
    others: int
    """Neither, or not told."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.women + self.men + self.others

    @property
    def needed(self) -> int:
        """How many of each the rule asks for: 40 per cent rounded up, and no more than half of an uneven few."""
        return min(-(-self.total * SHARE // 100), self.total // 2)

    @property
    def is_met(self) -> bool:
        """Whether both reach it for certain."""
        return self.women >= self.needed and self.men >= self.needed

    @property
    def is_open(self) -> bool:
        """Whether those who have not told could still make it reached."""
        lacking = max(self.needed - self.women, 0) + max(self.needed - self.men, 0)
        return not self.is_met and lacking <= self.others

    @property
    def who(self) -> str:
        """Members or deputies, in words."""
        if self.place == Place.MEMBER:
            return pgettext("balance", "Members")
        return pgettext("balance", "Deputies")

    @property
    def verdict(self) -> str:
        """The answer in words."""
        if not self.total:
            return _("Nobody yet.")
        if self.is_met:
            return _("At least {share} % are women and at least {share} % are men.").format(share=SHARE)
        lacking = []
        if self.women < self.needed:
            number = self.needed - self.women
            lacking.append(ngettext("{number} woman", "{number} women", number).format(number=number))
        if self.men < self.needed:
            number = self.needed - self.men
            lacking.append(ngettext("{number} man", "{number} men", number).format(number=number))
        what = pgettext("between two things", " and ").join(lacking)
        if self.is_open:
            return _("Cannot be told: {what} are needed for certain, and {others} have not told.").format(
                what=what, others=self.others
            )
        return _("Not reached: {what} more are needed.").format(what=what)


@dataclass(frozen=True)
class Balance:
    """The composition as it would be."""

    dimensions: tuple[Dimension, ...]
    shares: tuple[Share, Share]
    is_binding: bool

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing from the region's own targets, in words."""
        return tuple(gap for one in self.dimensions for gap in one.gaps)

    @property
    def meets_act(self) -> bool:
        """Whether 40 per cent are reached among the members and among the deputies, where there are any."""
        return all(share.is_met for share in self.shares if share.total)

    @property
    def needs_reason(self) -> bool:
        """Whether the body is bound by the Act and cannot show that it is followed: an exception has a reason."""
        return self.is_binding and not self.meets_act


@dataclass(frozen=True)
class _Sitter:
    """Somebody who would sit."""

    seat: Seat
    municipality: str


def balance_of(call: NominationCall) -> Balance:
    """The balance of the call's chosen nominations with those who sit already; a constant number of queries."""
    chosen = list(call.nominations.chosen().listed())
    staying = _staying(call)
    sitters = [*(_named(one) for one in chosen), *(_sitting(one) for one in staying if one.seat is not None)]
    targets = list(Target.objects.of_body(call.body))
    sectors = Counter(str(one.seat.sector) for one in sitters if one.seat.sector is not None)
    places = Counter(one.municipality for one in sitters if one.municipality)
    kinds = Counter(str(Represents(one.seat.represents).label) for one in sitters)
    return Balance(
        dimensions=(
            _dimension(TargetKind.SECTOR, sectors, targets),
            _dimension(TargetKind.MUNICIPALITY, places, targets),
            _dimension(TargetKind.SEAT_KIND, kinds, targets),
        ),
        shares=(_share(chosen, Place.MEMBER), _share(chosen, Place.DEPUTY)),
        is_binding=call.body.balance == Binding.BINDING,
    )


def _staying(call: NominationCall) -> list[Membership]:
    """Holders of the term's other seats, on its first day or today."""
    day = max(call.term.start, clock.today())
    seats = Seat.objects.of_term(call.term).exclude(pk__in=call.seats.values("pk"))
    return list(
        Membership.objects.filter(seat__in=seats)
        .exclude(role=Role.DEPUTY)
        .in_force(day)
        .select_related(
            "seat__sector", "seat__municipality", "organisation__municipality", "authority__municipality", "term"
        )
    )


def _named(one: Nomination) -> _Sitter:
    owner = one.organisation or one.authority
    return _Sitter(one.seat, str(one.seat.municipality or getattr(owner, "municipality", None) or ""))


def _sitting(one: Membership) -> _Sitter:
    assert one.seat is not None
    owner = one.organisation or one.authority
    return _Sitter(one.seat, str(one.seat.municipality or getattr(owner, "municipality", None) or ""))


def _dimension(kind: TargetKind, counts: Counter[str], targets: Iterable[Target]) -> Dimension:
    """Targets first, in their order; then what is there without one, the most first."""
    wanted = [one for one in targets if one.kind == kind]
    known = {one.label for one in wanted}
    rows = [Row(one.label, counts[one.label], one.at_least) for one in wanted]
    rows += [Row(label, count) for label, count in counts.most_common() if label not in known]
    return Dimension(kind, tuple(rows))


def _share(chosen: Iterable[Nomination], place: Place) -> Share:
    named = [one for nomination in chosen if (one := nomination.of(place)) is not None]
    genders = Counter(one.gender for one in named)
    women, men = genders[Gender.WOMAN], genders[Gender.MAN]
    return Share(place, women, men, len(named) - women - men)
