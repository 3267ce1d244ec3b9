"""Asking about rights in templates. Loaded in every template."""

from typing import Any

from django import template

from yhdys.core import access
from yhdys.tenancy.context import require_scope

register = template.Library()
THE_SITE = object()


@register.simple_tag(takes_context=True)
def allowed(context: template.Context, permission: str, obj: Any = THE_SITE) -> bool:
    """``{% allowed "meetings.convene_meeting" meeting as may_convene %}``.

    Without a record the right concerns the site as a whole. Raises KeyError for a permission that nobody declared.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    return access.allowed(user, permission, require_scope() if obj is THE_SITE else obj)
