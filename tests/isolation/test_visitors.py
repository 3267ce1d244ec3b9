"""What proves somebody in one region proves nothing in another: each test makes what could leak, then looks.

Sessions, codes, links, second factors, passkeys, cookies, forms and counters, asked through the real middleware.
"""

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData
from tests.accounts.conftest import HOSTS, Browser, code_in, enter, last_letter, set_up_app, sign_in
from tests.factories.accounts import PASSWORD, UserFactory

from yhdys.accounts.models import Session, User
from yhdys.accounts.queries import INVITATION
from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.tenancy import links
from yhdys.tenancy.context import in_national, in_region
from yhdys.tokens.actions import make_token
from yhdys.tokens.models import AccessToken
from yhdys.tokens.queries import token_of
from yhdys.web.messages import RegionCookieStorage

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


@pytest.mark.falls_without("session hash")
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


@pytest.mark.falls_without("link rows")
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


@pytest.mark.falls_without("locks of second factors")
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


def test_a_token_of_kainuu_opens_no_other_site(kainuu: Region, lappi: Region, kaija: User) -> None:
    with in_region(kainuu):
        token, text = make_token(kaija, name="Ohjelma", scopes=["news:read"], lifetime=timedelta(days=1), by=kaija)
        found = token_of(text)
        assert found is not None
        assert found.user == kaija
    with in_region(lappi):
        assert token_of(text) is None
        assert not AccessToken.objects.filter(digest=token.digest).exists()
    with in_national():
        assert token_of(text) is None


# --- Cookies and what forms prove -------------------------------------------------------------------------------------


@pytest.mark.falls_without("sessions in each schema")
def test_what_a_session_holds_in_kainuu_it_does_not_hold_in_lapland(browser: Browser, kaija: User, twin: User) -> None:
    """Somebody who has asked for a code waits for it on one site; with the same cookie nobody waits on the other."""
    at_home, abroad = browser("kainuu"), browser("lappi")
    at_home.post("/en/sign-in/code/", {"email": kaija.email})
    assert at_home.get("/en/sign-in/code/check/").status_code == 200
    abroad.cookies = at_home.cookies
    assert abroad.get("/en/sign-in/code/check/").status_code == 302


@pytest.mark.falls_without("host-only cookies")
def test_no_cookie_is_set_for_a_sibling_host(browser: Browser, kaija: User) -> None:
    window = browser("kainuu")
    window.get("/en/sign-in/")
    sign_in(window, kaija.email)
    window.post("/en/account/password/", {})
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= set(window.cookies)
    assert {name: cookie["domain"] for name, cookie in window.cookies.items() if cookie["domain"]} == {}
    assert all(cookie["path"] == "/" for cookie in window.cookies.values())


def test_in_production_a_browser_takes_no_cookie_of_ours_from_a_sibling_host() -> None:
    """``__Host-``: a browser takes such a cookie only from the host itself, over TLS, for all of its paths."""
    words = (Path(__file__).parents[2] / "platform/yhdys/config/settings/production.py").read_text()
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "YHDYS_MESSAGES_COOKIE_NAME"):
        assert f'{name} = "__Host-' in words
    for name in ("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "LANGUAGE_COOKIE_DOMAIN"):
        assert getattr(settings, name) is None


def test_signing_in_takes_no_session_that_somebody_else_tossed(browser: Browser, kainuu: Region, kaija: User) -> None:
    """A sibling host makes a session of Kainuu and plants its cookie: signing in leaves it behind."""
    attacker, victim = browser("kainuu"), browser("kainuu")
    attacker.get("/en/sign-in/passkey/", headers={"x-requested-with": "XMLHttpRequest"})
    planted = attacker.cookies[settings.SESSION_COOKIE_NAME].value
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(victim, kaija.email)
    assert victim.get(WORKSPACE).status_code == 200
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert attacker.get(WORKSPACE).status_code == 302


def token_and_cookie(site: str) -> tuple[str, str]:
    """A form's token and the cookie that goes with it, of one site."""
    window = Client(enforce_csrf_checks=True, HTTP_HOST=HOSTS[site])
    page = window.get("/en/sign-in/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    return found[1], window.cookies[settings.CSRF_COOKIE_NAME].value


def test_a_form_of_lapland_is_not_taken_in_kainuu(kaija: User) -> None:
    token, _cookie = token_and_cookie("lappi")
    _token, cookie = token_and_cookie("kainuu")
    window = Client(enforce_csrf_checks=True, HTTP_HOST=HOSTS["kainuu"])
    window.cookies[settings.CSRF_COOKIE_NAME] = cookie
    form = {"login": kaija.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert window.post("/en/sign-in/", form).status_code == 403


@pytest.mark.falls_without("origin of forms")
@pytest.mark.parametrize("origin", ["http://lappi.localhost", "http://localhost"])
def test_a_tossed_cookie_with_its_token_is_not_taken_from_a_page_of_a_sibling_host(kaija: User, origin: str) -> None:
    token, cookie = token_and_cookie("lappi")
    window = Client(enforce_csrf_checks=True, HTTP_HOST=HOSTS["kainuu"])
    window.cookies[settings.CSRF_COOKIE_NAME] = cookie
    form = {"login": kaija.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    for headers in ({"origin": origin}, {"referer": f"{origin}/en/sign-in/"}):
        secure = "referer" in headers
        answer = window.post("/en/sign-in/", form, headers=headers, secure=secure)
        assert answer.status_code == 403, headers
    assert window.post("/en/sign-in/", form, headers={"origin": "http://kainuu.localhost"}).status_code == 302


@pytest.mark.falls_without("salt of signed values")
def test_a_message_tossed_from_lapland_is_not_shown_in_kainuu(
    rf: RequestFactory, kainuu: Region, lappi: Region
) -> None:
    def storage(host: str, cookie: str = "") -> RegionCookieStorage:
        request = rf.get("/", headers={"host": host})
        request.COOKIES[RegionCookieStorage.cookie_name] = cookie
        return RegionCookieStorage(request)

    with in_region(lappi):
        response = HttpResponse()
        there = storage(HOSTS["lappi"])
        there._store([Message(20, "Pay here")], response)
        cookie = response.cookies[RegionCookieStorage.cookie_name].value
        assert [str(one) for one in storage(HOSTS["lappi"], cookie)] == ["Pay here"]
    with in_region(kainuu):
        assert list(storage(HOSTS["kainuu"], cookie)) == []


def test_a_host_that_a_proxys_header_names_is_not_believed(browser: Browser, kaija: User) -> None:
    for header in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-Host"):
        page = browser("kainuu").get("/en/", headers={header: "lappi.localhost"})
        assert page.status_code == 200
        assert b"Kainuu" in page.content, header
        assert b"lappi.localhost" not in page.content, header


def test_the_librarys_links_that_sign_only_a_key_do_not_exist() -> None:
    """Its letters would say where a password is chosen anew: Kainuu's link for a key opens Lapland's same key."""
    for name in ("account_reset_password_from_key", "account_confirm_email", "account_signup"):
        for urlconf in (settings.ROOT_URLCONF, settings.REGION_URLCONF):
            with pytest.raises(NoReverseMatch):
                reverse(name, urlconf=urlconf, kwargs={"key": "1-a"} if "confirm" in name else None)


# --- Passkeys ---------------------------------------------------------------------------------------------------------


class Passkey:
    """A device that signs whatever a page asks, as whichever page it is told to believe."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = AttestedCredentialData.create(
            aaguid=b"\0" * 16,
            credential_id=b"passkey-of-kaija",
            public_key=ES256.from_cryptography_key(self.key.public_key()),
        )

    def row(self, host: str) -> dict[str, Any]:
        """What a site keeps of it."""
        told = {"type": "webauthn.create", "challenge": "AAAA", "origin": f"http://{host}", "crossOrigin": False}
        proof = AttestationObject.create("none", self._about(host, attested=True), {})
        response = {"clientDataJSON": _coded(json.dumps(told).encode()), "attestationObject": _coded(bytes(proof))}
        return {"name": "Kannettava", "credential": self._credential(response)}

    def answer(self, challenge: str, *, rp_id: str, origin: str, user: User) -> str:
        """The answer to a site's question."""
        told = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": origin}).encode()
        about = bytes(self._about(rp_id))
        signature = self.key.sign(about + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": _coded(told),
            "authenticatorData": _coded(about),
            "signature": _coded(signature),
            "userHandle": _coded(user_pk_to_url_str(user).encode()),
        }
        return json.dumps(self._credential(response))

    def _about(self, rp_id: str, attested: bool = False) -> AuthenticatorData:
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        hashed = hashlib.sha256(rp_id.encode()).digest()
        if attested:
            return AuthenticatorData.create(hashed, flags | AuthenticatorData.FLAG.AT, 0, self.credential)
        return AuthenticatorData.create(hashed, flags, 0)

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = _coded(self.credential.credential_id)
        extensions = {"credProps": {"rk": True}}
        return {
            "id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": extensions,
        }  # fmt: skip


def _coded(data: bytes) -> str:
    return str(websafe_encode(data))


def ask_passkey(window: Client, passkey: Passkey, user: User, *, rp_id: str, origin: str) -> Any:
    """Sign in by passkey. Answers what the site said."""
    question = window.get("/en/sign-in/passkey/", headers={"x-requested-with": "XMLHttpRequest"}).json()
    challenge = question["request_options"]["publicKey"]["challenge"]
    answer = passkey.answer(challenge, rp_id=rp_id, origin=origin, user=user)
    return window.post("/en/sign-in/passkey/", {"credential": answer})


@pytest.fixture
def passkey(kainuu: Region, lappi: Region, kaija: User, twin: User) -> Passkey:
    """Kaija's, known to Kainuu; and its row copied to Lapland, for her twin."""
    device = Passkey()
    for region, user in ((kainuu, kaija), (lappi, twin)):
        with in_region(region):
            Authenticator.objects.create(user=user, type="webauthn", data=device.row(HOSTS["kainuu"]))
    return device


def test_a_passkey_of_kainuu_signs_in_to_kainuu_only(
    browser: Browser, passkey: Passkey, kaija: User, twin: User
) -> None:
    home = HOSTS["kainuu"]
    at_home, abroad = browser("kainuu"), browser("lappi")
    ask_passkey(at_home, passkey, kaija, rp_id=home, origin=f"http://{home}")
    assert at_home.get(WORKSPACE).status_code == 200
    for rp_id, origin in ((home, f"http://{home}"), (home, "http://lappi.localhost")):
        ask_passkey(abroad, passkey, twin, rp_id=rp_id, origin=origin)
        assert abroad.get(WORKSPACE).status_code == 302


@pytest.mark.falls_without("origin of passkeys")
def test_a_regions_page_cannot_ask_for_the_national_sites_passkey(db: None, browser: Browser) -> None:
    """A browser lets a page ask for the passkeys of any domain above its own: Kainuu's for those of the nation."""
    with in_national():
        niilo = UserFactory.create(email="niilo@esimerkki.example", name="Niilo Nieriä")
        device = Passkey()
        Authenticator.objects.create(user=niilo, type="webauthn", data=device.row("localhost"))
    window = browser("national")
    ask_passkey(window, device, niilo, rp_id="localhost", origin="http://kainuu.localhost")
    assert window.get(WORKSPACE).status_code == 302
    ask_passkey(window, device, niilo, rp_id="localhost", origin="http://localhost")
    assert window.get(WORKSPACE).status_code == 200


# --- Kept pages -------------------------------------------------------------------------------------------------------


@pytest.mark.falls_without("key of kept pages")
def test_a_kept_page_of_kainuu_is_never_shown_in_lapland(committed: None, browser: Browser) -> None:
    told: dict[str, Any] = {}
    for _ in range(2):
        for site, name in (("kainuu", "Kainuu"), ("lappi", "Lappi"), ("national", "")):
            told[site] = browser(site).get("/")
            assert [one for one in ("Kainuu", "Lappi") if f"<h1>{one}" in _plain(told[site])] in ([], [name]), site
            assert f"{HOSTS[site]}/" in _plain(told[site])
    assert {site: page["Cache-Status"] for site, page in told.items() if "hit" not in page["Cache-Status"]} == {}
    tags = {page["ETag"] for page in told.values()}
    assert len(tags) == 3
    for tag in tags - {told["lappi"]["ETag"]}:
        assert browser("lappi").get("/", headers={"if-none-match": tag}).status_code == 200


def _plain(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())
