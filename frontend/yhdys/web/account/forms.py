"""The sign-in library's forms in the project's dress and words."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.contrib.auth import password_validation
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.accounts.queries import LONGEST_ADDRESS
from yhdys.web.forms import Dressed, Form


def word(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give a field of the library our label, no placeholder and no bullet list of rules."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def word_code(field: forms.Field, label: str, help_text: str = "") -> None:
    """A code is typed with a phone's number keys, and a phone may fill it in by itself."""
    word(field, label, help_text)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


def password_rule() -> str:
    """How long a password must be, in a sentence: the first of ``AUTH_PASSWORD_VALIDATORS``."""
    return " ".join(str(rule) for rule in password_validation.password_validators_help_texts()[:1])


class SignInForm(Dressed, library.LoginForm):
    """An e-mail address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["login"], _("E-mail address"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        word(self.fields["password"], _("Password"))


class RequestCodeForm(Dressed, library.RequestLoginCodeForm):
    """The address to which a code to sign in with is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["email"], _("E-mail address"))


class CodeForm(Dressed, library.BaseConfirmCodeForm):
    """A code that came by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], _("Code from the letter"), _("Eight digits, with or without the dash"))


class ConfirmAddressForm(Dressed, library.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self.fields["code"], _("Code from the letter"), _("Eight digits, with or without the dash"))


class ForgottenPasswordForm(Dressed, library.ResetPasswordForm):
    """The address of an account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["email"], _("E-mail address"))


class ChoosePasswordForm(Dressed, library.ResetPasswordKeyForm):
    """A new password, twice, after the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["password1"], _("New password"), password_rule())
        word(self.fields["password2"], _("New password again"))


class FirstPasswordForm(Dressed, library.SetPasswordForm):
    """A password for an account that has had none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["password1"], _("Password"), password_rule())
        word(self.fields["password2"], _("Password again"))


class ChangePasswordForm(Dressed, library.ChangePasswordForm):
    """The password one has, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["oldpassword"], _("The password you have now"))
        word(self.fields["password1"], _("New password"), password_rule())
        word(self.fields["password2"], _("New password again"))


class PasswordAgainForm(Dressed, library.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["password"], _("Password"))


class ChangeAddressForm(Dressed, library.AddEmailForm):
    """The address to which the account moves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["email"], _("New e-mail address"), _("We send a code to it, so that we know it is yours."))
        self.fields["email"].validators.append(MaxLengthValidator(LONGEST_ADDRESS))


class InvitationForm(Form):
    """What the receiver of an invitation may choose: a password, or none."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = (
            _("Leave this empty if you would rather sign in with a code by e-mail.") + " " + password_rule()
        )
