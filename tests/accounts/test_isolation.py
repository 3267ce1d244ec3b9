"""What proves somebody in one region proves nothing in another. Each test makes what could leak, then looks."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from tests.accounts.conftest import Browser, code_in, enter, last_letter, set_up_app, sign_in
from tests.factories.accounts import PASSWORD, UserFactory

from yhdys.accounts.models import Session, User
from yhdys.accounts.queries import INVITATION
from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.tenancy import links
from yhdys.tenancy.context import in_national, in_region

WORKSPACE = "/en/workspace/"


@pytest.fixture
def twin(lappi: Region, kaija: User) -> User:
    """A user of Lapland with the very key, address and password hash of Kaija of Kainuu."""
    with in_region(lappi):
        user: User = UserFactory.create(id=kaija.pk, email=kaija.email, name="Laina Lohi")
        user.password = kaija.password
        user.save(update_fields=["password"])
    return user


def test_a_session_of_kainuu_is_nothing_in_lapland(browser: Browser, kaija: User, twin: User) -> None:
    at_home, abroad = browser("kainuu"), browser("lappi")
    sign_in(at_home, kaija.email)
    assert at_home.get(WORKSPACE).status_code == 200
    abroad.cookies = at_home.cookies
    assert abroad.get(WORKSPACE).url == "/en/sign-in/?next=/en/workspace/"


def test_not_even_a_copied_session_row_opens_another_region(
    browser: Browser, kainuu: Region, lappi: Region, kaija: User, twin: User
) -> None:
    at_home, abroad = browser("kainuu"), browser("lappi")
    sign_in(at_home, kaija.email)
    with in_region(kainuu):
        row = Session.objects.get()
    with in_region(lappi):
        Session.objects.create(session_key=row.session_key, session_data=row.session_data, expire_date=row.expire_date)
    abroad.cookies = at_home.cookies
    assert abroad.get(WORKSPACE).status_code == 302


def test_a_region_s_session_is_nothing_on_the_national_site_and_the_other_way_round(
    browser: Browser, kaija: User
) -> None:
    with in_national():
        UserFactory.create(email="niilo@esimerkki.example", name="Niilo Nieriä")
    in_kainuu, nation = browser("kainuu"), browser("national")
    sign_in(in_kainuu, kaija.email)
    sign_in(nation, "niilo@esimerkki.example")
    assert nation.get(WORKSPACE).status_code == 200
    in_kainuu.cookies, nation.cookies = nation.cookies, in_kainuu.cookies
    assert in_kainuu.get(WORKSPACE).status_code == 302
    assert nation.get(WORKSPACE).status_code == 302


def test_a_user_of_kainuu_does_not_exist_in_lapland(browser: Browser, kaija: User, lappi: Region) -> None:
    response = sign_in(browser("lappi"), kaija.email)
    assert response.status_code == 200
    assert "The e-mail address or the password is not right." in response.content.decode()


@pytest.mark.parametrize(
    ("ask", "check"),
    [
        ("/en/sign-in/code/", "/en/sign-in/code/check/"),
        ("/en/sign-in/new-password/", "/en/sign-in/new-password/check/"),
    ],
)
def test_a_code_of_kainuu_is_wrong_in_lapland(
    browser: Browser, kainuu: Region, lappi: Region, kaija: User, twin: User, ask: str, check: str
) -> None:
    codes = {}
    for site, region in (("kainuu", kainuu), ("lappi", lappi)):
        window = browser(site)
        window.post(ask, {"email": kaija.email})
        with in_region(region):
            codes[site] = (window, code_in(last_letter()))
    abroad = codes["lappi"][0]
    refused = abroad.post(check, {"code": codes["kainuu"][1]})
    assert refused.status_code == 200
    assert "The code is not right." in refused.content.decode()
    assert abroad.post(check, {"code": codes["lappi"][1]}).status_code == 302


def test_an_invitation_of_kainuu_opens_nothing_in_lapland(
    browser: Browser, kainuu: Region, kaija: User, twin: User
) -> None:
    with in_region(kainuu):
        token = links.issue(purpose=INVITATION, target=kaija, expires_at=clock.now() + timedelta(days=1))
    address = f"/en/invitation/{token}/"
    at_home = browser("kainuu").get(address)
    assert at_home.status_code == 200
    # The address is a key and must not leave with a link; "no-referrer" would hide the form's origin, too.
    assert at_home["Referrer-Policy"] == "same-origin"
    assert browser("lappi").get(address).status_code == 410
    assert browser("lappi").post(address, {"password": ""}).status_code == 410
    assert browser("national").get(address).status_code == 410


def test_a_secret_of_an_app_copied_to_another_region_cannot_be_read(
    kainuu: Region, lappi: Region, kaija: User, twin: User
) -> None:
    with in_region(kainuu):
        secret = set_up_app(kaija)
        locked = Authenticator.objects.get(type="totp").data
    assert secret not in str(locked)
    with in_region(lappi):
        Authenticator.objects.create(user=twin, type="totp", data=locked)
        copy = Authenticator.objects.get().wrap()
        with pytest.raises(InvalidToken):
            copy.validate_code("123456")


def test_too_many_attempts_in_kainuu_do_not_count_in_lapland(browser: Browser, kaija: User, twin: User) -> None:
    for _attempt in range(5):
        sign_in(browser("kainuu"), kaija.email, "wrong")
    refused = sign_in(browser("kainuu"), kaija.email, PASSWORD)
    assert "Too many attempts." in refused.content.decode()
    assert sign_in(browser("lappi"), kaija.email, PASSWORD).status_code == 302


def test_who_signs_in_to_two_regions_signs_out_of_one(browser: Browser, kainuu: Region, lappi: Region) -> None:
    windows = {}
    for site, region in (("kainuu", kainuu), ("lappi", lappi)):
        with in_region(region):
            user = UserFactory.create(email="molemmat@esimerkki.example")
        windows[site] = enter(browser(site), region, user)
    windows["kainuu"].post("/en/sign-out/")
    assert windows["kainuu"].get(WORKSPACE).status_code == 302
    assert windows["lappi"].get(WORKSPACE).status_code == 200
