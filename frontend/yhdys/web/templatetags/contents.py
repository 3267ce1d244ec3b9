"""Contents that exist in some languages only: ``{{ article|language_of:"title" }}`` says which one is shown."""

from django import template
from django.db.models import Model

from yhdys.web import contents

register = template.Library()


@register.filter
def language_of(record: Model, field: str) -> str:
    """The language in which a translated field of a record is shown on this page."""
    return contents.language_of(record, field)
