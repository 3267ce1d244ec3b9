"""How the sign-in library behaves here: nobody signs up, letters leave in the region's name, messages in our words."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context as current
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.accounts import letters
from yhdys.accounts.locks import locks
from yhdys.accounts.models import User
from yhdys.accounts.second_factor import may_remove
from yhdys.mail import actions as mail
from yhdys.mail.letters import write
from yhdys.mail.sender import current_sender
from yhdys.regions.urls import site_root

SECOND_FACTOR = "second-factor"
"""What the key that locks secrets of authenticator apps is derived for."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in in one region, or on the national site."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account has been closed."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "email_taken": gettext_lazy("Another account has this address."),
        "enter_current_password": gettext_lazy("The password is not the one you have now."),
        "incorrect_code": gettext_lazy("The code is not right. Check it and try again."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "invalid_or_expired_key": gettext_lazy("The code is too old. Ask for a new one."),
        "invalid_login": gettext_lazy("Signing in did not succeed."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait five minutes and try again."),
        "same_as_current": gettext_lazy("The new one must differ from the one you have now."),
        "rate_limited": gettext_lazy("Too many attempts. Wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Signing in leads to what waits for one."""
        return reverse("workspace:home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Signing out leads to the site's front page in the language of the page."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("workspace:account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("workspace:account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address, behind as many proxies as the deployment names; a Unix socket has none."""
        if not request.META.get("REMOTE_ADDR") and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            return "127.0.0.1"
        ip: str = super().get_client_ip(request)
        return ip

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago need not prove it again: setting up a second factor follows at once."""
        records = get_authentication_records(current.request, current.request.user)
        if any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in records):
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        if required and not get_reauthentication_flows(current.request.user):
            # Of somebody with neither a password nor a second factor the library asks nothing, whatever is said here.
            raise ReauthenticationRequired
        return required

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The library's, and for somebody who has none of them a code by e-mail."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        return [
            {"id": "reauthenticate_by_code", "description": "", "url": reverse("account_reauthenticate_by_code")},
        ]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let a letter leave in the region's name. Raises KeyError for a letter that nobody has worded."""
        if template_prefix in letters.CODES:
            self._send_code(letters.CODES[template_prefix], email, context["code"])
        else:
            self._send_notice(letters.NOTICES[template_prefix], email, context)

    def _send_code(self, letter: letters.CodeLetter, email: str, code: str) -> None:
        words = write(
            "accounts/mail/code",
            {
                "title": letter.subject,
                "lead": letter.lead,
                "code": code,
                "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
                "unasked": letter.unasked,
            },
        )
        mail.send(to=[email], purpose="accounts.code", confidential=True, **words.words)

    def _send_notice(self, notice: letters.Notice, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or getattr(current.request, "user", None)
        language = user.language if isinstance(user, User) else None
        with translation.override(language or translation.get_language()):
            words = write(
                "accounts/mail/notice",
                {
                    "title": notice.subject,
                    "sentence": str(notice.sentence).format_map(
                        context | {"email": email, "service": _service(context)}
                    ),
                    "at": context.get("timestamp"),
                    "ip": context.get("ip"),
                    "browser": context.get("user_agent"),
                    "action_url": site_root() + reverse("account_reset_password"),
                    "action_label": _("Choose a new password"),
                },
            )
        mail.send(to=[email], purpose="accounts.notice", **words.words)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors in one region, or on the national site."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "An administrator must have a second factor. Add another one first, then remove this one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an authenticator app or a passkey first."),
        "incorrect_code": gettext_lazy("The code is not right. Check it and try again."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        """What the app shows above the code: whose site it is."""
        return current_sender().name

    def _get_site_name(self) -> str:
        return current_sender().name

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """An administrator's last one stays."""
        return may_remove(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A name to begin with; its owner may change it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey {number}").format(number=number)

    def encrypt(self, text: str) -> str:
        """Secrets of second factors are unreadable in a copy of the database, and in another region."""
        return locks(SECOND_FACTOR).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken for what another region's key has locked."""
        return locks(SECOND_FACTOR).decrypt(encrypted_text.encode()).decode()


def _service(context: dict[str, Any]) -> str:
    return str(getattr(context.get("provider"), "name", ""))
