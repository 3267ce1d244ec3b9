"""Bulletins, news and blog texts, each written and published at its own time."""

from datetime import timedelta
from functools import partial

from yhdys.core import clock
from yhdys.councils.models import Authority, PublicationChannel
from yhdys.demo.loading.store import Store
from yhdys.demo.loading.texts import flowing_columns, html_columns
from yhdys.demo.schema import Article as ToldArticle
from yhdys.demo.schema import News, PublishedAt
from yhdys.keywords.models import Keyword
from yhdys.meetings.models import Meeting
from yhdys.news.actions import note_elsewhere, publish_article, write_article
from yhdys.news.models import Article, Elsewhere
from yhdys.organisations.models import Contact


def load(news: News, store: Store) -> None:
    """The articles, oldest first."""
    keywords = Keyword.objects.in_bulk()
    for told in sorted(news.articles, key=lambda one: one.date):
        about = [keywords[code] for code in told.keywords]
        store.once(f"article/{told.key}", partial(_article, told, about, store))


def _article(told: ToldArticle, keywords: list[Keyword], store: Store) -> Article:
    article = Article(
        kind=told.kind,
        **told.title.columns("title"),
        **flowing_columns(told.lead, "lead"),
        **html_columns(told.text, "body"),
    )
    if told.meeting:
        article.meeting = store.get(Meeting, f"meeting/{told.meeting}")
    if store.has(f"person/{told.author}"):
        article.author = store.get(Contact, f"person/{told.author}")
    elif told.author:
        article.byline = store.get(Authority, f"authority/{told.author}").name_fi
    with clock.at(told.date - timedelta(minutes=40)):
        write_article(article, keywords=keywords, by=None)
    with clock.at(told.date):
        publish_article(article, by=None)
        for place in told.channels:
            note_elsewhere(_elsewhere(article, place, store), by=None)
    return article


def _elsewhere(article: Article, told: PublishedAt, store: Store) -> Elsewhere:
    place = Elsewhere(article=article, url=told.url, on=told.date)
    if told.channel:
        place.channel = store.get(PublicationChannel, f"channel/{told.channel}")
    elif told.name is not None:
        for column, words in told.name.columns("name").items():
            setattr(place, column, words)
    return place
