"""Templates written in a test, components included."""

from typing import Any

from django.template import Context, Template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler


def render(source: str, language: str = "en", **context: Any) -> str:
    """``source`` as the template loader would compile it, rendered in a language."""
    with translation.override(language):
        return str(Template(CottonCompiler().process(source)).render(Context(context)))
