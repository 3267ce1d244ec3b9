"""What nomination calls keep of people, and for how long."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall, Nominee
from yhdys.privacy.register import Basis, PersonalData, declare

KEPT_AFTER_APPOINTMENT = timedelta(days=365)
"""How long the names of those who were only proposed are kept: a vacant seat may be filled from them."""
KEPT_WITHOUT_APPOINTMENT = timedelta(days=730)


def erase_nominees() -> int:
    """People named in calls that are over; which organisation was asked and how it answered stays."""
    now = clock.now()
    over = NominationCall.objects.filter(
        Q(appointed_at__lt=now - KEPT_AFTER_APPOINTMENT) | Q(deadline__lt=(now - KEPT_WITHOUT_APPOINTMENT).date())
    )
    erased: int = Nominee.objects.filter(nomination__call__in=over).delete()[0]
    told = Nomination.objects.filter(call__in=over).exclude(sender_name="", sender_email="", reasons="")
    erased += told.update(sender_name="", sender_email="", reasons="")
    asked = CallInvitation.objects.filter(call__in=over).exclude(email="", note="", contact=None)
    return erased + asked.update(email="", note="", contact=None)


declare(
    PersonalData(
        key="nominations.nominees",
        order=15,
        title=_("People named for the council"),
        people=_("Those whom organisations name as members and deputies, and those who fill in the form for them"),
        contents=_(
            "Name, e-mail address, telephone number, gender if it was told, what may be published, who named the "
            "person and for which seat"
        ),
        purpose=_("Choosing a council that represents its field, with the balance that the Equality Act asks for"),
        basis=(Basis.TASK, Basis.CONSENT),
        retention=_(
            "A year after the members have been appointed, at the latest two years after the last day for answers"
        ),
        publicity=_("Nothing: nominees are not published. Of those who become members, what is told of members"),
        tables=("nominations.nominee", "nominations.nomination", "nominations.callinvitation"),
        past={
            "nominations.nominee": ("name", "email", "phone", "gender"),
            "nominations.nomination": ("sender_name", "sender_email", "reasons"),
            "nominations.callinvitation": ("email", "note"),
        },
        erase=erase_nominees,
    )
)
