"""What links and waiting effects keep of people. Said here, since the register stands above them."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.privacy.register import Basis, PersonalData, declare
from yhdys.tenancy.models import ActionLink, OutboxEntry

KEPT = timedelta(days=30)


def erase_links() -> int:
    """Links that no longer open, and effects that are done, after thirty days."""
    before = clock.now() - KEPT
    closed = ActionLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()[0]
    done = OutboxEntry.objects.filter(state=OutboxEntry.State.DONE, done_at__lt=before).delete()[0]
    return closed + done


declare(
    PersonalData(
        key="tenancy.links",
        order=75,
        title=_("Links in letters"),
        people=_("Those who were sent a link to answer by"),
        contents=_("A fingerprint of the link, how long it opens, when it was last used"),
        purpose=_("Answering without an account, for example to a notice of meeting"),
        basis=(Basis.TASK,),
        retention=_("Thirty days after the link has ceased to open"),
        tables=("tenancy.actionlink", "tenancy.outboxentry"),
        erase=erase_links,
    )
)
