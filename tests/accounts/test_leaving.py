"""Closing one's own account, and what is forgotten when its time is over."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from tests.accounts.conftest import Browser, enter, set_up_app, sign_in
from tests.factories.accounts import PASSWORD, StaffRoleFactory, UserFactory, user_with_role

from yhdys.accounts import actions
from yhdys.accounts.models import Session, StaffRole, User
from yhdys.accounts.personal_data import erase_outlived
from yhdys.audit.models import Entry
from yhdys.audit.tracking import past_of
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

LEAVE, WORKSPACE = "/en/workspace/account/leave/", "/en/workspace/"


def test_one_leaves_after_showing_who_one_is_and_ticking_the_box(browser: Browser, kainuu: Region, kaija: User) -> None:
    window, elsewhere = enter(browser("kainuu"), kainuu, kaija), enter(browser("kainuu"), kainuu, kaija)
    asked = window.get(LEAVE)
    assert asked.url.startswith("/en/account/confirm/?next=")
    window.post(asked.url, {"password": PASSWORD})
    assert "30 days" in window.get(LEAVE).content.decode()
    assert window.post(LEAVE, {}).status_code == 422
    assert window.post(LEAVE, {"sure": "on"}).url == "/en/sign-in/closed/"
    for one in (window, elsewhere):
        assert one.get(WORKSPACE).status_code == 302
    assert sign_in(browser("kainuu"), kaija.email).url == "/en/sign-in/closed/"
    with in_region(kainuu):
        user = User.objects.get(pk=kaija.pk)
        assert (user.is_active, user.name, Session.objects.filter(user=user).exists()) == (False, kaija.name, False)
        letter = OutgoingMail.objects.regarding(user).get()
        assert letter.to == [kaija.email]
        entry = Entry.objects.about(user).filter(verb="account_left").get()
        assert entry.actor_id == user.pk


def test_what_was_sent_waits_until_one_has_shown_who_one_is(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    asked = window.post(LEAVE, {"sure": "on"})
    assert asked.url.startswith("/en/account/confirm/?next=")
    window.post(asked.url, {"password": "wrong"})
    with in_region(kainuu):
        assert User.objects.get(pk=kaija.pk).is_active
    window.post(asked.url, {"password": PASSWORD})
    with in_region(kainuu):
        assert not User.objects.get(pk=kaija.pk).is_active


def test_nobody_else_is_closed_whatever_the_form_says(
    browser: Browser, kainuu: Region, kaija: User, anna: User
) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    window.post(f"{LEAVE}?pk={anna.pk}", {"sure": "on", "user": str(anna.pk), "pk": str(anna.pk)})
    with in_region(kainuu):
        assert dict(User.objects.values_list("email", "is_active")) == {kaija.email: False, anna.email: True}


def test_the_only_administrator_stays_and_is_told_why(region: Region) -> None:
    boss = user_with_role(StaffRole.Role.ADMINISTRATOR)
    with pytest.raises(ActionRefused, match="pääkäyttäjä"):
        actions.leave(boss)
    StaffRoleFactory.create(role=StaffRole.Role.ADMINISTRATOR)
    actions.leave(boss)
    assert not User.objects.get(pk=boss.pk).is_active


def test_a_closed_account_is_erased_after_thirty_days_and_not_before(region: Region) -> None:
    boss, user = user_with_role(StaffRole.Role.ADMINISTRATOR), UserFactory.create(name="Kaija Kuikka")
    other = UserFactory.create()
    role = StaffRoleFactory.create(user=other, granted_by=user)
    set_up_app(user)
    actions.leave(user)
    now = clock.now()
    with clock.at(now + timedelta(days=29)):
        erase_outlived()
    assert User.objects.get(pk=user.pk).name == "Kaija Kuikka"
    with clock.at(now + timedelta(days=30, minutes=1)):
        assert erase_outlived() == 1
        assert erase_outlived() == 0
    erased = User.objects.get(pk=user.pk)
    assert (erased.name, erased.email, erased.sort_key) == ("", f"{user.pk}@erased.invalid", "")
    assert str(erased) == "Entinen käyttäjä"
    assert not erased.has_usable_password()
    for kept in (EmailAddress, Authenticator, Session):
        assert not kept.objects.filter(user=erased).exists()
    past = past_of(User).objects.filter(pgh_obj_id=user.pk)
    assert past.exists()
    assert {(one.name, one.email) for one in past} == {(None, None)}
    role.refresh_from_db()
    assert role.granted_by_id == user.pk
    with pytest.raises(ActionRefused):
        actions.open_account(erased, by=boss)
    assert User.objects.get(pk=boss.pk).is_active
    assert actions.invite_user(email=user.email, name="Kaija Kuikka", by=boss).pk != user.pk


def test_an_account_that_was_opened_again_is_not_erased(region: Region) -> None:
    boss, user = user_with_role(StaffRole.Role.ADMINISTRATOR), UserFactory.create()
    actions.close_account(user, by=boss)
    actions.open_account(user, by=boss)
    with clock.at(clock.now() + timedelta(days=365)):
        erase_outlived()
    assert User.objects.get(pk=user.pk).erased_at is None


def test_an_open_account_is_not_erased_by_mistake(region: Region) -> None:
    with pytest.raises(ActionRefused):
        actions.erase_account(UserFactory.create())


def test_an_erased_user_is_in_no_list_and_their_page_names_nobody(
    browser: Browser, kainuu: Region, kaija: User, anna: User
) -> None:
    window = enter(browser("kainuu"), kainuu, anna)
    with in_region(kainuu):
        actions.close_account(kaija, by=anna)
        assert kaija.name in window.get("/en/workspace/users/?show=closed").content.decode()
        actions.erase_account(kaija)
    assert "erased.invalid" not in window.get("/en/workspace/users/?show=closed").content.decode()
    page = window.get(f"/en/workspace/users/{kaija.pk}/").content.decode()
    assert "Former user" in page
    assert "Open the account again" not in page
