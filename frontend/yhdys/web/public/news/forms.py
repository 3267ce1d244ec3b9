"""How readers narrow the list of news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core.text import sort_key
from yhdys.news.enums import ArticleKind
from yhdys.news.queries import keywords_in_use, years
from yhdys.web.forms import FilterForm


class NewsFilter(FilterForm):
    """Kind, keyword and year; the kind stands in tabs above the list."""

    kind = forms.ChoiceField(choices=ArticleKind.choices, widget=forms.HiddenInput)
    keyword = forms.ChoiceField(label=_("Keyword"))
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keywords = sorted(keywords_in_use(), key=lambda keyword: sort_key(keyword.name))
        self._offer("keyword", pgettext_lazy("keyword", "All"), [(one.pk, one.name) for one in keywords])
        self._offer("year", pgettext_lazy("year", "All"), [(one, str(one)) for one in years()])

    def _offer(self, name: str, everything: Any, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everything), *choices]
