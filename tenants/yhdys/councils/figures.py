"""What the nation learns of a region's councils: bodies and seats always, people only when they are many enough."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from yhdys.councils.models import Body, Membership, Seat, Term
from yhdys.councils.queries import Roster, roster
from yhdys.overview.actions import push_soon
from yhdys.overview.enums import Kind
from yhdys.overview.registry import figure


def _council() -> Body | None:
    try:
        council: Body = Body.objects.regional_council()
    except Body.DoesNotExist:
        return None
    return council


def _roster() -> Roster | None:
    council = _council()
    return roster(council) if council is not None else None


@figure(
    "council_founded",
    _("Founding year of the council"),
    _("The year in which the region's advisory council was founded."),
    kind=Kind.YEAR,
)
def council_founded() -> int | None:
    council = _council()
    return council.year_of_founding if council is not None else None


@figure(
    "bodies",
    _("Bodies"),
    _("The advisory council with its sub-regional councils, working committees and other bodies at work today."),
)
def bodies() -> int:
    count: int = Body.objects.working().count()
    return count


@figure(
    "seats",
    _("Seats"),
    _("Seats of the region's advisory council in the term that runs today, vacant ones included."),
)
def seats() -> int | None:
    found = _roster()
    return len([place for place in found.places if place.seat is not None]) if found is not None else None


@figure(
    "vacant_seats",
    _("Vacant seats"),
    _("Seats of the region's advisory council that nobody holds today."),
)
def vacant_seats() -> int | None:
    found = _roster()
    return len(found.vacant) if found is not None else None


@figure(
    "members",
    _("Members"),
    _("People who sit in the region's advisory council today, deputies not counted."),
    kind=Kind.OF_PEOPLE,
)
def members() -> int | None:
    found = _roster()
    return found.members if found is not None else None


def _push(sender: type[Model], **kwargs: object) -> None:
    push_soon()


for model in (Body, Term, Seat, Membership):
    for signal in (post_save, post_delete):
        signal.connect(_push, sender=model, dispatch_uid=f"overview.{model.__name__}.{id(signal)}")
