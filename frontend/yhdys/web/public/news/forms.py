"""How readers narrow the list of news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.keywords.models import Keyword
from yhdys.news.enums import ArticleKind
from yhdys.news.queries import keywords_in_use, years
from yhdys.web.forms import FilterForm


class NewsFilter(FilterForm):
    """Kind, keyword and year; the kind stands in tabs above the list."""

    kind = forms.ChoiceField(choices=ArticleKind.choices, widget=forms.HiddenInput)
    keyword = forms.ModelChoiceField(
        Keyword.objects.none(), label=_("Keyword"), empty_label=pgettext_lazy("keyword", "All")
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keyword, year = self.fields["keyword"], self.fields["year"]
        if isinstance(keyword, forms.ModelChoiceField) and isinstance(year, forms.TypedChoiceField):
            keyword.queryset = keywords_in_use()
            year.choices = [("", pgettext_lazy("year", "All")), *((one, str(one)) for one in years())]
