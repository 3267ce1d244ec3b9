"""What tokens keep of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.privacy.register import Basis, PersonalData, declare
from yhdys.tokens.actions import forget_expired

declare(
    PersonalData(
        key="tokens.tokens",
        order=61,
        title=_("API tokens"),
        people=_("Those who let a program act in their name"),
        contents=_("Name and scopes of the token, a hash of it, when it was made, last used and when it ends"),
        purpose=_("Letting the user’s programs in, and nobody else’s"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_("Until the user revokes it, or thirty days after it has ended"),
        tables=("tokens.accesstoken",),
        erase=forget_expired,
    )
)
