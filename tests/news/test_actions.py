"""What happens to an article from the first word to its withdrawal."""

from datetime import timedelta

import pytest
from django.utils import translation
from tests.factories.news import ArticleFactory

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.keywords.models import Keyword
from yhdys.news import actions
from yhdys.news.enums import ArticleKind, ArticleState
from yhdys.news.models import Article, Elsewhere
from yhdys.overview.actions import PUSH
from yhdys.regions.models import Region
from yhdys.tenancy import outbox
from yhdys.tenancy.models import OutboxEntry


def verbs(article: Article) -> list[str]:
    return list(Entry.objects.about(article).values_list("verb", flat=True))[::-1]


def test_a_new_article_is_a_draft_without_an_address(region: Region) -> None:
    article = actions.write_article(Article(title_fi="Uusi alku"), by=None)
    assert (article.state, article.slug, article.published_at) == (ArticleState.DRAFT, None, None)
    assert verbs(article) == ["written"]


def test_an_article_without_a_title_in_any_language_is_refused(region: Region) -> None:
    with pytest.raises(ActionRefused):
        actions.write_article(Article(body_fi="<p>Teksti</p>"), by=None)
    assert not Article.objects.exists()


def test_what_is_written_is_cleaned_of_scripts(region: Region) -> None:
    article = ArticleFactory(
        body_fi='<p onclick="x()">Hei<script>alert(1)</script> <a href="javascript:x">tästä</a></p>'
    )
    article.refresh_from_db()
    assert article.body == '<p>Hei <a rel="noopener">tästä</a></p>'


def test_publishing_gives_the_day_and_the_title_as_address(region: Region) -> None:
    article = ArticleFactory(title_fi="Järjestöt päättivät äänestyksestä!")
    with clock.at(clock.helsinki(2022, 3, 12, 0, 30)):
        actions.publish_article(article, by=None)
    article.refresh_from_db()
    assert article.slug == "2022-03-12-jarjestot-paattivat-aanestyksesta"
    assert article.published_at == clock.helsinki(2022, 3, 12, 0, 30)
    assert article.publications.in_force().count() == 1
    assert verbs(article) == ["published"]


def test_two_articles_of_the_same_day_and_title_have_two_addresses(region: Region) -> None:
    slugs = [ArticleFactory(title_fi="Sama", published=True).slug for _ in range(3)]
    assert [slug.removeprefix(f"{clock.today():%Y-%m-%d}-") for slug in slugs] == ["sama", "sama-2", "sama-3"]


def test_an_article_in_swedish_alone_takes_its_address_from_swedish(region: Region) -> None:
    article = ArticleFactory(title_fi="", body_fi="", title_sv="Nytt möte", body_sv="<p>Text</p>", published=True)
    assert article.slug.endswith("-nytt-mote")


@pytest.mark.parametrize(
    "lacking",
    [
        {"body_fi": ""},
        {"body_fi": "<p> </p>"},
        {"title_fi": "", "title_sv": "Bara rubrik"},
        {"kind": ArticleKind.BLOG},
    ],
)
def test_what_cannot_be_read_through_is_not_published(region: Region, lacking: dict[str, str]) -> None:
    article = ArticleFactory(**lacking)
    assert actions.missing_for_publishing(article) != []
    with pytest.raises(ActionRefused):
        actions.publish_article(article, by=None)
    article.refresh_from_db()
    assert article.state == ArticleState.DRAFT


def test_what_is_public_is_not_published_again(region: Region) -> None:
    article = ArticleFactory(published=True)
    with pytest.raises(ActionRefused):
        actions.publish_article(article, by=None)
    assert article.publications.count() == 1


def test_a_correction_keeps_the_address_and_tells_the_nation(region: Region) -> None:
    article = ArticleFactory(published=True)
    slug = article.slug
    OutboxEntry.objects.all().delete()
    article.title_fi = "Oikaistu otsikko"
    actions.write_article(article, by=None)
    article.refresh_from_db()
    assert (article.slug, article.title) == (slug, "Oikaistu otsikko")
    assert Entry.objects.about(article).filter(verb="changed").get().details == {"fields": ["title_fi"]}
    assert list(OutboxEntry.objects.values_list("effect", flat=True)) == [PUSH]


def test_an_article_saved_as_it_was_leaves_no_trace(region: Region) -> None:
    article = ArticleFactory()
    saved_at, known = article.updated_at, verbs(article)
    actions.write_article(article, by=None, keywords=[])
    article.refresh_from_db()
    assert (article.updated_at, verbs(article)) == (saved_at, known)


def test_a_public_article_cannot_be_emptied(region: Region) -> None:
    article = ArticleFactory(published=True)
    article.body_fi = ""
    with pytest.raises(ActionRefused):
        actions.write_article(article, by=None)


def test_saving_an_old_copy_does_not_take_a_published_article_back_to_draft(region: Region) -> None:
    article = ArticleFactory()
    old = Article.objects.get(pk=article.pk)
    actions.publish_article(article, by=None)
    old.lead_fi = "Uusi ingressi"
    actions.write_article(old, by=None)
    article.refresh_from_db()
    assert (article.state, article.lead) == (ArticleState.PUBLISHED, "Uusi ingressi")


def test_a_withdrawn_article_keeps_its_facts_and_can_come_back(region: Region) -> None:
    article = ArticleFactory(published=True)
    slug, first = article.slug, article.published_at
    actions.withdraw_article(article, reason=" Väärä päivä ", by=None)
    assert Article.objects.published().count() == 0
    assert article.publications.get().reason == "Väärä päivä"
    actions.publish_article(article, by=None)
    article.refresh_from_db()
    assert (article.slug, article.published_at) == (slug, first)
    assert article.publications.count() == 2


def test_a_withdrawal_needs_a_reason(region: Region) -> None:
    article = ArticleFactory(published=True)
    with pytest.raises(ActionRefused):
        actions.withdraw_article(article, reason="  ", by=None)
    assert Article.objects.published().count() == 1


def test_only_what_was_never_public_is_deleted(region: Region) -> None:
    draft, public = ArticleFactory(), ArticleFactory(published=True)
    actions.remove_article(draft, by=None)
    with pytest.raises(ActionRefused):
        actions.remove_article(public, by=None)
    assert list(Article.objects.all()) == [public]


def test_what_somebody_has_deleted_is_refused_with_a_sentence(region: Region) -> None:
    article = ArticleFactory()
    actions.remove_article(Article.objects.get(pk=article.pk), by=None)
    with pytest.raises(ActionRefused):
        actions.publish_article(article, by=None)


class TestScheduling:
    """An article that comes out by itself."""

    def test_it_comes_out_at_its_moment_and_only_once(self, region: Region) -> None:
        article, at = ArticleFactory(), clock.now() + timedelta(hours=3)
        actions.schedule_article(article, at=at, by=None)
        entry = OutboxEntry.objects.get(effect="news.publish_scheduled")
        assert entry.due_at >= at - timedelta(seconds=5)
        assert outbox.run(entry.pk) is False
        with clock.at(at + timedelta(minutes=1)):
            assert outbox.run(entry.pk) is True
            assert outbox.run(entry.pk) is False
        article.refresh_from_db()
        assert article.state == ArticleState.PUBLISHED
        assert verbs(article) == ["scheduled", "published"]

    def test_a_changed_plan_leaves_the_old_effect_without_one(self, region: Region) -> None:
        article, at = ArticleFactory(), clock.now() + timedelta(hours=3)
        actions.schedule_article(article, at=at, by=None)
        actions.unschedule_article(article, by=None)
        actions.schedule_article(article, at=at + timedelta(days=1), by=None)
        assert actions.publish_scheduled(str(article.pk), at) is False
        article.refresh_from_db()
        assert article.state == ArticleState.SCHEDULED

    def test_it_can_still_be_published_at_once(self, region: Region) -> None:
        article = ArticleFactory()
        actions.schedule_article(article, at=clock.now() + timedelta(hours=3), by=None)
        actions.publish_article(article, by=None)
        article.refresh_from_db()
        assert (article.state, article.scheduled_for) == (ArticleState.PUBLISHED, None)

    @pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=-1), timedelta(days=400)])
    def test_a_moment_that_has_passed_or_is_far_off_is_refused(self, region: Region, ahead: timedelta) -> None:
        article = ArticleFactory()
        with pytest.raises(ActionRefused):
            actions.schedule_article(article, at=clock.now() + ahead, by=None)
        article.refresh_from_db()
        assert article.state == ArticleState.DRAFT


class TestElsewhere:
    """Where else an article appeared."""

    def test_a_place_outside_is_noted_once(self, region: Region) -> None:
        article = ArticleFactory()
        for _ in range(2):
            row = Elsewhere(article=article, name_fi="Ohjelman blogi", url="https://ohjelma.example/blogi")
            if article.elsewhere.exists():
                with pytest.raises(ActionRefused, match="Osoite on jo luettelossa"):
                    actions.note_elsewhere(row, by=None)
            else:
                actions.note_elsewhere(row, by=None)
        assert [one.place for one in article.elsewhere.all()] == ["Ohjelman blogi"]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [({"url": "javascript:alert(1)"}, "Osoite: "), ({"name_fi": ""}, "Valitse neuvottelukunnan kanava")],
    )
    def test_a_wrong_address_or_a_nameless_place_is_refused(
        self, region: Region, wrong: dict[str, str], sentence: str
    ) -> None:
        row = {"name_fi": "Blogi", "url": "https://ohjelma.example/blogi"} | wrong
        with pytest.raises(ActionRefused, match=sentence):
            actions.note_elsewhere(Elsewhere(article=ArticleFactory(), **row), by=None)


def test_keywords_are_the_shared_ones(region: Region) -> None:
    chosen = list(Keyword.objects.all()[:2])
    article = actions.write_article(Article(title_fi="Uusi"), by=None, keywords=chosen)
    with translation.override("sv"):
        assert set(article.keywords.all()) == set(chosen)
