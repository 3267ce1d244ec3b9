"""Forms of sign-in services."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdys.web.forms import Form

DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.[a-z]{2,63}")


class DomainsField(forms.CharField):
    """Domains, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        """In small letters, each once. Raises ValidationError for what is no domain."""
        lines = [line.strip().lower().removeprefix("@") for line in re.split(r"[\s,;]+", super().clean(value))]
        domains = list(dict.fromkeys(filter(None, lines)))
        for domain in domains:
            if not DOMAIN.fullmatch(domain) or len(domain) > 253:
                raise forms.ValidationError(_("“%(domain)s” is not a domain."), params={"domain": domain})
        return domains


class ServiceForm(Form):
    """What may be changed of a service."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("People read it on the button: Sign in with …"))
    client_id = forms.CharField(label=_("Client’s identifier"), max_length=300)
    secret = forms.CharField(
        label=_("Client’s secret"),
        max_length=1000,
        strip=True,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It is kept locked and shown to nobody. Left empty: the one there is."),
    )
    trusted_domains = DomainsField(
        label=_("Domains of e-mail"),
        required=False,
        help_text=_(
            "One a line, and only those whose every address the service itself gives out, such as your organisation’s "
            "own. People with such an address need not link the service by themselves. Never a domain where anybody "
            "can get an address."
        ),
    )
    is_active = forms.BooleanField(label=_("Offer this service on the sign-in page"), required=False, initial=True)


class NewServiceForm(ServiceForm):
    """A new one: with its issuer, which never changes."""

    issuer = forms.URLField(
        label=_("Issuer"),
        max_length=300,
        assume_scheme="https",
        help_text=_("The address that the service calls itself by, as its administrator gives it."),
    )
    field_order = ["name", "issuer", "client_id", "secret", "trusted_domains"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]
        self.fields["secret"].required = True
        self.fields["secret"].help_text = _("It is kept locked and shown to nobody.")
