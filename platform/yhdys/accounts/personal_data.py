"""What accounts keep of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.accounts.models import Session
from yhdys.accounts.queries import accounts_to_erase
from yhdys.core import clock
from yhdys.privacy.register import Basis, PersonalData, declare


def erase_outlived() -> int:
    """Sessions that have run out, and closed accounts whose time is over."""
    from yhdys.accounts.actions import erase_account  # noqa: PLC0415 - the register stands below the letters of actions

    closed = accounts_to_erase()
    for user in closed:
        erase_account(user)
    over: int = Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
    return over + len(closed)


declare(
    PersonalData(
        key="accounts.users",
        order=60,
        title=_("User accounts"),
        people=_("Those who use the workspace: secretaries, members, staff"),
        contents=_(
            "Name, e-mail address, language, roles and their times, means of sign-in, devices that are signed in, time "
            "of the last sign-in"
        ),
        purpose=_("Signing in, and the right to do one’s task"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_(
            "As long as the person has a task; thirty days after the account was closed it is erased. A sign-in lasts "
            "at most fourteen days"
        ),
        tables=(
            "accounts.user",
            "accounts.staffrole",
            "account.emailaddress",
            "socialaccount.socialaccount",
            "mfa.authenticator",
            "accounts.session",
        ),
        past={"accounts.user": ("email", "name")},
        erase=erase_outlived,
    )
)
