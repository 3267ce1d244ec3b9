"""The one writer of an article's state."""

from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused
from yhdys.news.enums import ArticleState as State
from yhdys.news.models import Article

NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SCHEDULED, State.PUBLISHED}),
    State.SCHEDULED: frozenset({State.DRAFT, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.PUBLISHED}),
}


def can_go(article: Article, to: State) -> bool:
    """Whether the way to ``to`` is open from where the article is."""
    return to in NEXT[State(article.state)]


def advance(article: Article, to: State) -> None:
    """Move a locked article on; the caller saves it. Raises ActionRefused when there is no such way."""
    if not can_go(article, to):
        raise ActionRefused(
            _("The article is now “{now}”, so this can no longer be done. Open it again and look.").format(
                now=State(article.state).label
            )
        )
    article.state = to
