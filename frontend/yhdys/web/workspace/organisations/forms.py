"""Forms of organisations and people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.accounts.models import User
from yhdys.core import clock
from yhdys.core.names import in_all
from yhdys.keywords.models import Sector
from yhdys.organisations.enums import ConsentSource
from yhdys.organisations.models import Contact, Organisation
from yhdys.places.models import Municipality
from yhdys.web.forms import FileField, FilterForm, Form
from yhdys.web.translated import TranslatedForm


class OrganisationFilter(FilterForm):
    """Which organisations to show."""

    q = forms.CharField(label=_("Name or number"), max_length=100)
    sector = forms.ModelChoiceField(Sector.objects.all(), label=_("Sector"), empty_label=_("All sectors"))
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Municipality"), empty_label=_("All municipalities")
    )
    show = forms.ChoiceField(
        label=pgettext_lazy("filter", "Show"),
        choices=[
            ("", pgettext_lazy("organisations", "Active now")),
            ("ended", pgettext_lazy("organisations", "Ended")),
            ("all", pgettext_lazy("organisations", "All")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Organisation.objects.home_municipalities()  # type: ignore[attr-defined]  # of a ModelChoiceField


class OrganisationForm(TranslatedForm):
    """What the directory knows of an organisation."""

    class Meta:
        model = Organisation
        fields = [
            *in_all("name"), "short_name", "business_id", "register_number", "sectors", "reach", "municipality",
            "website", "email", "phone", *in_all("description"), "active_from", "active_until",
        ]  # fmt: skip
        widgets = {
            "sectors": forms.CheckboxSelectMultiple,
            "reach": forms.RadioSelect,
            "description_fi": forms.Textarea(attrs={"rows": 4}),
            "description_sv": forms.Textarea(attrs={"rows": 4}),
            "description_en": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "business_id": _("For example 1234567-1. Leave empty if there is none."),
            "municipality": _("Needed when the organisation works in one municipality."),
            "email": _("The organisation’s own address, shown on the public site."),
            "active_until": _("Fill in only when the organisation has ended."),
        }


class ContactFilter(FilterForm):
    """Which people to show."""

    q = forms.CharField(label=_("Name or title"), max_length=100)


class ContactForm(TranslatedForm):
    """A person's card."""

    photo = FileField(
        label=_("Photograph"),
        required=False,
        kinds=("png", "jpg", "jpeg"),
        most=2 * 1024 * 1024,
        help_text=_("A PNG or JPEG file of at most 2 MB. It is shown only with the person’s consent."),
    )

    class Meta:
        model = Contact
        fields = [
            "name", *in_all("title"), "organisation", "role_email", "email", "phone", "photo", "photo_description",
        ]  # fmt: skip
        help_texts = {
            "role_email": _("The address of a post or an office. Letters go here first, and it is shown to everybody."),
            "email": _("Shown to nobody outside without the person’s consent."),
            "phone": _("Shown to nobody outside without the person’s consent."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.by_name()  # type: ignore[attr-defined]  # of a ModelChoiceField


class ConsentForm(Form):
    """How and when somebody gave or withdrew a consent."""

    source = forms.ChoiceField(
        label=_("How did the person tell it?"),
        choices=[choice for choice in ConsentSource.choices if choice[0] != ConsentSource.CHANGED],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("Day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class UserLinkForm(Form):
    """Which user a person is."""

    user: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        User.objects.none(),
        label=_("User account"),
        required=False,
        empty_label=_("None: the person does not sign in"),
        help_text=_("The person’s roles in councils become the user’s rights."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.active().by_name()  # type: ignore[attr-defined]  # of a ModelChoiceField
