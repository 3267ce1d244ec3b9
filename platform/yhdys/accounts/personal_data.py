"""What accounts keep of people."""

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.privacy.register import Basis, PersonalData, declare


def erase_sessions() -> int:
    """Sessions that have run out."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]


declare(
    PersonalData(
        key="accounts.users",
        order=60,
        title=_("User accounts"),
        people=_("Those who use the workspace: secretaries, members, staff"),
        contents=_("Name, e-mail address, language, roles and their times, means of sign-in, time of the last sign-in"),
        purpose=_("Signing in, and the right to do one’s task"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_("As long as the person has a task; a sign-in lasts at most fourteen days"),
        tables=(
            "accounts.user",
            "accounts.staffrole",
            "account.emailaddress",
            "socialaccount.socialaccount",
            "mfa.authenticator",
            "sessions.session",
        ),
        past={"accounts.user": ("email", "name")},
        erase=erase_sessions,
    )
)
