"""News: bulletins, short news and blog texts, and the facts of their publishing."""

from yhdys.news.models.article import Article
from yhdys.news.models.publication import Elsewhere, Publication

__all__ = ["Article", "Elsewhere", "Publication"]
