"""What sent letters keep of people."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.mail.models import OutgoingMail
from yhdys.privacy.register import Basis, PersonalData, declare

TEXT_KEPT = timedelta(days=365)
LETTER_KEPT = timedelta(days=3 * 365)


def erase_letters() -> int:
    """The words of letters after a year, the letters after three. One that still waits to leave is not touched."""
    now = clock.now()
    over = OutgoingMail.objects.exclude(state=OutgoingMail.State.QUEUED)
    gone = over.filter(created_at__lt=now - LETTER_KEPT).delete()[0]
    worded = over.filter(created_at__lt=now - TEXT_KEPT).filter(~Q(text="") | ~Q(html=""))
    return gone + worded.update(text="", html="", headers={})


declare(
    PersonalData(
        key="mail.letters",
        order=70,
        title=_("Sent letters"),
        people=_("Those to whom the service has written"),
        contents=_("E-mail address, the letter, when it left or why it did not"),
        purpose=_("Sending notices of meetings and other letters, and showing that they left"),
        basis=(Basis.TASK,),
        retention=_("The words of a letter one year, that it was sent three years"),
        tables=("mail.outgoingmail",),
        erase=erase_letters,
    )
)
