"""The news desk, as those who use it meet it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.accounts.conftest import enter, set_up_app
from tests.factories.accounts import user_with_role
from tests.factories.councils import BodyFactory, MembershipFactory, TermFactory
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.news.enums import ArticleState
from yhdys.news.models import Article, Elsewhere
from yhdys.regions.models import Region

HOST = {"host": "kainuu.localhost"}
DESK = "/tyopoyta/uutiset/"
type SignedIn = Callable[[User], Client]


@pytest.fixture
def signed_in(region: Region) -> SignedIn:
    def make(user: User) -> Client:
        return enter(Client(), region, user)

    return make


def officer(role: Role) -> User:
    """Somebody with a role in the council today."""
    user = User.objects.create_user(f"{role}@example.org", name=f"Koe {role}")
    today = clock.today()
    term = TermFactory(body=BodyFactory(), start=today.replace(month=1, day=1), end=None)
    MembershipFactory(term=term, seat=None, role=role, contact=ContactFactory(user=user), start=term.start)
    return user


@pytest.fixture
def secretary(region: Region) -> User:
    return officer(Role.SECRETARY)


def form(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "bulletin",
        "title_fi": "Kokous päätti",
        "lead_fi": "Lyhyesti",
        "body_fi": "Ensimmäinen kappale.\n\nToinen kappale.",
    } | changes


def get(client: Client, path: str, **data: Any) -> Any:
    return client.get(path, data, headers=HOST)


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, data, headers=HOST)


def test_a_secretary_writes_looks_and_publishes(secretary: User, signed_in: SignedIn) -> None:
    client = signed_in(secretary)
    assert get(client, DESK).status_code == 200
    written = post(client, f"{DESK}uusi/", **form())
    article = Article.objects.get()
    assert written["Location"] == f"{DESK}{article.pk}/"
    assert article.body == "<p>Ensimmäinen kappale.</p>\n\n<p>Toinen kappale.</p>"
    preview = get(client, f"{DESK}{article.pk}/esikatselu/")
    assert "Kokous päätti" in preview.content.decode()
    assert '<meta name="robots" content="noindex">' in preview.content.decode()
    asked = get(client, f"{DESK}{article.pk}/julkaiseminen/")
    assert "Julkaistaanko artikkeli nyt?" in asked.content.decode()
    article.refresh_from_db()
    assert article.state == ArticleState.DRAFT
    post(client, f"{DESK}{article.pk}/julkaiseminen/")
    article.refresh_from_db()
    assert article.state == ArticleState.PUBLISHED
    assert Client().get(f"/uutiset/{article.slug}/", headers=HOST).status_code == 200


def test_the_page_says_what_is_missing_and_then_offers_one_primary_button(secretary: User, signed_in: SignedIn) -> None:
    client, article = signed_in(secretary), ArticleFactory(body_fi="")
    page = get(client, f"{DESK}{article.pk}/").content.decode()
    assert "y-state__missing" in page
    assert f'href="{DESK}{article.pk}/julkaiseminen/"' not in page
    Article.objects.update(body_fi="<p>Teksti</p>")
    page = get(client, f"{DESK}{article.pk}/").content.decode()
    assert "y-state__missing" not in page
    assert f'href="{DESK}{article.pk}/julkaiseminen/"' in page
    assert page.count('class="govuk-button "') == 1


@pytest.mark.parametrize(
    ("who", "reads", "writes", "publishes"),
    [
        (Role.SECRETARY, 200, 200, 302),
        (Role.COMMUNICATIONS, 200, 200, 302),
        (Role.CHAIR, 403, 403, 404),
        (Role.MEMBER, 403, 403, 404),
        (StaffRole.Role.ADMINISTRATOR, 200, 200, 302),
        (StaffRole.Role.EDITOR, 200, 200, 403),
        (StaffRole.Role.OBSERVER, 200, 403, 403),
    ],
)
def test_who_may_do_what(
    region: Region, signed_in: SignedIn, who: Any, reads: int, writes: int, publishes: int
) -> None:
    user = user_with_role(who, email="koe@example.org") if isinstance(who, StaffRole.Role) else officer(who)
    if who == StaffRole.Role.ADMINISTRATOR:
        set_up_app(user)
    client, article = signed_in(user), ArticleFactory()
    assert get(client, DESK).status_code == reads
    assert get(client, f"{DESK}uusi/").status_code == writes
    assert post(client, f"{DESK}{article.pk}/julkaiseminen/").status_code == publishes
    article.refresh_from_db()
    assert article.is_published is (publishes == 302)


def test_nobody_comes_in_without_signing_in(region: Region) -> None:
    answer = Client().get(DESK, headers=HOST)
    assert answer.status_code == 302
    assert "/kirjaudu" in answer["Location"]


def test_mistakes_keep_what_was_typed(secretary: User, signed_in: SignedIn) -> None:
    answer = post(signed_in(secretary), f"{DESK}uusi/", **form(title_fi="x" * 161, byline="Vieras"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "govuk-error-summary" in page
    assert "Ensimmäinen kappale." in page
    assert 'value="Vieras"' in page
    assert not Article.objects.exists()


def test_an_article_without_any_title_is_refused_with_a_sentence(secretary: User, signed_in: SignedIn) -> None:
    answer = post(signed_in(secretary), f"{DESK}uusi/", **form(title_fi=""))
    assert answer.status_code == 409
    assert "Ensimmäinen kappale." in answer.content.decode()


def test_scripts_in_the_text_are_gone_when_it_is_saved(secretary: User, signed_in: SignedIn) -> None:
    post(signed_in(secretary), f"{DESK}uusi/", **form(body_fi="<p onclick=x()>Hei</p><script>x()</script>"))
    assert Article.objects.get().body == "<p>Hei</p>"


def test_two_who_edit_at_once_see_each_other_and_nothing_is_lost(secretary: User, signed_in: SignedIn) -> None:
    client, article = signed_in(secretary), ArticleFactory(title_fi="Alku")
    page = get(client, f"{DESK}{article.pk}/teksti/").content.decode()
    version = page.split('name="version" value="')[1].split('"')[0]
    article.title_fi = "Toisen otsikko"
    article.save()
    answer = post(client, f"{DESK}{article.pk}/teksti/", **form(title_fi="Minun otsikko", version=version))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Toisen otsikko" in shown
    assert "Minun otsikko" in shown
    article.refresh_from_db()
    assert article.title == "Toisen otsikko"


def test_what_was_typed_into_a_deleted_article_is_shown(secretary: User, signed_in: SignedIn) -> None:
    client, article = signed_in(secretary), ArticleFactory()
    post(client, f"{DESK}{article.pk}/poisto/")
    assert not Article.objects.exists()
    answer = post(client, f"{DESK}{article.pk}/teksti/", **form(title_fi="Työni tulos", version=""))
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "Työni tulos" in page
    assert "Ensimmäinen kappale.<br>Toinen kappale." in page
    assert "&lt;p&gt;" not in page


def test_a_plan_is_made_changed_and_taken_back(secretary: User, signed_in: SignedIn) -> None:
    client, article = signed_in(secretary), ArticleFactory()
    broken = post(client, f"{DESK}{article.pk}/ajastus/", at_day="31.2.2027", at_time="9.00")
    assert broken.status_code == 422
    past = post(client, f"{DESK}{article.pk}/ajastus/", at_day="1.1.2020", at_time="9.00")
    assert past.status_code == 409
    day = clock.today() + timedelta(days=1)
    good = post(client, f"{DESK}{article.pk}/ajastus/", at_day=f"{day:%-d.%-m.%Y}", at_time="23.59")
    assert good.status_code == 302
    article.refresh_from_db()
    assert article.state == ArticleState.SCHEDULED
    post(client, f"{DESK}{article.pk}/ajastus/poisto/")
    article.refresh_from_db()
    assert article.state == ArticleState.DRAFT


def test_a_withdrawal_asks_for_the_reason(secretary: User, signed_in: SignedIn) -> None:
    client, article = signed_in(secretary), ArticleFactory(published=True)
    assert post(client, f"{DESK}{article.pk}/poisto-julkisuudesta/", reason="").status_code == 422
    assert post(client, f"{DESK}{article.pk}/poisto-julkisuudesta/", reason="Virhe").status_code == 302
    assert Client().get(f"/uutiset/{article.slug}/", headers=HOST).status_code == 410


def test_where_else_it_appeared(secretary: User, signed_in: SignedIn) -> None:
    client, article = signed_in(secretary), ArticleFactory(published=True)
    path = f"{DESK}{article.pk}/muualla/uusi/"
    assert post(client, path, name_fi="", url="https://blogi.example/1").status_code == 422
    assert post(client, path, name_fi="Blogi", url="javascript:x()").status_code == 422
    assert post(client, path, name_fi="Blogi", url="https://blogi.example/1", on="1.3.2026").status_code == 302
    row = Elsewhere.objects.get()
    assert "https://blogi.example/1" in Client().get(f"/uutiset/{article.slug}/", headers=HOST).content.decode()
    post(client, f"{DESK}{article.pk}/muualla/{row.pk}/poisto/")
    assert not Elsewhere.objects.exists()


def test_nothing_chosen_is_said_in_the_language_of_the_page(secretary: User, signed_in: SignedIn) -> None:
    page = get(signed_in(secretary), f"{DESK}uusi/").content.decode()
    assert "Ei valittu" in page
    assert "Select an option" not in page


def test_the_page_tells_what_has_happened_to_the_article(secretary: User, signed_in: SignedIn) -> None:
    client = signed_in(secretary)
    post(client, f"{DESK}uusi/", **form())
    article = Article.objects.get()
    post(client, f"{DESK}{article.pk}/julkaiseminen/")
    post(client, f"{DESK}{article.pk}/poisto-julkisuudesta/", reason="Väärä päivämäärä")
    page = get(client, f"{DESK}{article.pk}/").content.decode()
    for word in ("Kirjoitettu", "Julkaistu", "Poistettu julkisuudesta", "Väärä päivämäärä", secretary.name):
        assert word in page
