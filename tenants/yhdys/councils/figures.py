"""What the nation learns of a region's councils: bodies and seats always, people only when they are many enough."""

from collections.abc import Mapping

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from yhdys.councils.models import Body, Membership, Seat, Term
from yhdys.councils.past import CouncilsOverTime
from yhdys.overview.actions import push_soon
from yhdys.overview.counting import at_month_ends
from yhdys.overview.enums import Kind
from yhdys.overview.registry import figure


@figure(
    "council_founded",
    _("Founding year of the council"),
    _("The year in which the region's advisory council was founded."),
    kind=Kind.YEAR,
)
def council_founded() -> int | None:
    try:
        council: Body = Body.objects.regional_council()
    except Body.DoesNotExist:
        return None
    return council.year_of_founding


@figure(
    "bodies",
    _("Bodies"),
    _(
        "The advisory council with its sub-regional councils, working committees and other bodies at work on the day. "
        "One whose founding day is not known counts from the first day of its founding year."
    ),
)
def bodies() -> Mapping[str, int]:
    told = CouncilsOverTime()
    return at_month_ends(told.began, told.bodies)


@figure(
    "seats",
    _("Seats"),
    _("Seats of the region's advisory council in the term that runs on the day, vacant ones included."),
)
def seats() -> Mapping[str, int]:
    told = CouncilsOverTime()
    return at_month_ends(told.began, told.seats)


@figure(
    "vacant_seats",
    _("Vacant seats"),
    _("Seats of the region's advisory council that nobody holds on the day."),
)
def vacant_seats() -> Mapping[str, int]:
    told = CouncilsOverTime()
    return at_month_ends(told.began, told.vacant_seats)


@figure(
    "members",
    _("Members"),
    _("People who sit in the region's advisory council on the day, deputies not counted."),
    kind=Kind.OF_PEOPLE,
)
def members() -> Mapping[str, int]:
    told = CouncilsOverTime()
    return at_month_ends(told.began, told.members)


def _push(sender: type[Model], **kwargs: object) -> None:
    push_soon()


for model in (Body, Term, Seat, Membership):
    for signal in (post_save, post_delete):
        signal.connect(_push, sender=model, dispatch_uid=f"overview.{model.__name__}.{id(signal)}")
