"""The history of a user in words."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs

verbs(
    "accounts",
    {
        "invited": pgettext_lazy("history of a user", "Invited"),
        "invited_again": pgettext_lazy("history of a user", "Invited again"),
        "invitation_withdrawn": pgettext_lazy("history of a user", "Invitation withdrawn"),
        "invitation_accepted": pgettext_lazy("history of a user", "Accepted the invitation"),
        "signed_in": pgettext_lazy("history of a user", "Signed in"),
        "password_changed": pgettext_lazy("history of a user", "Password changed"),
        "address_changed": pgettext_lazy("history of a user", "E-mail address changed"),
        "second_factor_added": pgettext_lazy("history of a user", "Second factor added"),
        "second_factor_removed": pgettext_lazy("history of a user", "Second factor removed"),
        "second_factors_removed": pgettext_lazy("history of a user", "All second factors removed"),
        "profile_changed": pgettext_lazy("history of a user", "Details changed"),
        "role_granted": pgettext_lazy("history of a user", "Role granted"),
        "role_ended": pgettext_lazy("history of a user", "Role ended"),
        "account_closed": pgettext_lazy("history of a user", "Account closed"),
        "account_opened": pgettext_lazy("history of a user", "Account opened"),
        "account_left": pgettext_lazy("history of a user", "Closed their own account"),
        "account_erased": pgettext_lazy("history of a user", "Account erased"),
        "signed_out_device": pgettext_lazy("history of a user", "Signed out on one device"),
        "signed_out_everywhere": pgettext_lazy("history of a user", "Signed out everywhere"),
        "provider_added": pgettext_lazy("history of a user", "Sign-in service added"),
        "provider_changed": pgettext_lazy("history of a user", "Sign-in service changed"),
        "provider_removed": pgettext_lazy("history of a user", "Sign-in service removed"),
        "identity_linked": pgettext_lazy("history of a user", "Sign-in service linked to the account"),
        "identity_unlinked": pgettext_lazy("history of a user", "Sign-in service unlinked from the account"),
    },
)
