"""Every component in every state, for the eye and for the accessibility tests. Shown in development only."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from yhdys.overview.trends import Point
from yhdys.web import accent
from yhdys.web.forms import DateTimeInput, FileField, FilterForm, Form, RichTextField
from yhdys.web.national.charts import draw
from yhdys.web.navigation import NavigationItem

PAGES = ("front", "text", "fields", "errors", "records", "lists", "empty", "workspace", "sign-in")
LANGUAGES = ("fi", "sv", "en")
ACCENTS = ("#1d4f8c", "#0a7d5a", "#a3195b", "#f2a900", "#b5e61d", "#111111")
LONG_WORD = "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas"
TEXT = (
    "<h2>Mitä päätettiin</h2><p>Neuvottelukunta <strong>hyväksyi</strong> lausunnon "
    '<a href="https://liitto.example/">maakuntasuunnitelmasta</a>.</p>'
    "<ul><li>Ensimmäinen asia</li><li>Toinen asia</li></ul>"
    "<blockquote>Järjestöjä pitää kuulla ajoissa.</blockquote>"
    '<table><tr><th scope="col">Kunta</th><th scope="col">Äänet</th></tr>'
    "<tr><td>Kajaani</td><td>12</td></tr></table>"
)
SAMI_LETTERS = "Čč Đđ Ŋŋ Šš Ŧŧ Žž Ââ Ǩǩ Ǧǧ Ǥǥ Ʒʒ Ǯǯ Õõ ʹ"


@dataclass(frozen=True)
class SampleSite:
    """Stands in for a region's face, with the colour that the page was asked in."""

    colour: str
    path: str
    is_national: bool = False
    is_demonstration: bool = True
    languages: ClassVar[tuple[str, ...]] = LANGUAGES
    name: str = "Mallilan järjestöneuvottelukunta"
    region_name: str = "Mallilan maakunta"
    home_url: str = "/-/gallery/"
    workspace_url: str = ""
    sign_in_url: str = "/-/gallery/sign-in/"
    sign_out_url: str = ""
    search_url: str = "/-/gallery/lists/"
    national_url: str = "/-/gallery/"
    settings: dict[str, str] = field(
        default_factory=lambda: {
            "host_organisation": "Mallilan liitto",
            "host_website": "https://liitto.example/",
            "postal_address": "Esimerkkikatu 1\n00000 Mallila",
            "reply_to": "neuvottelukunta@mallila.example",
            "phone": "000 123 4567",
        }
    )

    @property
    def accent_url(self) -> str:
        return reverse("design:accent", kwargs={"colour": self.colour.removeprefix("#")})

    @property
    def navigation(self) -> list[NavigationItem]:
        return [
            NavigationItem(name.capitalize(), (url := reverse("design:gallery-page", args=[name])), url == self.path)
            for name in PAGES
        ]

    workspace_navigation = navigation
    legal_navigation = navigation


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Kokouksen nimi", max_length=80, help_text="Esimerkiksi: Neuvottelukunnan kokous 4/2026"
    )
    email = forms.EmailField(label="Sähköposti", required=False)
    summary = forms.CharField(label="Tiivistelmä", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    text = RichTextField(label="Esittely", required=False, help_text="Lyhyt teksti kokouksen sivulle")
    day = forms.DateField(label="Päivä")
    start = forms.DateTimeField(label="Kokous alkaa", widget=DateTimeInput, help_text="Suomen aikaa")
    place = forms.ChoiceField(label="Kunta", choices=[("", "Valitse"), ("205", "Kajaani"), ("765", "Sotkamo")])
    way = forms.ChoiceField(
        label="Miten osallistut?",
        choices=[("here", "Paikan päällä"), ("remote", "Etänä"), ("no", "En pääse"), ("deputy", "Varajäseneni tulee")],
        widget=forms.RadioSelect,
    )
    sectors = forms.MultipleChoiceField(
        label="Toimialat",
        required=False,
        choices=[("1", "Vammais- ja potilasjärjestöt"), ("2", "Kulttuuri"), ("3", LONG_WORD)],
        widget=forms.CheckboxSelectMultiple,
    )
    paper = FileField(label="Liite", required=False, help_text="PDF, enintään 10 megatavua")
    remote = forms.BooleanField(label="Kokoukseen voi osallistua etänä", required=False)
    secret = forms.CharField(label="Salasana", widget=forms.PasswordInput)
    disabled = forms.CharField(label="Ei muutettavissa", disabled=True, initial="Kajaani", required=False)


class SampleFilter(FilterForm):
    """Choices above a list."""

    q = forms.CharField(label="Nimi tai sana")
    year = forms.ChoiceField(label="Vuosi", choices=[("", "Kaikki"), ("2026", "2026"), ("2025", "2025")])
    sector = forms.ChoiceField(label="Toimiala", choices=[("", "Kaikki"), ("1", "Kulttuuri")])


def _trend(told: dict[str, list[int | None]]) -> dict[str, Any]:
    """Lines over four years; a number that is not told leaves a gap."""
    years = ["2023", "2024", "2025", "2026"]
    lines = [
        (name, [Point(year, value, is_known=True) for year, value in zip(years, values, strict=True)])
        for name, values in told.items()
    ]
    rows = [(year, [str(values[place] or "") for values in told.values()]) for place, year in enumerate(years)]
    return {"chart": draw(lines, years), "table": {"columns": list(told), "rows": rows}}


def _at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def _samples(request: HttpRequest) -> dict[str, Any]:
    people = [
        {"name": "Maija Mallikas", "role": "Puheenjohtaja", "organisation": "Mallilan kylät ry", "sector": "Kylät"},
        {
            "name": "Otso Öhman",
            "role": "Varapuheenjohtaja",
            "organisation": "Folkhälsan i Modellby rf",
            "sector": "Terveys",
        },
        {
            "name": "Anna-Kaarina Esimerkki-Pitkäsukuniminen",
            "role": "Sihteeri",
            "organisation": f"{LONG_WORD}yhdistys ry",
            "sector": "Vammais- ja potilasjärjestöt",
        },
        {"name": "Áilu Čáhppe", "role": "Jäsen", "organisation": "Sámi searvi", "sector": "Kulttuuri"},
    ]
    return {
        "people": people,
        "many": [{"number": number, **people[number % 4]} for number in range(1, 41)],
        "form": None,
        "filter": SampleFilter(request.GET or None),
        "page": Paginator(range(500), 25).page(9),
        "bars": [
            {"label": "Kainuu", "value": 12},
            {"label": "Lappi", "value": 31},
            {"label": "Kymenlaakso", "value": 9},
            {"label": "Etelä-Pohjanmaa", "value": 0},
        ],
        "trend": _trend(
            {"Kainuu": [4, 6, None, 7], "Lappi": [9, 9, 12, 11], LONG_WORD: [0, 1, 1, 2], "Savo": [3, 2, 5, 8]}
        ),
        "start": _at(11, 27, 12),
        "end": _at(11, 27, 14),
        "past": _at(2, 17, 10),
        "steps": [
            {"name": "Luonnos", "state": "done", "more": "2.11.2026"},
            {"name": "Kutsuttu", "state": "now", "more": "13.11.2026, 17 jäsentä"},
            {"name": "Pidetty", "state": "next"},
            {"name": "Pöytäkirja tarkastettu", "state": "next"},
            {"name": "Julkaistu", "state": "off"},
        ],
        "missing": [
            {"text": "Yksi asia on vailla esittelijää", "url": "#"},
            {"text": "Etäyhteyden linkki puuttuu"},
        ],
        "tabs": [
            {"label": "Tiedot", "url": "#", "is_current": True},
            {"label": "Esityslista", "url": "#", "count": 7},
            {"label": "Kutsutut", "url": "#", "count": 23},
            {"label": "Pöytäkirja", "url": "#"},
        ],
        "rows": [
            {"key": "Paikka", "value": "Porukkatalo, Kouvola", "href": "#"},
            {"key": "Aika", "value": "ke 27.4.2026 klo 14.00–16.00", "href": "#"},
            {"key": "Etäyhteys", "value": "", "href": "#"},
        ],
        "changes": [
            {"label": "Paikka", "theirs": "Kaukametsä, Kajaani", "mine": "Maakuntatalo, Kajaani"},
            {"label": "Kuvaus", "theirs": "", "mine": "Kahvit klo 13.30 alkaen.\nTervetuloa!"},
        ],
        "changed": {
            "name": "Asiakohta: Talousarvio",
            "differences": [
                {"label": "Puhelin", "was": "000 123 4567", "now": "000 765 4321"},
                {"label": "Verkkosivu", "was": "", "now": "https://yhdistys.example/"},
                {
                    "label": "Kuvaus, suomeksi",
                    "pieces": [
                        {"kind": "gap", "text": "…"},
                        {"kind": "same", "text": "kokoontuu"},
                        {"kind": "was", "text": "kerran kuussa"},
                        {"kind": "new", "text": "joka toinen viikko"},
                        {"kind": "same", "text": "Kajaanissa."},
                    ],
                },
            ],
        },
        "keywords": [
            {"label": "osallisuus", "url": "#"},
            {"label": "hyvinvointi", "url": "#"},
            {"label": "järjestöt", "url": "#"},
        ],
        "crumbs": [{"label": "Kokoukset", "url": "#"}, {"label": "2026", "url": "#"}],
        "text_html": TEXT,
        "long_word": LONG_WORD,
        "sami": SAMI_LETTERS,
    }


def _forms(name: str) -> dict[str, Any]:
    if name == "fields":
        return {"form": SampleForm(initial={"start": _at(11, 27, 12), "name": "Neuvottelukunnan kokous", "text": TEXT})}
    if name == "errors":
        bad = SampleForm(
            {
                "name": "x" * 81,
                "email": "ei sähköposti",
                "day": "31.2.2026",
                "start_day": "27.11.2026",
                "start_time": "25.00",
            }
        )
        bad.add_error(None, "Kokous menee päällekkäin toisen kokouksen kanssa.")
        return {"form": bad}
    return {}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """GET ``/-/gallery/``: the first page."""
    return page(request, "text")


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """GET ``/-/gallery/<page>/?lang=sv&accent=0a7d5a``: one page of the gallery in a language and a colour."""
    if name not in PAGES:
        raise Http404
    language = request.GET.get("lang", "fi")
    colour = accent.usable("#" + request.GET.get("accent", ACCENTS[0].removeprefix("#")))
    code = colour.removeprefix("#")
    with translation.override(language if language in LANGUAGES else "fi"):
        return render(
            request,
            f"gallery/{name.replace('-', '_')}.html",
            _samples(request)
            | _forms(name)
            | {
                "site": SampleSite(colour, request.path),
                "alternates": {one: f"?lang={one}&accent={code}" for one in LANGUAGES},
                "LANGUAGE_CODE": translation.get_language(),
                "accents": [(one, f"?lang={language}&accent={one.removeprefix('#')}") for one in ACCENTS],
                "last_edited": _at(3, 23, 9),
            },
        )
