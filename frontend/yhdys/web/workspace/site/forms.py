"""Forms of the region's settings, the accessibility statement and the answers to feedback."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings
from yhdys.web.accent import NotAColour, palette
from yhdys.web.forms import Form, ModelForm
from yhdys.web.templatetags.yhdys import LANGUAGE_NAMES

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def translated(name: str) -> tuple[str, ...]:
    """The columns of a translated field."""
    return tuple(f"{name}_{code}" for code in LANGUAGES)


class TranslatedForm(ModelForm):
    """A model form with one input for each language, named in its label; only Finnish may be required."""

    texts: tuple[tuple[str, Any], ...] = ()
    """Translated fields and their labels."""
    finnish_required: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.texts:
            for code in LANGUAGES:
                field = self.fields[f"{name}_{code}"]
                field.label = f"{label} ({LANGUAGE_NAMES[code]})"
                field.required = code == "fi" and name in self.finnish_required


class SettingsForm(TranslatedForm):
    """What the region says of itself."""

    texts = (
        ("council_name", _("Name of the council")),
        ("introduction", _("Introduction on the front page")),
        ("host_organisation", _("Host organisation")),
        ("sender_name", _("Sender’s name in letters")),
        ("controller", _("Controller of the personal data")),
        ("privacy_contact", _("Whom to ask about personal data")),
        ("processor", _("Processor of the personal data")),
    )
    finnish_required = ("council_name",)

    languages = forms.MultipleChoiceField(
        label=_("Languages of the site"),
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Finnish is always one of them. A region with a bilingual municipality needs Swedish."),
    )
    content_languages = forms.MultipleChoiceField(
        label=_("Languages in which you publish contents"),
        choices=list(LANGUAGE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = RegionSettings
        fields = (
            *translated("council_name"),
            *translated("introduction"),
            *translated("host_organisation"),
            "host_website",
            "languages",
            "content_languages",
            "accent",
            *translated("sender_name"),
            "sender_email",
            "reply_to",
            "phone",
            "postal_address",
            *translated("controller"),
            "controller_address",
            *translated("privacy_contact"),
            "privacy_email",
            *translated("processor"),
            "processing_agreed_on",
        )
        widgets = {
            "postal_address": forms.Textarea(attrs={"rows": 3}),
            "controller_address": forms.Textarea(attrs={"rows": 3}),
            **{name: forms.Textarea(attrs={"rows": 5}) for name in translated("introduction")},
        }
        help_texts = {
            "accent": _(
                "For example #1d4f73. Links and buttons get a shade of it that everybody can read, whatever you choose."
            ),
        }

    def clean_accent(self) -> str:
        """The colour in small letters. Raises ValidationError for what is none."""
        colour = str(self.cleaned_data["accent"]).strip().lower()
        try:
            palette(colour)
        except NotAColour:
            raise ValidationError(_("Write the colour as # and six digits or letters a–f.")) from None
        return colour

    def clean_languages(self) -> list[str]:
        """In the usual order, Finnish always among them."""
        chosen = {"fi", *self.cleaned_data["languages"]}
        return [code for code in LANGUAGES if code in chosen]

    def parts(self) -> list[dict[str, Any]]:
        """The form in groups, as the page shows it."""
        groups: list[tuple[Any, tuple[str, ...]]] = [
            (_("The council and its host"), ("council_name", "introduction", "host_organisation", "host_website")),
            (_("Languages and colour"), ("languages", "content_languages", "accent")),
            (_("Letters and contacts"), ("sender_name", "sender_email", "reply_to", "phone", "postal_address")),
            (
                _("Personal data"),
                (
                    "controller",
                    "controller_address",
                    "privacy_contact",
                    "privacy_email",
                    "processor",
                    "processing_agreed_on",
                ),
            ),
        ]
        return [
            {"title": title, "fields": [self[one] for name in names for one in self._columns(name)]}
            for title, names in groups
        ]

    def _columns(self, name: str) -> tuple[str, ...]:
        return translated(name) if name in dict(self.texts) else (name,)


class StatementForm(TranslatedForm):
    """The accessibility statement."""

    texts = (("feedback_unit", _("Who answers the feedback")),)

    class Meta:
        model = AccessibilityStatement
        fields = (
            "conformance",
            "assessment",
            "drafted_on",
            "reviewed_on",
            "feedback_email",
            *translated("feedback_unit"),
        )
        widgets = {"conformance": forms.RadioSelect, "assessment": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        """A review comes after the drafting, and not in the future."""
        data = super().clean() or {}
        drafted, reviewed = data.get("drafted_on"), data.get("reviewed_on")
        if drafted and reviewed and reviewed < drafted:
            self.add_error("reviewed_on", _("The statement cannot have been reviewed before it was drafted."))
        elif reviewed and reviewed > clock.today():
            self.add_error("reviewed_on", _("The day has not come yet."))
        return data


class IssueForm(TranslatedForm):
    """One content that fails."""

    texts = (
        ("what", _("What is not accessible?")),
        ("reason", _("Why?")),
        ("alternative", _("How does one get it otherwise?")),
    )
    finnish_required = ("what", "reason", "alternative")

    class Meta:
        model = AccessibilityIssue
        fields = (*translated("what"), *translated("reason"), *translated("alternative"), "criterion")
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for field in ("what", "reason", "alternative")
            for name in translated(field)
        }


class AnswerForm(Form):
    """The answer to feedback."""

    text = forms.CharField(label=_("Answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
