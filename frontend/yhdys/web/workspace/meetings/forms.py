"""The forms of the meetings' desk. They read what was typed; the rules are the actions'."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.councils.enums import OFFICERS
from yhdys.councils.models import Body, Membership
from yhdys.keywords.models import Keyword
from yhdys.meetings.enums import (
    Answer,
    ItemKind,
    MeetingKind,
    Outcome,
    Presence,
    Publicity,
)
from yhdys.meetings.models import AgendaItem, Invitation, Meeting
from yhdys.meetings.models.agenda import MOST_MINUTES
from yhdys.meetings.validators import MOST_PAPER_BYTES, PAPER_ENDINGS
from yhdys.organisations.models import Contact
from yhdys.web.forms import FilterForm, Form, RichTextField


class MeetingFilter(FilterForm):
    """The choices above the list of meetings."""

    when = forms.ChoiceField(
        label=pgettext_lazy("filter", "When"),
        choices=[("", pgettext_lazy("filter", "Upcoming")), ("past", pgettext_lazy("filter", "Past"))],
    )
    body: Any = forms.ModelChoiceField(label=_("Who meets"), queryset=Body.objects.none(), empty_label=_("All bodies"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.listed()  # type: ignore[attr-defined]  # a ModelChoiceField


class TimesMixin(forms.Form):
    """Day and time of a meeting by the Finnish wall clock."""

    starts_at = forms.DateTimeField(label=_("Begins"), required=False)
    ends_at = forms.DateTimeField(label=_("Ends"), required=False)

    def clean(self) -> dict[str, Any]:
        """A meeting ends after it begins."""
        data = super().clean() or {}
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The meeting must end after it begins."))
        if end and not start and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Give the beginning, too."))
        return data


class NewMeetingForm(TimesMixin, Form):
    """The few things that a new meeting needs; the rest has its place on the desk."""

    body: Any = forms.ModelChoiceField(label=_("Who meets"), queryset=Body.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind of meeting"),
        choices=MeetingKind.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=MeetingKind.ORDINARY,
        help_text=_("The agenda begins with the body’s standing items for the kind."),
    )

    field_order = ["body", "title", "kind", "starts_at", "ends_at"]

    def clean_kind(self) -> str:
        """An ordinary meeting unless another kind is chosen."""
        return self.cleaned_data["kind"] or MeetingKind.ORDINARY

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a ModelChoiceField


class CloneForm(TimesMixin, Form):
    """When the new meeting is held; the agenda comes from the former one."""


class BasicsForm(TimesMixin, Form):
    """Everything about a meeting but its agenda."""

    title_fi = forms.CharField(label=_("Title in Finnish"), max_length=200)
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    theme_fi = forms.CharField(label=_("Theme"), max_length=200, required=False)
    place_fi = forms.CharField(label=_("Place"), max_length=200, required=False)
    address = forms.CharField(label=_("Street address"), max_length=200, required=False)
    remote_link = forms.URLField(
        label=_("Link for taking part remotely"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=_("Sent to those who are called, never shown to the public."),
    )

    field_order = ["title_fi", "kind", "starts_at", "ends_at", "place_fi", "address", "remote_link", "theme_fi"]

    def __init__(self, *args: Any, time_is_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if time_is_fixed:
            del self.fields["starts_at"], self.fields["ends_at"]


class ItemForm(Form):
    """One item of the agenda."""

    title_fi = forms.CharField(label=_("Title in Finnish"), max_length=250)
    description_fi = RichTextField(label=_("Description in Finnish"), required=False)
    kind = forms.ChoiceField(label=_("What is asked of the meeting"), choices=ItemKind.choices)
    presenter = forms.CharField(label=_("Presenter"), max_length=200, required=False)
    minutes_planned = forms.IntegerField(
        label=_("How many minutes"), min_value=1, max_value=MOST_MINUTES, required=False
    )
    publicity = forms.ChoiceField(label=_("Who may read"), choices=Publicity.choices, widget=forms.RadioSelect)
    keywords = forms.ModelMultipleChoiceField(
        label=_("Keywords"), queryset=Keyword.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=250, required=False)
    description_sv = RichTextField(label=_("Description in Swedish"), required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=250, required=False)
    description_en = RichTextField(label=_("Description in English"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keywords"].queryset = Keyword.objects.all()  # type: ignore[attr-defined]  # a choice field


class PaperForm(Form):
    """What is said of a paper."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("If empty, the name of the file.")
    )
    item: Any = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("The whole meeting")
    )
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES)
    publicity = forms.ChoiceField(label=_("Who may read"), choices=Publicity.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda_items.all()  # type: ignore[attr-defined]  # a choice field


class NewPaperForm(PaperForm):
    """A paper with its file. What may be in it is judged by the action, whatever its name says."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{ending}" for ending in PAPER_ENDINGS)}),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument or an image, at most %(most)d MB.")
        % {"most": MOST_PAPER_BYTES // (1024 * 1024)},
    )

    field_order = ["file", "title", "item", "language", "publicity"]


class ChangePaperForm(PaperForm):
    """A kept paper: its file and its place stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["item"]
        self.fields["title"].required = True
        self.fields["title"].help_text = ""


class ConvocationForm(Form):
    """Covering words of the call."""

    text = forms.CharField(
        label=_("Covering words"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stand in the letter after the time and the place. Leave empty if there is nothing to add."),
    )


class GuestForm(Form):
    """Somebody from outside."""

    name = forms.CharField(label=_("Name"), max_length=150)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail address"))
    item: Any = forms.ModelChoiceField(
        label=_("Comes for"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("The whole meeting")
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda_items.all()  # type: ignore[attr-defined]  # a choice field


class ReasonForm(Form):
    """Why the meeting is cancelled."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("Those who were called and the public read it.")
    )


class MoveForm(TimesMixin, ReasonForm):
    """To when the meeting moves, and why."""

    place_fi = forms.CharField(label=_("Place"), max_length=200, required=False)

    field_order = ["starts_at", "ends_at", "place_fi", "reason"]


class AnswerForm(Form):
    """An answer given in the workspace, or noted by the secretary."""

    answer = forms.ChoiceField(label=pgettext_lazy("answer form", "Answer"), choices=(), widget=forms.RadioSelect)
    deputy: Any = forms.ModelChoiceField(
        label=_("Which deputy comes?"), queryset=Contact.objects.none(), required=False, empty_label="–"
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, invitation: Invitation, deputies: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [Answer.ATTENDING, Answer.DECLINED]
        if invitation.convocation.meeting.remote_link:
            possible.insert(1, Answer.REMOTE)
        if deputies:
            possible.append(Answer.DEPUTY)
            people = Contact.objects.listed().filter(pk__in=[one.contact_id for one in deputies])
            self.fields["deputy"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            del self.fields["deputy"]
        self.fields["answer"].choices = [(one.value, one.label) for one in possible]  # type: ignore[attr-defined]  # a ChoiceField


class AttendanceForm(Form):
    """One line of the attendance list."""

    key = forms.CharField(widget=forms.HiddenInput)
    presence = forms.ChoiceField(label=_("Presence"), choices=Presence.choices)
    in_place_of = forms.CharField(label=_("In place of"), max_length=150, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


AttendanceFormSet = forms.formset_factory(AttendanceForm, extra=0)


class OutcomeForm(Form):
    """How an item ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    discussion = RichTextField(label=_("Discussion"), required=False)
    resolution = RichTextField(label=_("Decision"), required=False)


class VoteForm(Form):
    """How many were for, against and blank."""

    question = forms.CharField(
        label=_("What was voted on"),
        max_length=300,
        required=False,
        help_text=_("Needed only if it is not plain from the item."),
    )
    in_favour = forms.IntegerField(label=pgettext_lazy("votes", "For"), min_value=0, max_value=1000)
    against = forms.IntegerField(label=pgettext_lazy("votes", "Against"), min_value=0, max_value=1000)
    blank = forms.IntegerField(
        label=pgettext_lazy("votes", "Blank"), min_value=0, max_value=1000, required=False, initial=0
    )

    def clean_blank(self) -> int:
        """Nobody, if nothing is written."""
        return int(self.cleaned_data["blank"] or 0)


class ElectionForm(Form):
    """What was elected."""

    office = forms.ChoiceField(
        label=_("What was elected?"),
        choices=[*((role.value, role.label) for role in OFFICERS), ("other", _("Something else"))],
        widget=forms.RadioSelect,
    )
    task = forms.CharField(
        label=_("What else was elected"),
        max_length=150,
        required=False,
        help_text=_("Such as “Checkers of the minutes”. It changes nobody’s rights."),
    )
    blank = forms.IntegerField(
        label=_("Blank votes"), min_value=0, max_value=1000, required=False, help_text=_("If votes were counted.")
    )

    def clean(self) -> dict[str, Any]:
        """Something else has a name; an office has one already."""
        data = super().clean() or {}
        if data.get("office") == "other" and not data.get("task"):
            self.add_error("task", _("Say what was elected, such as “Checkers of the minutes”."))
        data["blank"] = data.get("blank") or 0
        return data


class CandidateForm(Form):
    """Somebody who stood."""

    contact: Any = forms.ModelChoiceField(
        label=_("Person"), queryset=Contact.objects.none(), required=False, empty_label=_("Somebody else")
    )
    name = forms.CharField(label=pgettext_lazy("candidate", "Name of somebody else"), max_length=150, required=False)
    votes = forms.IntegerField(label=_("Votes"), min_value=0, max_value=1000, required=False)
    is_elected = forms.BooleanField(label=_("Was elected"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def is_empty(self) -> bool:
        """Whether nobody was written on this row."""
        data = self.cleaned_data
        return not data.get("contact") and not data.get("name")


CandidateFormSet = forms.formset_factory(CandidateForm, extra=6, max_num=6)


class AssignmentForm(Form):
    """Who does what by when."""

    what = forms.CharField(label=_("What is to be done"), max_length=300)
    contact: Any = forms.ModelChoiceField(
        label=_("Who does it"), queryset=Contact.objects.none(), required=False, empty_label=_("Somebody else")
    )
    who = forms.CharField(label=_("Name of somebody else"), max_length=200, required=False)
    due = forms.DateField(label=_("By when"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class MinutesForm(Form):
    """The text that belongs to no single item."""

    text = RichTextField(
        label=_("Text"),
        required=False,
        help_text=_("What belongs to no single item. Attendance, items and decisions come by themselves."),
    )
    language = forms.ChoiceField(label=_("Language of the minutes"), choices=settings.LANGUAGES)


class ReviewForm(Form):
    """To whom the minutes go for checking."""

    checkers: Any = forms.ModelMultipleChoiceField(
        label=_("Checkers"), queryset=Contact.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    review_by = forms.DateField(label=_("To be checked by"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checkers"].queryset = people  # type: ignore[attr-defined]  # a choice field


class ReturnForm(Form):
    """What a checker wants changed."""

    note = forms.CharField(
        label=_("What should be changed?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CorrectionForm(Form):
    """A numbered correction."""

    text = RichTextField(label=_("Correction"))
