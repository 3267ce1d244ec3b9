"""The history of organisations and people in words."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs
from yhdys.organisations.enums import ConsentField

verbs(
    "organisations",
    {
        "closed": pgettext_lazy("audit", "Marked as ended"),
        "consent_given": pgettext_lazy("audit", "Consent to publishing given"),
        "consent_withdrawn": pgettext_lazy("audit", "Consent to publishing withdrawn"),
        "user_linked": pgettext_lazy("audit", "Linked to a user account"),
        "user_unlinked": pgettext_lazy("audit", "Link to a user account removed"),
    },
    labels={"field": ConsentField},
)
