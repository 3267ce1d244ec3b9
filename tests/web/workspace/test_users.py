"""The administration of users as an administrator sees it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.accounts.conftest import HOSTS, set_up_app
from tests.factories.accounts import StaffRoleFactory, UserFactory, user_with_role

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region

USERS = "/en/workspace/users/"


@pytest.fixture
def anna(kainuu: Region) -> User:
    with in_region(kainuu):
        user = user_with_role("administrator", email="anna@esimerkki.example", name="Anna Ahven")
        set_up_app(user)
    return user


@pytest.fixture
def window(kainuu: Region, anna: User) -> Client:
    """Anna's browser."""
    client = Client(HTTP_HOST=HOSTS["kainuu"])
    with in_region(kainuu):
        client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_the_list_takes_as_many_queries_for_three_as_for_one(kainuu: Region, window: Client) -> None:
    counts = []
    window.get(USERS)
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert window.get(USERS).status_code == 200
        counts.append(len(queries))
        with in_region(kainuu):
            for _user in range(3):
                StaffRoleFactory.create()
    assert counts[0] == counts[1]


def test_the_list_is_searched_and_filtered(kainuu: Region, window: Client) -> None:
    with in_region(kainuu):
        UserFactory.create(name="Sirkka Särki", email="sirkka@esimerkki.example")
        UserFactory.create(name="Harri Hauki", is_active=False)
    assert "Sirkka" in words(window.get(USERS))
    assert "Harri" not in words(window.get(USERS))
    assert "Sirkka" in words(window.get(USERS, {"q": "särki sirk"}))
    assert "Sirkka" not in words(window.get(USERS, {"show": "staff"}))
    assert "Harri" in words(window.get(USERS, {"show": "closed"}))
    assert "Nobody was found" in words(window.get(USERS, {"q": "lohikäärme"}))


def test_the_list_is_read_by_family_name_in_finnish_order(kainuu: Region, window: Client) -> None:
    with in_region(kainuu):
        for name in ("Bo Öhman", "Aino Ärje", "Veikko Åman", "Zarah Aalto", "Anne von Zweygbergk"):
            UserFactory.create(name=name)
    shown = [user.name for user in window.get(USERS).context["page"].object_list]
    assert shown == ["Zarah Aalto", "Anna Ahven", "Anne von Zweygbergk", "Veikko Åman", "Aino Ärje", "Bo Öhman"]


def test_an_invitation_leads_to_the_new_user_s_page(kainuu: Region, window: Client) -> None:
    form = {"name": "Ulla Uusi", "email": "ulla@esimerkki.example", "language": "sv", "role": "editor"}
    response = window.post(f"{USERS}new/", form)
    with in_region(kainuu):
        user = User.objects.get(email="ulla@esimerkki.example")
        assert (user.language, user.staff_roles.get().role) == ("sv", "editor")
        assert OutgoingMail.objects.regarding(user).count() == 1
    assert response.url == f"{USERS}{user.pk}/"
    page = words(window.get(response.url))
    assert "The invitation is on its way." in page
    assert "Has not signed in" in page


def test_a_form_with_mistakes_keeps_what_was_typed(kainuu: Region, window: Client) -> None:
    broken = window.post(f"{USERS}new/", {"name": "Ulla Uusi", "email": "not an address", "language": "fi"})
    assert broken.status_code == 422
    assert 'value="Ulla Uusi"' in words(broken)
    taken = window.post(f"{USERS}new/", {"name": "Ulla Uusi", "email": "anna@esimerkki.example", "language": "fi"})
    assert taken.status_code == 409
    assert "has an account already" in words(taken)
    assert 'value="Ulla Uusi"' in words(taken)


def test_html_in_a_name_is_shown_as_it_was_typed(kainuu: Region, window: Client) -> None:
    name = "<script>alert(1)</script>"
    window.post(f"{USERS}new/", {"name": name, "email": "x@esimerkki.example", "language": "fi"})
    assert name not in words(window.get(USERS))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words(window.get(USERS))
    with in_region(kainuu):
        assert name not in OutgoingMail.objects.get().html


def test_a_role_is_granted_and_ended(kainuu: Region, window: Client) -> None:
    with in_region(kainuu):
        user = UserFactory.create()
    broken = window.post(f"{USERS}{user.pk}/roles/new/", {"role": "editor", "start": "2026-02-30"})
    assert broken.status_code == 422
    window.post(f"{USERS}{user.pk}/roles/new/", {"role": "editor", "start": "2026-02-01"})
    with in_region(kainuu):
        role = StaffRole.objects.get(user=user)
    yesterday = clock.today() - timedelta(days=1)
    window.post(f"{USERS}{user.pk}/roles/{role.pk}/end/", {"last_day": yesterday.isoformat()})
    with in_region(kainuu):
        assert StaffRole.objects.get(user=user).end == yesterday


def test_the_last_administrator_is_told_why_the_role_stays(kainuu: Region, window: Client, anna: User) -> None:
    with in_region(kainuu):
        role = anna.staff_roles.get()
    refused = window.post(f"{USERS}{anna.pk}/roles/{role.pk}/end/", {"last_day": clock.today().isoformat()})
    assert refused.status_code == 409
    assert "Somebody has to be an administrator." in words(refused)


def test_another_user_s_role_is_not_found_under_this_one(kainuu: Region, window: Client, anna: User) -> None:
    with in_region(kainuu):
        user, role = UserFactory.create(), anna.staff_roles.get()
    assert window.get(f"{USERS}{user.pk}/roles/{role.pk}/end/").status_code == 404


def test_an_account_is_closed_after_a_question_and_opened_again(kainuu: Region, window: Client) -> None:
    with in_region(kainuu):
        user = UserFactory.create(name="Harri Hauki")
    address = f"{USERS}{user.pk}/"
    assert "Close the account of Harri Hauki?" in words(window.get(f"{address}closure/"))
    with in_region(kainuu):
        assert User.objects.get(pk=user.pk).is_active
    window.post(f"{address}closure/")
    with in_region(kainuu):
        assert not User.objects.get(pk=user.pk).is_active
    assert window.get(f"{address}opening/").status_code == 405
    window.post(f"{address}opening/")
    with in_region(kainuu):
        assert User.objects.get(pk=user.pk).is_active


def test_a_refusal_of_a_button_is_a_sentence_on_the_user_s_page(kainuu: Region, window: Client) -> None:
    with in_region(kainuu):
        user = UserFactory.create(name="Harri Hauki")
    response = window.post(f"{USERS}{user.pk}/opening/")
    assert response.url == f"{USERS}{user.pk}/"
    assert "The account is open already." in words(window.get(response.url))


def test_a_user_deleted_meanwhile_is_not_found(kainuu: Region, window: Client) -> None:
    with in_region(kainuu):
        user = UserFactory.create()
        User.objects.filter(pk=user.pk).delete()
    assert window.post(f"{USERS}{user.pk}/closure/").status_code == 404


def test_national_administrators_administer_the_national_programme_s_users(db: None) -> None:
    client = Client(HTTP_HOST=HOSTS["national"])
    with in_national():
        user = user_with_role("administrator", name="Niilo Nieriä")
        set_up_app(user)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Niilo Nieriä" in words(client.get(USERS))
    client.post(f"{USERS}new/", {"name": "Nelli", "email": "nelli@esimerkki.example", "language": "fi"})
    with in_national():
        assert User.objects.filter(email="nelli@esimerkki.example").exists()
        letter = OutgoingMail.objects.get()
        assert "http://localhost:8000/" in letter.text
        assert letter.sender == "Yhdys <yhdys@yhdys.example>"


def test_one_changes_one_s_own_name_and_language(kainuu: Region, window: Client, anna: User) -> None:
    window.post("/en/workspace/account/profile/", {"name": "Anna Ahvenainen", "language": "en"})
    with in_region(kainuu):
        user = User.objects.get(pk=anna.pk)
    assert (user.name, user.language) == ("Anna Ahvenainen", "en")
    assert window.post("/en/workspace/account/profile/", {"name": "", "language": "xx"}).status_code == 422
