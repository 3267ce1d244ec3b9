"""The words of the letters that the sign-in library asks for, by its names for them.

A code is for the page that is open in the browser, so it comes in the language of that page. Everything else is a
notice: what was changed, from where, and what to do if it was not you.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class CodeLetter:
    """A letter with a code to type into the open page."""

    subject: Words
    """Without the code: subjects show on locked phones and stay in the list of letters sent."""
    lead: Words
    unasked: Words
    """What to do for somebody who did not ask for it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter that tells of a change to the account."""

    subject: Words
    sentence: Words
    """May name ``{from_email}``, ``{to_email}`` and ``{service}``."""


CODE_AGAIN = "accounts/mail/code_again"
"""Our own name for a letter that the library does not know: the code before something that matters."""

CODES: dict[str, CodeLetter] = {
    "account/email/login_code": CodeLetter(
        pgettext_lazy("subject of a letter", "Your sign-in code"),
        _("Type this code into the page where you are signing in."),
        _("If you did not try to sign in, you need not do anything. Do not give the code to anybody."),
    ),
    CODE_AGAIN: CodeLetter(
        pgettext_lazy("subject of a letter", "Code to show that it is you"),
        _("Type this code into the open page, so that we know it is you."),
        _("If you did not ask for it, sign out of the workspace on all devices. Do not give the code to anybody."),
    ),
    "account/email/password_reset_code": CodeLetter(
        pgettext_lazy("subject of a letter", "Code for a new password"),
        _("Type this code into the page where you are choosing a new password."),
        _("If you did not ask for a new password, you need not do anything: the old one is still good."),
    ),
    "account/email/email_confirmation": CodeLetter(
        pgettext_lazy("subject of a letter", "Code to confirm your e-mail address"),
        _("Type this code into the open page, so that we know this address is yours."),
        _("If you did not give this address to us, you need not do anything."),
    ),
}
NOTICES: dict[str, Notice] = {
    "account/email/email_changed": Notice(
        pgettext_lazy("subject of a letter", "Your e-mail address was changed"),
        _("The e-mail address you sign in with was changed from {from_email} to {to_email}."),
    ),
    "account/email/password_changed": Notice(
        pgettext_lazy("subject of a letter", "Your password was changed"),
        _("The password of your account was changed."),
    ),
    "account/email/password_reset": Notice(
        pgettext_lazy("subject of a letter", "You have a new password"),
        _("A new password was chosen for your account with a code sent by e-mail."),
    ),
    "account/email/password_set": Notice(
        pgettext_lazy("subject of a letter", "Your account has a password now"),
        _("A password was chosen for your account, which had none before."),
    ),
    "socialaccount/email/account_connected": Notice(
        pgettext_lazy("subject of a letter", "A sign-in service was linked"),
        _("From now on you can sign in to your account with {service}, too."),
    ),
    "socialaccount/email/account_disconnected": Notice(
        pgettext_lazy("subject of a letter", "A sign-in service was unlinked"),
        _("Your account can no longer be opened with {service}."),
    ),
    "mfa/email/totp_activated": Notice(
        pgettext_lazy("subject of a letter", "An authenticator app was added"),
        _("An authenticator app was added to your account. From now on you are asked for its code when you sign in."),
    ),
    "mfa/email/totp_deactivated": Notice(
        pgettext_lazy("subject of a letter", "An authenticator app was removed"),
        _("The authenticator app was removed from your account."),
    ),
    "mfa/email/webauthn_added": Notice(
        pgettext_lazy("subject of a letter", "A passkey was added"), _("A passkey was added to your account.")
    ),
    "mfa/email/webauthn_removed": Notice(
        pgettext_lazy("subject of a letter", "A passkey was removed"), _("A passkey was removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": Notice(
        pgettext_lazy("subject of a letter", "New recovery codes were made"),
        _("New recovery codes were made for your account. The old ones no longer work."),
    ),
}
# The same words at a first sign-in.
CODES["account/email/email_confirmation_signup"] = CODES["account/email/email_confirmation"]
