"""Articles for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from yhdys.news.actions import publish_article
from yhdys.news.enums import ArticleKind
from yhdys.news.models import Article


class ArticleFactory(DjangoModelFactory[Article]):
    """A draft that could be published as it is, in Finnish. ``published=True`` publishes it now."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    kind = ArticleKind.BULLETIN
    title_fi = factory.Sequence(lambda n: f"Neuvottelukunta kokoontui {n}")
    lead_fi = "Mitä päätettiin."
    body_fi = "<p>Kokous päätti <strong>asiasta</strong>.</p>"

    @factory.post_generation
    def keywords(self: Article, create: bool, codes: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # factory's own way
        if create and codes:
            self.keywords.set(codes)

    @factory.post_generation
    def published(self: Article, create: bool, wanted: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # as above
        if create and wanted:
            publish_article(self, by=None)
            self.refresh_from_db()
