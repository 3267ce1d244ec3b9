"""Forms of the news desk."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.images import Picture, prepare
from yhdys.councils.models import PublicationChannel
from yhdys.keywords.models import Keyword
from yhdys.meetings.models import Meeting
from yhdys.news.enums import ArticleKind, ArticleState
from yhdys.news.models import Article, Elsewhere
from yhdys.organisations.models import Contact, Organisation
from yhdys.web.forms import FileField, FilterForm, Form, ModelForm, RichText, RichTextField
from yhdys.web.templatetags.yhdys import LANGUAGE_NAMES

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class ArticleFilter(FilterForm):
    """Which articles to show."""

    q = forms.CharField(label=_("Words of the title"))
    state = forms.ChoiceField(label=_("State"), choices=[("", pgettext_lazy("articles", "All")), *ArticleState.choices])
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", pgettext_lazy("articles", "All")), *ArticleKind.choices])


class ArticleForm(ModelForm):
    """The article in the site's languages. One language is enough; a reader is told which one it is."""

    body_fi = RichTextField(required=False, widget=RichText(attrs={"rows": 16}))
    body_sv = RichTextField(required=False, widget=RichText(attrs={"rows": 12}))
    body_en = RichTextField(required=False, widget=RichText(attrs={"rows": 12}))

    picture = FileField(
        label=_("Image"),
        kinds=("jpg", "jpeg", "png"),
        most=8 * 1024 * 1024,
        required=False,
        help_text=_("JPEG or PNG, at most 8 MB. The place and the camera are removed from it."),
    )
    without_image = forms.BooleanField(label=_("Remove the image"), required=False)

    class Meta:
        model = Article
        fields = (
            "kind",
            *(f"{name}_{code}" for code in LANGUAGES for name in ("title", "lead", "body", "image_description")),
            "author",
            "organisation",
            "byline",
            "meeting",
            "keywords",
        )
        widgets = {
            "kind": forms.RadioSelect,
            "keywords": forms.CheckboxSelectMultiple,
            **{f"lead_{code}": forms.Textarea(attrs={"rows": 3}) for code in LANGUAGES},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "title": _("Title"),
            "lead": _("Lead"),
            "body": _("Text"),
            "image_description": _("What the image shows"),
        }
        for code in LANGUAGES:
            for name, label in labels.items():
                field = self.fields[f"{name}_{code}"]
                field.label = f"{label} ({LANGUAGE_NAMES[code]})" if code != "fi" else label
                field.required = False
        self.fields["kind"].choices = ArticleKind.choices  # type: ignore[attr-defined]  # without the empty choice
        if not self.instance.image:
            del self.fields["without_image"]
        self._choices("author", Contact.objects.listed())
        self._choices("organisation", Organisation.objects.active().by_name())
        self._choices("meeting", Meeting.objects.announced().order_by("-starts_at", "-id"))
        self._choices("keywords", Keyword.objects.all())

    def _choices(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """An image is described in at least one language."""
        data = super().clean() or {}
        self.prepared: Picture | None = None
        if file := data.get("picture"):
            try:
                self.prepared = prepare(file)
            except ActionRefused as refusal:
                self.add_error("picture", str(refusal))
        keeps_image = self.instance.image and not data.get("without_image")
        if (file or keeps_image) and not any(data.get(f"image_description_{code}") for code in LANGUAGES):
            self.add_error("image_description_fi", _("Describe the image for those who cannot see it."))
        return data

    def in_language(self, code: str) -> list[forms.BoundField]:
        """The fields of one language."""
        return [self[f"{name}_{code}"] for name in ("title", "lead", "body", "image_description")]

    @property
    def other_languages(self) -> list[dict[str, Any]]:
        """Swedish and English, each closed until it has something in it or something wrong."""
        return [
            {
                "name": LANGUAGE_NAMES[code].capitalize(),
                "fields": self.in_language(code),
                "open": any(field.value() or field.errors for field in self.in_language(code)),
            }
            for code in LANGUAGES
            if code != "fi"
        ]

    @property
    def keywords_chosen(self) -> str:
        """The keywords that are ticked, in words."""
        chosen = {str(getattr(one, "pk", one)) for one in self["keywords"].value() or ()}
        return ", ".join(one.name for one in Keyword.objects.filter(pk__in=chosen)) if chosen else ""

    @property
    def written(self) -> Article:
        """The article as it was typed."""
        article: Article = self.instance
        return article


class ScheduleForm(Form):
    """When the article comes out by itself."""

    at = forms.DateTimeField(label=_("Publish by itself"), help_text=_("Day and time in Finland."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["at"].initial = clock.helsinki(today.year, today.month, today.day, 9) + timedelta(days=1)


class WithdrawalForm(Form):
    """Why an article leaves the public site."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("Stays in the history; the public does not see it."),
        max_length=300,
    )


class ElsewhereForm(ModelForm):
    """Where else the article appeared."""

    class Meta:
        model = Elsewhere
        fields = ("channel", "name_fi", "url", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        if isinstance(channel, forms.ModelChoiceField):
            channel.queryset = PublicationChannel.objects.listed()
        self.fields["name_fi"].label = _("Where, if not in a channel of the council")
        self.fields["name_fi"].required = False

    def clean(self) -> dict[str, Any]:
        """Either a channel or a name."""
        data = super().clean() or {}
        if not data.get("channel") and not data.get("name_fi") and not self.errors:
            self.add_error("channel", _("Choose a channel, or write where the article appeared."))
        return data
