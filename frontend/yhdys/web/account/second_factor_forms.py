"""The sign-in library's forms of second factors in the project's dress and words."""

import json
from typing import Any

from allauth.core import context as current
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache
from django.utils.translation import gettext as _
from fido2.utils import websafe_decode

from yhdys.accounts.models import User
from yhdys.web.account.forms import word, word_code
from yhdys.web.forms import Dressed


class UsedOnce:
    """A code of the app is good once, for as long as it would be right.

    The library forgets a used code after one period, while codes of the period before and after are taken, too.
    """

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Raises ValidationError for a code that is wrong or has been used."""
        code: str = super().clean_code()  # type: ignore[misc]  # the library's form beside us
        periods = 1 + 2 * app_settings.TOTP_TOLERANCE
        used = f"allauth.yhdys.used:{self.authenticator.pk}:{code}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(
            used, True, timeout=app_settings.TOTP_PERIOD * periods
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(UsedOnce, Dressed, base.AuthenticateForm):
    """The code of the app, or a recovery code, when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], _("Code from the app"), _("Six digits. A recovery code is good here too."))


class SecondFactorAgainForm(UsedOnce, Dressed, base.ReauthenticateForm):
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], _("Code from the app"), _("Six digits. A recovery code is good here too."))


class ActivateAppForm(Dressed, totp.ActivateTOTPForm):
    """The first code of an app, which proves that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], _("Code that the app shows"), _("Six digits"))
        del self.fields["code"].widget.attrs["autofocus"]


class FromThisSite:
    """What a passkey signs names the page that asked for it: it must be one of this very site.

    The library takes the pages of every host below the site's own, and on plain HTTP any page at all: a region's page
    could ask for what signs in to the national site.
    """

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Any:
        """Raises ValidationError for what was signed for a page elsewhere."""
        credential, request = self.cleaned_data["credential"], current.request
        if _origin(credential) != f"{request.scheme}://{request.get_host()}":
            raise get_adapter().validation_error("incorrect_code")
        clean = getattr(super(), "clean_credential", None)
        return credential if clean is None else clean()


def _origin(credential: Any) -> str | None:
    """The page's origin as the browser told the passkey; None for what no browser sends."""
    try:
        signed = credential["response"]["clientDataJSON"]
        told = json.loads(websafe_decode(signed)) if isinstance(signed, str) else None
    except (KeyError, TypeError, ValueError):
        return None
    origin = told.get("origin") if isinstance(told, dict) else None
    return origin if isinstance(origin, str) else None


class PasskeyForm(FromThisSite, webauthn.AuthenticateWebAuthnForm):
    """A passkey as second factor, when signing in."""


class PasskeyAgainForm(FromThisSite, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""


class SignInByPasskeyForm(FromThisSite, webauthn.LoginWebAuthnForm):
    """A passkey that signs in by itself."""


class AddPasskeyForm(FromThisSite, Dressed, webauthn.AddWebAuthnForm):
    """A passkey's name. The browser is always asked for one that signs in by itself, so the library's question goes."""

    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["name"], _("Name"), _("By which you know it again, such as the name of the device"))


class RenamePasskeyForm(Dressed, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["name"], _("Name"))
