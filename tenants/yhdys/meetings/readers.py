"""In which capacity a user meets meetings. QuerySets and rules ask here, so that lists and pages never disagree.

A capacity comes from a record and ends with it: a membership in the body or in its working committee, the convening of
a term that has no officers yet, or a staff role of the region.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.queries import staff_roles_of
from yhdys.councils.enums import Role
from yhdys.councils.rules import standing_of
from yhdys.meetings.enums import MeetingState

_NONE: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Capacities:
    """What somebody is today, by the keys of bodies."""

    is_administrator: bool = False
    is_editor: bool = False
    """Writes and publishes for the region; administrators do too."""
    is_staff: bool = False
    """Reads everything of the region."""
    runs: frozenset[UUID] = _NONE
    """Bodies as whose chair, secretary or convener they act."""
    prepares: frozenset[UUID] = _NONE
    """Bodies whose agenda they prepare: as vice chair or communications officer, or in the working committee."""
    communicates: frozenset[UUID] = _NONE
    """Bodies for which they publish."""
    belongs: frozenset[UUID] = _NONE
    """Bodies in which they have any role."""


NOBODY = Capacities()


def capacities_of(user: Any) -> Capacities:
    """The capacities of ``user`` today, made of their standing in the councils and their staff roles.

    Both are kept with the instance: three queries at first, none when asked again.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    staff, standing = staff_roles_of(user), standing_of(user)
    return Capacities(
        is_administrator=StaffRole.Role.ADMINISTRATOR in staff,
        is_editor=not staff.isdisjoint({StaffRole.Role.ADMINISTRATOR, StaffRole.Role.EDITOR}),
        is_staff=bool(staff),
        runs=standing.bodies_as(Role.CHAIR, Role.SECRETARY) | standing.convenes,
        prepares=standing.bodies_as(Role.VICE_CHAIR, Role.COMMUNICATIONS) | standing.prepares,
        communicates=standing.bodies_as(Role.COMMUNICATIONS),
        belongs=standing.bodies_as(*Role),
    )


def meetings_seen_by(user: Any, prefix: str = "") -> Q:
    """The condition that a meeting is one which ``user`` may read; ``prefix`` leads to it (``meeting__``).

    Staff see all. Who prepares a body's meetings sees its drafts; members, deputies and whoever is called see a meeting
    from its announcement or call on.
    """
    have = capacities_of(user)
    if have.is_staff:
        return Q()
    if have is NOBODY:
        return Q(pk__in=[])
    own: Collection[UUID] = have.runs | have.prepares
    shown = ~Q(**{f"{prefix}state": MeetingState.DRAFT}) | Q(**{f"{prefix}announcement__isnull": False})
    return (
        Q(**{f"{prefix}body__in": own})
        | (Q(**{f"{prefix}body__in": have.belongs}) & shown)
        | Q(Exists(_calls(user, f"{prefix.removesuffix('__')}_id" if prefix else "pk")))
    )


def _calls(user: User, reference: str) -> Any:
    # By name: the models ask here whom they may be shown to.
    invitation = apps.get_model("meetings", "Invitation")
    return invitation._default_manager.filter(contact__user=user, convocation__meeting=OuterRef(reference))
