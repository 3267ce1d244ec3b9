"""Who must have a second factor, and what holds without one."""

from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import RequestFactory
from tests.accounts.conftest import Browser, code_in, code_of_app, enter, last_letter, set_up_app, sign_in
from tests.factories.accounts import user_with_role

from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.second_factor import may_remove, must_set_up_second_factor
from yhdys.audit.models import Entry
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

WORKSPACE = "/en/workspace/"
ROLES: list[Any] = [None, *StaffRole.Role.values]


def set_up_passkey(user: User) -> Authenticator:
    """A row as a passkey leaves it; enough for what is asked here."""
    passkey: Authenticator = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Kannettava", "credential": {}}
    )
    return passkey


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_must_have_one(region: Region, role: str | None) -> None:
    assert must_set_up_second_factor(user_with_role(role)) is (role == StaffRole.Role.ADMINISTRATOR)


def test_an_administrator_without_one_is_led_to_set_one_up_wherever_they_go(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    with in_region(kainuu):
        user = user_with_role(StaffRole.Role.ADMINISTRATOR)
    window = enter(browser("kainuu"), kainuu, user)
    for address in (WORKSPACE, "/en/workspace/users/", "/en/workspace/users/new/", "/en/workspace/account/"):
        assert window.get(address).url == "/en/workspace/second-factor/"
    page = window.get("/en/workspace/second-factor/")
    assert "/en/account/second-factor/app/" in page.content.decode()
    refused = window.post(f"/en/workspace/users/{kaija.pk}/closure/")
    assert refused.url == "/en/workspace/second-factor/"
    with in_region(kainuu):
        assert User.objects.get(pk=kaija.pk).is_active


def test_recovery_codes_alone_are_not_enough(region: Region) -> None:
    user = user_with_role(StaffRole.Role.ADMINISTRATOR)
    RecoveryCodes.activate(user)
    assert must_set_up_second_factor(user)


def test_who_has_one_is_asked_for_it_after_the_password(browser: Browser, kainuu: Region, anna: User) -> None:
    with in_region(kainuu):
        secret = Authenticator.objects.get().wrap()
        secret = get_adapter().decrypt(secret.instance.data["secret"])
    window = browser("kainuu")
    assert sign_in(window, anna.email).url == "/en/account/second-factor/check/"
    assert window.get(WORKSPACE).status_code == 302
    assert window.post("/en/account/second-factor/check/", {"code": "000000"}).status_code == 200
    assert window.post("/en/account/second-factor/check/", {"code": code_of_app(secret)}).url == WORKSPACE
    assert window.get(WORKSPACE).status_code == 200


def test_a_code_of_the_app_is_good_once(browser: Browser, kainuu: Region, kaija: User) -> None:
    with in_region(kainuu):
        code = code_of_app(set_up_app(kaija))
    for expected in (302, 200):
        window = browser("kainuu")
        sign_in(window, kaija.email)
        assert window.post("/en/account/second-factor/check/", {"code": code}).status_code == expected


def test_a_used_code_stays_used_when_the_library_has_forgotten_it(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    with in_region(kainuu):
        code = code_of_app(set_up_app(kaija))
    first = browser("kainuu")
    sign_in(first, kaija.email)
    assert first.post("/en/account/second-factor/check/", {"code": code}).status_code == 302
    with in_region(kainuu):
        assert cache.delete(f"allauth.mfa.totp.used?user={kaija.pk}&code={code}")
    second = browser("kainuu")
    sign_in(second, kaija.email)
    assert second.post("/en/account/second-factor/check/", {"code": code}).status_code == 200


def test_who_has_one_is_asked_for_it_after_an_e_mailed_code_too(browser: Browser, kainuu: Region, anna: User) -> None:
    window = browser("kainuu")
    window.post("/en/sign-in/code/", {"email": anna.email})
    with in_region(kainuu):
        code = code_in(last_letter())
    assert window.post("/en/sign-in/code/check/", {"code": code}).url == "/en/account/second-factor/check/"
    assert window.get(WORKSPACE).status_code == 302


def test_a_new_password_by_code_does_not_go_round_the_second_factor(
    browser: Browser, kainuu: Region, anna: User
) -> None:
    window = browser("kainuu")
    window.post("/en/sign-in/new-password/", {"email": anna.email})
    with in_region(kainuu):
        code = code_in(last_letter())
    window.post("/en/sign-in/new-password/check/", {"code": code})
    new = "viisi-joutsenta-ui"
    window.post("/en/sign-in/new-password/choose/", {"password1": new, "password2": new})
    assert window.get(WORKSPACE).status_code == 302
    assert sign_in(window, anna.email, new).url == "/en/account/second-factor/check/"


def test_an_administrator_keeps_the_last_one(browser: Browser, kainuu: Region, anna: User) -> None:
    window = enter(browser("kainuu"), kainuu, anna)
    with in_region(kainuu):
        secret = get_adapter().decrypt(Authenticator.objects.get().data["secret"])
    window.post("/en/account/second-factor/confirm/", {"code": code_of_app(secret)})
    page = window.get("/en/account/second-factor/app/remove/")
    assert "An administrator must have a second factor." in page.content.decode()
    window.post("/en/account/second-factor/app/remove/")
    with in_region(kainuu):
        assert Authenticator.objects.filter(user=anna).count() == 1


def test_an_administrator_keeps_the_last_passkey(browser: Browser, kainuu: Region, anna: User) -> None:
    with in_region(kainuu):
        app = Authenticator.objects.get()
        secret = get_adapter().decrypt(app.data["secret"])
        passkey = set_up_passkey(anna)
        assert may_remove(app)
    window = enter(browser("kainuu"), kainuu, anna)
    window.post("/en/account/second-factor/confirm/", {"code": code_of_app(secret)})
    with in_region(kainuu):
        app.delete()
    address = f"/en/account/second-factor/passkeys/{passkey.pk}/remove/"
    assert "An administrator must have a second factor." in window.get(address).content.decode()
    assert window.post(address).status_code == 409
    with in_region(kainuu):
        assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_others_may_go_without(region: Region) -> None:
    user = user_with_role(StaffRole.Role.EDITOR)
    set_up_app(user)
    assert may_remove(Authenticator.objects.get())


def test_another_s_passkey_cannot_be_renamed_or_removed(
    browser: Browser, kainuu: Region, kaija: User, anna: User
) -> None:
    with in_region(kainuu):
        passkey = set_up_passkey(anna)
    window = browser("kainuu")
    sign_in(window, kaija.email)
    for address in (f"{passkey.pk}/", f"{passkey.pk}/remove/"):
        assert window.get(f"/en/account/second-factor/passkeys/{address}").status_code == 404


def test_a_passkey_is_bound_to_the_host(kainuu: Region) -> None:

    with (
        in_region(kainuu),
        context.request_context(RequestFactory().get("/", headers={"host": "kainuu.localhost:8000"})),
    ):
        assert get_adapter().get_public_key_credential_rp_entity()["id"] == "kainuu.localhost"


def test_recovery_codes_are_shown_and_kept_as_a_file(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    secret = window.get("/en/account/second-factor/app/").context["form"].secret
    done = window.post("/en/account/second-factor/app/", {"code": code_of_app(secret)})
    assert done.url == "/en/account/second-factor/recovery-codes/"
    with in_region(kainuu):
        codes = Authenticator.objects.get(user=kaija, type="recovery_codes").wrap().get_unused_codes()
    shown = window.get(done.url).content.decode()
    kept = window.get("/en/account/second-factor/recovery-codes/file/").content.decode()
    assert len(codes) == 10
    assert all(code in shown and code in kept for code in codes)
    assert kaija.email in kept


def test_signing_in_is_written_down(browser: Browser, kainuu: Region, kaija: User) -> None:
    sign_in(browser("kainuu"), kaija.email)
    with in_region(kainuu):
        entry = Entry.objects.about(kaija).get()
    assert (entry.verb, entry.actor_id) == ("signed_in", kaija.pk)
