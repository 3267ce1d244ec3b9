"""The history of a record on its page: field by field, in words; and putting back what was."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import in_body, staff

from yhdys.accounts.models import StaffRole
from yhdys.audit.models import Entry
from yhdys.audit.tracking import own_dates, past_of
from yhdys.core import clock
from yhdys.councils.actions import change_body
from yhdys.councils.enums import Role
from yhdys.councils.models import Body
from yhdys.keywords.models import Sector
from yhdys.meetings.actions import add_item, change_item
from yhdys.meetings.models import AgendaItem
from yhdys.news.actions import publish_article, write_article
from yhdys.news.models import Article
from yhdys.organisations.actions import change_contact, change_organisation
from yhdys.organisations.enums import Reach
from yhdys.organisations.models import Contact, Organisation
from yhdys.places.models import Municipality
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.web.rich import lines_of
from yhdys.web.versioned import VERSION, version_of
from yhdys.web.workspace.trail import pieces_of, trail_of

BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
type Day = Callable[[int], Any]


@pytest.fixture
def day(region: Region) -> Iterator[Day]:
    """``with day(3):`` what happens inside is another transaction, of another day."""
    with own_dates():
        yield lambda number: clock.at(BEGAN + timedelta(days=number))


@pytest.fixture
def body(region: Region) -> Body:
    body: Body = BodyFactory()
    return body


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(lines_of(response.content.decode()).split())


def version(model: Any) -> str:
    return str(past_of(model).objects.order_by("-pgh_id").values_list("pk", flat=True)[0])


@pytest.fixture
def desk(secretary_of: Callable[[Body], Client], body: Body) -> Client:
    return secretary_of(body)


def test_a_page_tells_each_field_before_and_after_in_finnish(desk: Client, day: Day) -> None:
    kajaani = Municipality.objects.get(name_fi="Kajaani")
    organisation = OrganisationFactory(phone="08 1", reach=Reach.REGIONAL)
    organisation.sectors.set(Sector.objects.all()[:1])
    with day(1):
        organisation.phone, organisation.reach, organisation.municipality = "08 2", Reach.LOCAL, kajaani
        change_organisation(organisation, sectors=Sector.objects.all()[1:2], by=staff(StaffRole.Role.EDITOR))
    page = words(desk.get(f"/tyopoyta/jarjestot/{organisation.pk}/"))
    one, other = Sector.objects.all()[:2]
    assert "ti 6.1.2026 klo 10.00 Muutettu Kaisa Käyttäjä" in page
    for said in ("Ennen: 08 1 Jälkeen: 08 2", "Jälkeen: Kajaani", f"Ennen: {one} Jälkeen: {other}"):
        assert said in page, said
    assert f"Ennen: {Reach.REGIONAL.label} Jälkeen: {Reach.LOCAL.label}" in page


def test_who_may_not_change_it_is_told_who_and_which_field_only(window_of: Any, body: Body, day: Day) -> None:
    organisation = OrganisationFactory(phone="08 1")
    with day(1):
        organisation.phone = "08 2"
        change_organisation(organisation, by=None)
    page = words(window_of(in_body(body, Role.MEMBER)).get(f"/tyopoyta/jarjestot/{organisation.pk}/"))
    assert "Muutettu" in page
    assert "08 1" not in page
    assert "Palauta" not in page


def test_a_long_text_is_told_by_its_changed_words(region: Region, day: Day) -> None:
    same = " ".join(f"sana{number}" for number in range(40))
    article = ArticleFactory(body_fi=f"<p>{same}</p><p>Kokous on maanantaina.</p>")
    with day(1):
        article.body_fi = f"<p>{same}</p><p>Kokous on tiistaina.</p>"
        write_article(article, by=None)
    with translation.override("fi"):
        (line,) = trail_of(article, None, values=True)
        (difference,) = line.changed[0].differences
    assert difference.label == "Teksti suomeksi"
    kinds = [(one.kind, one.text) for one in difference.pieces]
    assert kinds[-2:] == [("was", "maanantaina."), ("new", "tiistaina.")]
    assert kinds[0] == ("gap", "…")


def test_pieces_show_few_words_around_what_changed() -> None:
    assert [one.kind for one in pieces_of("a", "b")] == ["was", "new"]
    assert [one.text for one in pieces_of("a b", "a b c")] == ["a b", "c"]
    many = " ".join("x" * 30)
    assert [one.kind for one in pieces_of(f"{many} a {many}", f"{many} b {many}")] == [
        "gap", "same", "was", "new", "same", "gap",
    ]  # fmt: skip


def test_only_the_layout_changed(region: Region, day: Day) -> None:
    article = ArticleFactory(body_fi="<p>Sama teksti</p>")
    with day(1):
        article.body_fi = "<p><strong>Sama</strong> teksti</p>"
        write_article(article, by=None)
    with translation.override("fi"):
        (line,) = trail_of(article, None, values=True)
    assert line.changed[0].differences[0].now == "vain tekstin asettelu"


def test_the_desk_of_a_meeting_tells_of_its_items(desk: Client, body: Body, day: Day) -> None:
    meeting = MeetingFactory(body=body)
    with day(1):
        item = add_item(meeting, title="Talousarvio", by=None)
    with day(2):
        change_item(item, title="Talousarvio 2027", by=None)
    page = words(desk.get(f"/tyopoyta/kokoukset/{meeting.pk}/"))
    assert "Asia: Talousarvio Otsikko suomeksi Ennen: Talousarvio Jälkeen: Talousarvio 2027" in page


def changed_organisation(day: Day) -> tuple[Any, str, str]:
    organisation = OrganisationFactory(phone="08 1")
    with day(1):
        organisation.phone = "08 2"
        change_organisation(organisation, by=None)
    return organisation, f"/tyopoyta/jarjestot/{organisation.pk}/historia/{version(Organisation)}/", "phone"


def changed_contact(day: Day) -> tuple[Any, str, str]:
    contact = ContactFactory(phone="08 1")
    with day(1):
        contact.phone = "08 2"
        change_contact(contact, by=None)
    return contact, f"/tyopoyta/henkilot/{contact.pk}/historia/{version(Contact)}/", "phone"


def changed_article(day: Day) -> tuple[Any, str, str]:
    article = ArticleFactory(lead_fi="08 1")
    with day(1):
        article.lead_fi = "08 2"
        write_article(article, by=None)
    return article, f"/tyopoyta/uutiset/{article.pk}/historia/{version(Article)}/", "lead_fi"


def changed_body(day: Day) -> tuple[Any, str, str]:
    body = Body.objects.get()
    body.purpose_fi = "08 1"
    change_body(body, by=None)
    with day(1):
        body.purpose_fi = "08 2"
        change_body(body, by=None)
    return body, f"/tyopoyta/toimielimet/{body.pk}/historia/{version(Body)}/", "purpose_fi"


def changed_item(day: Day) -> tuple[Any, str, str]:
    item = add_item(MeetingFactory(body=Body.objects.get()), title="08 1", by=None)
    with day(1):
        item = change_item(item, title="08 2", by=None)
    return item, f"/tyopoyta/kokoukset/asiat/{item.pk}/historia/{version(AgendaItem)}/", "title_fi"


CHANGED = [changed_organisation, changed_contact, changed_article, changed_body, changed_item]


@pytest.mark.parametrize("change", CHANGED)
def test_an_earlier_version_is_shown_and_put_back_as_a_change_of_today(desk: Client, day: Day, change: Any) -> None:
    record, address, column = change(day)
    assert "Ennen: 08 2 Jälkeen: 08 1" in words(desk.get(address))
    stamp = version_of(type(record).objects.get(pk=record.pk))
    assert desk.post(address, {VERSION: stamp}).status_code == 302
    assert getattr(type(record).objects.get(pk=record.pk), column) == "08 1"
    assert getattr(past_of(type(record)).objects.order_by("-pgh_id")[0], column) == "08 2"
    entry = Entry.objects.get(verb="restored")
    assert (entry.actor_name, entry.details["on"]) == ("Kaisa Käyttäjä", "2026-01-06")
    assert "Ei palautettavaa" in words(desk.get(address))


@pytest.mark.parametrize("change", CHANGED)
def test_nobody_else_puts_anything_back(window_of: Any, body: Body, day: Day, change: Any) -> None:
    record, address, column = change(day)
    stamp = {VERSION: version_of(type(record).objects.get(pk=record.pk))}
    assert Client(headers={"host": "kainuu.localhost"}).post(address, stamp).status_code == 302
    for client in (window_of(in_body(body, Role.MEMBER)), window_of(staff(StaffRole.Role.OBSERVER))):
        assert client.get(address).status_code in (403, 404)
        assert client.post(address, stamp).status_code in (403, 404)
    assert getattr(type(record).objects.get(pk=record.pk), column) == "08 2"


def test_what_somebody_changed_meanwhile_is_not_put_back_unseen(desk: Client, day: Day) -> None:
    organisation, address, _column = changed_organisation(day)
    stamp = version_of(Organisation.objects.get(pk=organisation.pk))
    organisation.phone = "08 3"
    organisation.save()
    answer = desk.post(address, {VERSION: stamp})
    assert answer.status_code == 409
    assert Organisation.objects.get(pk=organisation.pk).phone == "08 3"


def test_the_rules_of_today_hold_for_what_is_put_back(desk: Client, day: Day) -> None:
    article = ArticleFactory(title_fi="", title_sv="Möte", body_sv="<p>Text</p>")
    with day(1):
        article.title_fi, article.title_sv = "Kokous", ""
        write_article(article, by=None)
        publish_article(article, by=None)
    with day(2):
        Article.objects.filter(pk=article.pk).update(body_sv="")
    past = past_of(Article).objects.filter(title_sv="Möte").get()
    address = f"/tyopoyta/uutiset/{article.pk}/historia/{past.pk}/"
    Article.objects.filter(pk=article.pk).update(body_fi="")
    Article.objects.filter(pk=article.pk).update(body_fi="<p>Teksti</p>")
    blank = past_of(Article).objects.filter(body_fi="").order_by("-pgh_id")[0]
    address = f"/tyopoyta/uutiset/{article.pk}/historia/{blank.pk}/"
    stamp = version_of(Article.objects.get(pk=article.pk))
    desk.post(address, {VERSION: stamp})
    assert Article.objects.get(pk=article.pk).body_fi == "<p>Teksti</p>"


def test_a_version_of_another_record_or_region_is_not_there(desk: Client, day: Day, lappi: Region) -> None:
    organisation, address, _column = changed_organisation(day)
    other = OrganisationFactory()
    assert desk.get(address.replace(str(organisation.pk), str(other.pk))).status_code == 404
    with in_region(lappi):
        foreign = OrganisationFactory(phone="1")
        Organisation.objects.filter(pk=foreign.pk).update(phone="2")
        theirs = version(Organisation)
    own = version(Organisation)
    assert desk.get(address.replace(own, theirs)).status_code == 404
    assert desk.get(f"/tyopoyta/jarjestot/{foreign.pk}/historia/{theirs}/").status_code == 404


def test_what_points_to_something_gone_stays_as_it_is(desk: Client, day: Day) -> None:
    author = ContactFactory()
    article = ArticleFactory(author=author, lead_fi="Ennen")
    with day(1):
        article.author, article.lead_fi = None, "Nyt"
        write_article(article, by=None)
    author.delete()
    address = f"/tyopoyta/uutiset/{article.pk}/historia/{version(Article)}/"
    desk.post(address, {VERSION: version_of(Article.objects.get(pk=article.pk))})
    article = Article.objects.get(pk=article.pk)
    assert (article.lead_fi, article.author) == ("Ennen", None)
