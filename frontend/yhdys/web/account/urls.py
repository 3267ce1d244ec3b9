"""Sign-in and one's own account, on every site. What is not listed here does not exist: nobody signs up by themselves.

The names are the sign-in library's own, for it reverses them.
"""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.account.again import CodeAgainView
from yhdys.web.account.identity import sign_in_at
from yhdys.web.account.views import AskForCodeView, InvitationView, RemovePasskeyView, SignInView, ours

second_factor: list[URLPattern] = [
    path("", ours(mfa.index), name="mfa_index"),
    path(pgettext_lazy("address", "check/"), ours(mfa.authenticate), name="mfa_authenticate"),
    path(pgettext_lazy("address", "confirm/"), ours(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(pgettext_lazy("address", "app/"), ours(totp.activate_totp), name="mfa_activate_totp"),
    path(pgettext_lazy("address", "app/remove/"), ours(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        pgettext_lazy("address", "recovery-codes/"),
        ours(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        pgettext_lazy("address", "recovery-codes/new/"),
        ours(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        pgettext_lazy("address", "recovery-codes/file/"),
        ours(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(pgettext_lazy("address", "passkeys/"), ours(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path(pgettext_lazy("address", "passkeys/new/"), ours(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        pgettext_lazy("address", "passkeys/confirm/"),
        ours(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(pgettext_lazy("address", "passkeys/<int:pk>/"), ours(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        pgettext_lazy("address", "passkeys/<int:pk>/remove/"),
        ours(RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
]
signing_in: list[URLPattern] = [
    path("", ours(SignInView.as_view()), name="account_login"),
    path(pgettext_lazy("address", "code/"), ours(AskForCodeView.as_view()), name="account_request_login_code"),
    path(pgettext_lazy("address", "code/check/"), ours(account.confirm_login_code), name="account_confirm_login_code"),
    path(pgettext_lazy("address", "passkey/"), ours(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(pgettext_lazy("address", "service/<slug:provider_id>/"), ours(sign_in_at), name="openid_connect_login"),
    path(pgettext_lazy("address", "cancelled/"), ours(social.login_cancelled), name="socialaccount_login_cancelled"),
    path(pgettext_lazy("address", "closed/"), ours(account.account_inactive), name="account_inactive"),
    path(pgettext_lazy("address", "new-password/"), ours(account.password_reset), name="account_reset_password"),
    path(
        pgettext_lazy("address", "new-password/check/"),
        ours(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        pgettext_lazy("address", "new-password/choose/"),
        ours(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        pgettext_lazy("address", "new-password/done/"),
        ours(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
]
own_account: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("address", "e-mail/"), ours(account.email), name="account_email"),
    path(
        pgettext_lazy("address", "e-mail/check/"),
        ours(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(pgettext_lazy("address", "password/"), ours(account.password_change), name="account_change_password"),
    path(
        pgettext_lazy("address", "password/first/"),
        ours(reauthentication_required(account.password_set, app="allauth.account")),
        name="account_set_password",
    ),
    path(pgettext_lazy("address", "confirm/"), ours(account.reauthenticate), name="account_reauthenticate"),
    path(
        pgettext_lazy("address", "confirm/code/"),
        ours(CodeAgainView.as_view()),
        name="account_reauthenticate_by_code",
    ),
    path(pgettext_lazy("address", "second-factor/"), include(second_factor)),
]
urlpatterns = [
    path(pgettext_lazy("address", "sign-in/"), include(signing_in)),
    path(pgettext_lazy("address", "invitation/<str:token>/"), InvitationView.as_view(), name="account_invitation"),
    path(pgettext_lazy("address", "sign-out/"), ours(account.logout), name="account_logout"),
    path(pgettext_lazy("address", "account/"), include(own_account)),
]
