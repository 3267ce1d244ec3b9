"""Who may do what by sitting in a council. Roles come from records and end with them.

The predicates take a user and a body, or any record that knows its ``body`` (a term, a seat, a meeting), and are False
for a missing record. Other apps compose them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from yhdys.accounts.models import User
from yhdys.accounts.queries import forget, kept_today
from yhdys.accounts.rules import is_administrator, is_editor, is_observer
from yhdys.core import clock
from yhdys.core.access import add_perm, predicate
from yhdys.councils.enums import BodyKind, Role, TermState
from yhdys.councils.models import Body, Membership, Representation, Term
from yhdys.feedback import rules as feedback
from yhdys.organisations import rules as organisations

SITTING = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.DEPUTY, Role.EXPERT})
"""Roles that make somebody a member of the body; a secretary or communications officer may come from outside."""


@dataclass(frozen=True)
class Standing:
    """What somebody is in the region's councils today."""

    roles: frozenset[tuple[UUID, str]] = frozenset()
    """Body and role."""
    prepares: frozenset[UUID] = frozenset()
    """Bodies in whose working committee the user sits; not as a deputy, who stands in at meetings only."""
    convenes: frozenset[UUID] = frozenset()
    """Bodies whose coming term the user convenes."""

    def has(self, body: UUID, roles: Iterable[str]) -> bool:
        """Whether any of the roles is held in the body."""
        return any((body, role) in self.roles for role in roles)

    def bodies_as(self, *roles: Role) -> frozenset[UUID]:
        """The bodies in which any of the roles is held."""
        return frozenset(body for body, role in self.roles if role in roles)

    def has_anywhere(self, roles: Iterable[str]) -> bool:
        """Whether any of the roles is held in any body."""
        wanted = frozenset(roles)
        return any(role in wanted for _body, role in self.roles)

    @property
    def is_any(self) -> bool:
        """Whether anything at all is held."""
        return bool(self.roles or self.convenes)


NOBODY = Standing()


def standing_of(user: Any) -> Standing:
    """What the user is in the councils of this region today; nothing for another region's user.

    Asked many times on one page, so the answer is kept until ``forget_standing``.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    return kept_today(user, "standing", lambda: _read(user))


def forget_standing(user: User) -> None:
    """Let the next question read the memberships anew."""
    forget(user, "standing")


def _read(user: User) -> Standing:
    rows = list(Membership.objects.of(user).in_force().values_list("body_id", "role", "body__kind", "body__parent_id"))
    prepared = {
        parent for _body, role, kind, parent in rows if kind == BodyKind.WORKING_COMMITTEE and role != Role.DEPUTY
    }
    convened = Term.objects.filter(
        Q(state__in=[TermState.PLANNED, TermState.RUNNING], constituted_on=None, convener__user_id=user.pk),
        Q(end=None) | Q(end__gte=clock.today()),
    )
    return Standing(
        roles=frozenset((body, role) for body, role, _kind, _parent in rows),
        prepares=frozenset(body for body in prepared if body is not None),
        convenes=frozenset(convened.values_list("body_id", flat=True)),
    )


def body_of(obj: Any) -> UUID | None:
    """The key of the body that a record is, or belongs to; None for a record that has none."""
    if isinstance(obj, Body):
        return obj.pk
    key = getattr(obj, "body_id", None)
    if key is None:
        body = getattr(obj, "body", None)
        key = body.pk if isinstance(body, Body) else None
    return key


def _holds(user: Any, obj: Any, *roles: Role) -> bool:
    body = body_of(obj)
    return body is not None and standing_of(user).has(body, roles)


@predicate
def is_chair_of(user: Any, obj: Any) -> bool:
    """The body's chair, today."""
    return _holds(user, obj, Role.CHAIR)


@predicate
def is_vice_chair_of(user: Any, obj: Any) -> bool:
    """The body's vice chair, today."""
    return _holds(user, obj, Role.VICE_CHAIR)


@predicate
def is_secretary_of(user: Any, obj: Any) -> bool:
    """The body's secretary today; before the constitutive meeting also the term's convener."""
    return _holds(user, obj, Role.SECRETARY) or bool(is_convener_of(user, obj))


@predicate
def is_convener_of(user: Any, obj: Any) -> bool:
    """Somebody who convenes the body's term until its constitutive meeting, with the secretary's rights."""
    body = body_of(obj)
    return body is not None and body in standing_of(user).convenes


@predicate
def is_communications_of(user: Any, obj: Any) -> bool:
    """The body's communications officer, today."""
    return _holds(user, obj, Role.COMMUNICATIONS)


@predicate
def is_member_of(user: Any, obj: Any) -> bool:
    """Somebody who sits in the body today: member, deputy, expert, chair or vice chair."""
    return _holds(user, obj, *SITTING)


@predicate
def is_officer_of(user: Any, obj: Any) -> bool:
    """Chair, vice chair, secretary or communications officer of the body, or its convener."""
    return _holds(user, obj, Role.CHAIR, Role.VICE_CHAIR, Role.COMMUNICATIONS) or bool(is_secretary_of(user, obj))


@predicate
def has_role_in(user: Any, obj: Any) -> bool:
    """Anything at all in the body today; who is this sees the body's papers."""
    return _holds(user, obj, *Role) or bool(is_convener_of(user, obj))


@predicate
def is_in_working_committee(user: Any, obj: Any) -> bool:
    """A member of the body's working committee, today."""
    body = body_of(obj)
    return body is not None and body in standing_of(user).prepares


@predicate
def has_any_role(user: Any, obj: Any) -> bool:
    """Somebody with a role in some body of the region today."""
    return obj is not None and standing_of(user).is_any


@predicate
def is_representative(user: Any, obj: Any) -> bool:
    """The mandate in a group outside is the user's own, and in force."""
    own = isinstance(obj, Representation) and obj.contact.user_id is not None and obj.contact.user_id == user.pk
    return own and obj.holds_on(clock.today())


@predicate
def is_secretary_anywhere(user: Any, obj: Any) -> bool:
    """Secretary, communications officer or convener of some body today."""
    standing = standing_of(user)
    return obj is not None and (standing.has_anywhere({Role.SECRETARY, Role.COMMUNICATIONS}) or bool(standing.convenes))


@predicate
def names_representatives(user: Any, obj: Any) -> bool:
    """Secretary or convener of some body today: they name representatives to groups outside."""
    standing = standing_of(user)
    return obj is not None and (standing.has_anywhere({Role.SECRETARY}) or bool(standing.convenes))


organisations.keeper(is_secretary_anywhere)
feedback.answerer(is_secretary_anywhere)
organisations.reader(has_any_role)

add_perm("councils.view_bodies", is_observer | has_any_role)
add_perm("councils.view_body", is_observer | has_any_role)
add_perm("councils.add_body", is_administrator)
add_perm("councils.change_body", is_editor | is_secretary_of)
add_perm("councils.change_channels", is_editor | is_secretary_of | is_communications_of)
add_perm("councils.change_term", is_administrator | is_secretary_of)
add_perm("councils.change_members", is_administrator | is_secretary_of)
add_perm("councils.change_authorities", is_editor | is_secretary_anywhere)
add_perm("councils.name_representatives", is_administrator | names_representatives)
add_perm("councils.change_representations", is_administrator | is_secretary_of)
add_perm("councils.view_representation", is_observer | has_any_role | is_representative)
add_perm("councils.tell_back", is_administrator | is_secretary_of | is_representative)
