"""Sign-in and one's own account, on every site. What is not listed here does not exist: nobody signs up by themselves.

The names are the sign-in library's own, for it reverses them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path
from django.utils.translation import pgettext_lazy

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path(pgettext_lazy("address", "check/"), mfa.authenticate, name="mfa_authenticate"),
    path(pgettext_lazy("address", "confirm/"), mfa.reauthenticate, name="mfa_reauthenticate"),
    path(pgettext_lazy("address", "app/"), totp.activate_totp, name="mfa_activate_totp"),
    path(pgettext_lazy("address", "app/remove/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        pgettext_lazy("address", "recovery-codes/"), recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        pgettext_lazy("address", "recovery-codes/new/"),
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        pgettext_lazy("address", "recovery-codes/file/"),
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(pgettext_lazy("address", "passkeys/"), webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(pgettext_lazy("address", "passkeys/new/"), webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        pgettext_lazy("address", "passkeys/confirm/"),
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(pgettext_lazy("address", "passkeys/<int:pk>/"), webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(pgettext_lazy("address", "passkeys/<int:pk>/remove/"), webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
signing_in = [
    path("", account.login, name="account_login"),
    path(pgettext_lazy("address", "code/"), account.request_login_code, name="account_request_login_code"),
    path(pgettext_lazy("address", "code/check/"), account.confirm_login_code, name="account_confirm_login_code"),
    path(pgettext_lazy("address", "passkey/"), webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(pgettext_lazy("address", "closed/"), account.account_inactive, name="account_inactive"),
    path(pgettext_lazy("address", "new-password/"), account.password_reset, name="account_reset_password"),
    path(
        pgettext_lazy("address", "new-password/check/"),
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        pgettext_lazy("address", "new-password/choose/"),
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        pgettext_lazy("address", "new-password/done/"),
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]
own_account = [
    path(pgettext_lazy("address", "e-mail/"), account.email, name="account_email"),
    path(
        pgettext_lazy("address", "e-mail/check/"),
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(pgettext_lazy("address", "password/"), account.password_change, name="account_change_password"),
    path(pgettext_lazy("address", "password/first/"), account.password_set, name="account_set_password"),
    path(pgettext_lazy("address", "confirm/"), account.reauthenticate, name="account_reauthenticate"),
    path(pgettext_lazy("address", "second-factor/"), include(second_factor)),
]
urlpatterns = [
    path(pgettext_lazy("address", "sign-in/"), include(signing_in)),
    path(pgettext_lazy("address", "sign-out/"), account.logout, name="account_logout"),
    path(pgettext_lazy("address", "account/"), include(own_account)),
]
