"""What the components need to show: dates, sizes, addresses, states, languages. Loaded in every template."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypedDict
from urllib.parse import urlencode

from django import forms, template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.defaultfilters import stringfilter
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yhdys.core.text import clean_html
from yhdys.web import dates
from yhdys.web.forms import DateInput, DateTimeInput, TimeInput

register = template.Library()


# --- Dates ---
@register.filter
def day(value: date | datetime | None, language: str | None = None) -> str:
    """``{{ meeting.start|day }}``: pe 27.11.2026; ``|day:"se"`` in the language of a content."""
    return dates.day(value, language) if value else ""


@register.filter
def short_day(value: date | datetime | None, language: str | None = None) -> str:
    """27.11.2026."""
    return dates.short_day(value, language) if value else ""


@register.filter
def moment(value: datetime | None, language: str | None = None) -> str:
    """pe 27.11.2026 klo 14.00."""
    return dates.moment(value, language) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """14.00."""
    return dates.clock_time(value) if value else ""


@register.filter
def weekday(value: date | datetime) -> str:
    """pe."""
    return dates.weekday(value)


@register.filter
def month(value: date | datetime) -> str:
    """marras."""
    return dates.month(value)


@register.filter
def wall(value: date | datetime) -> date | datetime:
    """By the Finnish wall clock, for a day's number."""
    return dates.local(value)


@register.simple_tag
def time_span(start: datetime, end: datetime | None = None, language: str | None = None) -> str:
    """``{% time_span m.start m.end %}``: pe 27.11.2026 klo 14.00–16.00."""
    return dates.span(start, end, language)


@register.simple_tag
def when(start: date | datetime | None, end: datetime | None = None, date_only: bool = False) -> str:
    """``{% when meeting.start meeting.end %}``: the same inside ``<time>``; a date, or ``date_only``, without hours."""
    if not start:
        return ""
    words = dates.span(start, end) if isinstance(start, datetime) and not date_only else dates.day(start)
    return format_html('<time datetime="{}">{}</time>', dates.local(start).isoformat(), words)


@register.filter
def machine_time(value: date | datetime) -> str:
    """For ``<time datetime>``: ISO 8601 by the Finnish wall clock."""
    return dates.local(value).isoformat()


# --- Text ---
@register.filter
def file_size(size: int | None) -> str:
    """312 kt, 1,4 Mt: a file's size (bytes) as it is said in the language of the page."""
    if size is None:
        return ""
    if size < 1024 * 1024:
        return _("%(size)d kB") % {"size": max(1, round(size / 1024))}
    number = f"{size / (1024 * 1024):.1f}"
    return _("%(size)s MB") % {"size": number if _language() == "en" else number.replace(".", ",")}


@register.filter
def rich(html: str | None) -> SafeString:
    """Rich text that people wrote, cleaned once more on its way out."""
    return mark_safe(clean_html(html or ""))  # noqa: S308 - nh3 has just cleaned it


@register.filter
@stringfilter
def initials(name: str) -> str:
    """MV for Maija Virtanen."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


_LONG_WORD = re.compile(r"[^\W\d_]{18,}")
_CONSONANT = r"[^\W\d_aeiouyåäö]"
_SYLLABLE = re.compile(rf"(?<=[aeiouyåäö]){_CONSONANT}*(?={_CONSONANT}[aeiouyåäö])", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"


def _with_soft_hyphens(word: re.Match[str]) -> str:
    """In Finnish a syllable begins before a consonant and its vowel; three letters stay together at either end."""
    letters = word[0]
    breaks = [match.end() for match in _SYLLABLE.finditer(letters) if 3 <= match.end() <= len(letters) - 3]
    return SOFT_HYPHEN.join(letters[start:end] for start, end in zip([0, *breaks], [*breaks, None], strict=True))


@register.filter
def hyphenate(text: str) -> str:
    """Where words of 18 letters or more may break on a phone, since not every browser knows Finnish and Swedish.

    järjestöneuvottelukunta: jär-jes-tö-neu-vot-te-lu-kunta; organisationsdelegation: orga-ni-sa-tions-de-le-ga-tion,
    for Swedish lets a syllable begin before its last consonant as Finnish does.
    What was safe stays safe, what was not does not become so.
    """
    said = str(text)
    if _language() not in ("fi", "sv"):
        return text
    broken = _LONG_WORD.sub(_with_soft_hyphens, said)
    return SafeString(broken) if isinstance(text, SafeString) else broken


@register.filter
def email_link(address: str | None) -> str:
    """``{{ body.email|email_link }}``: a link that breaks before the @ if it must break on a phone."""
    if not address:
        return ""
    shown = mark_safe(escape(address).replace("@", "<wbr>@"))  # noqa: S308 - escaped just here
    return format_html('<a class="y-email" href="mailto:{}">{}</a>', address, shown)


# --- Languages ---
LANGUAGE_NAMES = {
    "fi": "suomi",
    "sv": "svenska",
    "en": "English",
    "se": "davvisámegiella",
    "smn": "anarâškielâ",
    "sms": "nuõrttsääʹmǩiõll",
}
"""Each language by its own name."""


def _language() -> str:
    return (translation.get_language() or "fi").partition("-")[0]


@register.simple_tag
def lang(language: str | None) -> str:
    """``<p{% lang article.language %}>``: says the language of a part that is not in the language of the page."""
    return format_html(' lang="{}"', language) if language and language != _language() else ""


@register.simple_tag
def text_lang(record: Any, field: str) -> str:
    """``<p{% text_lang body "purpose" %}>{{ body.purpose }}</p>``: says so when the text is shown in another language.

    A translated text that the page's language lacks falls back to the first of Finnish, Swedish and English it has.
    """
    codes = dict.fromkeys([_language(), "fi", "sv", "en"])
    shown = next((code for code in codes if getattr(record, f"{field}_{code}", None)), None)
    return lang(shown)


@register.filter
def language_name(code: str) -> str:
    """The language's own name: svenska."""
    return LANGUAGE_NAMES.get(code, code)


class LanguageLink(TypedDict):
    """One door of the language switch."""

    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The same page in each language of the site.

    A page whose address differs by language gives ``alternates`` (code → path) in its context.
    """
    request: HttpRequest | None = context.get("request")
    site = context.get("site")
    codes: Sequence[str] = getattr(site, "languages", None) or ["fi"]
    if request is None:
        return []
    alternates: Mapping[str, str] = context.get("alternates") or {}
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES.get(code, code).capitalize(),
            "url": alternates.get(code) or _same_page(request, code),
            "is_current": code == _language(),
        }
        for code in codes
    ]


def _same_page(request: HttpRequest, code: str) -> str:
    """This page in another language, else that language's front page."""
    match = request.resolver_match
    if code == _language():
        return request.get_full_path()
    there = ""
    if match is not None:
        with translation.override(code), suppress(NoReverseMatch):
            there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    if there in ("", request.path):
        return "/" if code == "fi" else f"/{code}/"
    query = request.META.get("QUERY_STRING", "")
    return f"{there}?{iri_to_uri(query)}" if query else there


# --- Addresses ---
@register.simple_tag
def maybe_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, or nothing where this site has no such page."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag
def query(request: HttpRequest | None, **changes: Any) -> str:
    """``?…`` of this page with some parameters changed; one that becomes empty is left out."""
    parameters = request.GET.copy() if request else None
    kept = [(key, one) for key, many in parameters.lists() for one in many if key not in changes] if parameters else []
    added = [(key, value) for key, value in changes.items() if value not in (None, "", False)]
    return "?" + urlencode(kept + added)


class Sorting(TypedDict):
    """How a column's head stands: its address when clicked and its ``aria-sort``."""

    url: str
    direction: str


@register.simple_tag
def sorting(request: HttpRequest | None, column: str, default: str = "") -> Sorting:
    """The link of a sortable column: ascending first, then descending. ``?sort=name`` and ``?sort=-name``."""
    now = (request.GET.get("sort") if request else None) or default
    direction = {column: "ascending", f"-{column}": "descending"}.get(now, "none")
    return {"url": query(request, sort=f"-{column}" if now == column else column, page=None), "direction": direction}


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers to offer under a long list, None for a gap: 1 … 4 5 6 … 20."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]


# --- Forms ---
class ErrorLink(TypedDict):
    """One line of the error summary: where the mistake is and what it is."""

    href: str
    label: str
    message: str


def _first_input(field: BoundField) -> str:
    """The id of the field's first input, which the summary's link moves to."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.MultiWidget):  # Check boxes are Django's radio buttons too.
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def error_links(form: BaseForm | None) -> list[ErrorLink]:
    """Every mistake of a form in the order of its fields, those of the whole form first."""
    if form is None or not form.is_bound:
        return []
    links: list[ErrorLink] = [{"href": "", "label": "", "message": str(message)} for message in form.non_field_errors()]
    for field in form:
        shown = not field.is_hidden
        links += [
            {
                "href": f"#{_first_input(field)}" if shown else "",
                "label": str(field.label) if shown else "",
                "message": str(error),
            }
            for error in field.errors
        ]
    return links


def _descriptions(field: BoundField, hint: str) -> str:
    """The ids of what explains the field: its hint, its error."""
    hinted = hint or field.help_text or default_hint(field)
    return " ".join([f"{field.auto_id}_helptext"] * bool(hinted) + [f"{field.auto_id}_error"] * bool(field.errors))


@register.simple_tag
def describedby(field: BoundField, hint: str = "") -> str:
    """The attribute that ties a fieldset to its hint and error; nothing where there is neither."""
    described = _descriptions(field, hint)
    return format_html(' aria-describedby="{}"', described) if described else ""


@register.simple_tag
def control(
    field: BoundField, hint: str = "", width: str = "", rows: str = "", placeholder: str = "", size: str = ""
) -> SafeString:
    """The field's own input, described by its hint and error even where the page gives the hint."""
    hinted = hint or field.help_text or default_hint(field)
    described = " ".join([f"{field.auto_id}_helptext"] * bool(hinted) + [f"{field.auto_id}_error"] * bool(field.errors))
    attrs: dict[str, Any] = {"aria-describedby": described} if described and not in_fieldset(field) else {}
    classes = [field.field.widget.attrs.get("class", "")]
    if width:
        classes.append(f"govuk-input--width-{width}" if str(width).isdigit() else f"govuk-!-width-{width}")
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        # Django derives its check boxes from its radio buttons.
        kind = "checkboxes" if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else "radios"
        classes += [f"govuk-{kind}--small"] * (size != "large") + [f"govuk-{kind}--inline"] * (size == "inline")
    if counted(field):
        classes.append("govuk-js-character-count")
    attrs["class"] = " ".join(filter(None, classes))
    if not attrs["class"]:
        del attrs["class"]
    if rows:
        attrs["rows"] = rows
    if placeholder:
        attrs["placeholder"] = placeholder
    return SafeString(field.as_widget(attrs=attrs))


@register.filter
def in_fieldset(field: BoundField) -> bool:
    """Whether the field is several inputs under one legend."""
    return field.use_fieldset and not isinstance(field.field.widget, forms.ClearableFileInput)


@register.filter
def default_hint(field: BoundField) -> str:
    """How a day or a time is written, where the form says nothing else."""
    match field.field.widget:
        case DateInput():
            return _("For example 27.11.2026")
        case TimeInput():
            return _("For example 14.00")
        case DateTimeInput():
            return _("For example 27.11.2026 and 14.00")
    return ""


@register.filter
def says_optional(field: BoundField) -> bool:
    """Whether the label adds that the field may be left empty."""
    return not (field.field.required or field.field.disabled or getattr(field.form, "marks_optional", True) is False)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the field is one box to tick, with its label beside it."""
    return type(field.field.widget) is forms.CheckboxInput


@register.filter
def counted(field: BoundField) -> int:
    """How many signs a text area takes at most; 0 where nothing needs to be counted."""
    widget = field.field.widget
    if isinstance(widget, forms.Textarea) and type(widget) is forms.Textarea:
        return int(getattr(field.field, "max_length", 0) or 0)
    return 0


# --- States ---
STATE_COLOURS = {
    "grey": {
        "draft",
        "planned",
        "ended",
        "closed",
        "archived",
        "cancelled",
        "withdrawn",
        "expired",
        "queued",
        "absent",
    },
    "blue": {"convened", "open", "received", "scheduled", "sending", "running", "remote", "rescheduled"},
    "yellow": {"waiting", "under_review", "pilot", "suspended", "late", "unanswered", "deputy", "missing"},
    "green": {"held", "approved", "published", "sent", "active", "present", "attending", "accepted", "answered"},
    "red": {"failed", "overdue", "refused", "bounced", "declined"},
}


@register.filter
@stringfilter
def state_colour(state: str) -> str:
    """The colour of a state's tag. The word says the state; the colour only helps."""
    return next((colour for colour, states in STATE_COLOURS.items() if state.lower() in states), "grey")


# --- Figures ---
class Bar(TypedDict):
    """One bar of a chart: its words and its length in hundredths of the longest."""

    label: str
    value: Any
    share: float


@register.filter
def bars(rows: Iterable[Mapping[str, Any]] | None) -> list[Bar]:
    """Rows of ``label`` and ``value`` (a number, not negative) with each bar's length."""
    listed = list(rows or ())
    longest = max((float(row["value"] or 0) for row in listed), default=0) or 1
    return [
        {"label": str(row["label"]), "value": row["value"], "share": round(100 * float(row["value"] or 0) / longest, 2)}
        for row in listed
    ]
