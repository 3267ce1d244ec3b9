"""Who may write and publish news.

Secretaries and communications officers write and publish; the region's editors write, and its administrators do both.
"""

from typing import Any

from yhdys.accounts.rules import is_administrator, is_editor, is_observer
from yhdys.core.access import add_perm, predicate
from yhdys.councils.rules import is_secretary_anywhere
from yhdys.news.models import Article


@predicate
def was_never_public(user: Any, obj: Any) -> bool:
    """An article that nobody outside has seen, and that may go without a trace."""
    return isinstance(obj, Article) and obj.published_at is None


add_perm("news.view_articles", is_observer | is_secretary_anywhere)
add_perm("news.write_article", is_editor | is_secretary_anywhere)
add_perm("news.publish_article", is_administrator | is_secretary_anywhere)
add_perm("news.withdraw_article", is_administrator | is_secretary_anywhere)
add_perm("news.remove_article", was_never_public & (is_editor | is_secretary_anywhere))
