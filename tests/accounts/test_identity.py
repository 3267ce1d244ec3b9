"""Signing in through an identity provider, against a real one that runs in a process of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.fernet import InvalidToken
from django.conf import LazySettings
from django.test import Client, RequestFactory
from tests.accounts import issuer as other_side
from tests.accounts.conftest import HOSTS, Browser, enter, last_letter, sign_in
from tests.factories.accounts import UserFactory

from yhdys.accounts import actions
from yhdys.accounts.identity import IssuerProvider, _app_of, refuse_inner
from yhdys.accounts.models import IdentityProvider, User
from yhdys.audit.models import Entry
from yhdys.core.errors import ActionRefused
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

SLUG, NAME = "maakunta", "Maakunta"
SERVICES, WORKSPACE, ACCOUNT = "/en/workspace/sign-in-services/", "/en/workspace/", "/en/workspace/account/"
DOMAIN = "esimerkki.example"


def return_to(site: str) -> str:
    return f"http://{HOSTS[site]}/-/sign-in/{SLUG}/return/"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider's address. It sends people back to Kainuu, and to no other host."""
    with other_side.running(tmp_path_factory.mktemp("issuer"), return_to("kainuu")) as address:
        yield address


def add(issuer: str, anna: User, *domains: str) -> IdentityProvider:
    return actions.add_provider(
        name=NAME, issuer=issuer, client_id=other_side.CLIENT, secret=other_side.SECRET,
        trusted_domains=list(domains), by=anna,
    )  # fmt: skip


@pytest.fixture
def untrusted(issuer: str, kainuu: Region, anna: User) -> IdentityProvider:
    with in_region(kainuu):
        return add(issuer, anna)


@pytest.fixture
def trusted(issuer: str, kainuu: Region, anna: User) -> IdentityProvider:
    with in_region(kainuu):
        return add(issuer, anna, DOMAIN)


def set_out(window: Client, **form: str) -> Any:
    return window.post(f"/en/sign-in/service/{SLUG}/", {"next": WORKSPACE} | form)


def at_issuer(answer: Any, person: str) -> requests.Response:
    """What the provider answers to a person who shows who they are and goes where ``answer`` leads."""
    away = answer.context["url"]
    with requests.Session() as there:
        there.trust_env = False
        there.post(
            away.partition("/identity/")[0] + "/accounts/login/", {"login": person, "password": other_side.PASSWORD}
        )
        return there.get(away, allow_redirects=False)


def come_back(window: Client, answer: Any, person: str) -> Any:
    """The whole way out and back."""
    location = at_issuer(answer, person).headers["Location"]
    assert location.startswith(return_to("kainuu"))
    return window.get(location.removeprefix(f"http://{HOSTS['kainuu']}"))


def is_in(window: Client) -> bool:
    return bool(window.get(ACCOUNT).status_code == 200)


def test_nobody_is_let_in_by_an_address_that_an_untrusted_issuer_tells(
    browser: Browser, kainuu: Region, kaija: User, untrusted: IdentityProvider
) -> None:
    window = browser("kainuu")
    answer = come_back(window, set_out(window), "kaija")
    assert "No account here yet" in answer.content.decode()
    assert not is_in(window)
    with in_region(kainuu):
        assert not SocialAccount.objects.exists()
        assert User.objects.count() == 2


def test_a_trusted_domain_lets_in_and_remembers_the_person_not_the_address(
    browser: Browser, kainuu: Region, kaija: User, trusted: IdentityProvider
) -> None:
    window = browser("kainuu")
    assert come_back(window, set_out(window), "kaija").url == WORKSPACE
    assert is_in(window)
    with in_region(kainuu):
        linked = SocialAccount.objects.get()
        assert (linked.user_id, linked.provider, linked.extra_data) == (kaija.pk, SLUG, {"email": kaija.email})
        IdentityProvider.objects.update(trusted_domains=[])
        User.objects.filter(pk=kaija.pk).update(email="toinen@esimerkki.example")
        assert {"identity_linked", "signed_in"} <= set(Entry.objects.about(kaija).values_list("verb", flat=True))
    again = browser("kainuu")
    assert come_back(again, set_out(again), "kaija").url == WORKSPACE


@pytest.mark.parametrize("person", ["unproven", "stranger"])
def test_not_even_a_trusted_issuer_is_believed_about_other_addresses(
    browser: Browser, kainuu: Region, kaija: User, trusted: IdentityProvider, person: str
) -> None:
    with in_region(kainuu):
        UserFactory.create(email="kaija@muualla.example")
    window = browser("kainuu")
    come_back(window, set_out(window), person)
    assert not is_in(window)
    with in_region(kainuu):
        assert not SocialAccount.objects.exists()


def test_who_has_a_second_factor_is_asked_for_it_here_too(
    browser: Browser, anna: User, trusted: IdentityProvider
) -> None:
    window = browser("kainuu")
    assert come_back(window, set_out(window), "anna").url == "/en/account/second-factor/check/"
    assert not is_in(window)


def test_a_closed_account_stays_closed(
    browser: Browser, kainuu: Region, kaija: User, anna: User, trusted: IdentityProvider
) -> None:
    window = browser("kainuu")
    come_back(window, set_out(window), "kaija")
    with in_region(kainuu):
        actions.close_account(kaija, by=anna)
    again = browser("kainuu")
    come_back(again, set_out(again), "kaija")
    assert not is_in(again)


def test_one_links_and_unlinks_a_service_on_the_page_of_the_account(
    browser: Browser, kainuu: Region, kaija: User, untrusted: IdentityProvider
) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    assert "Link Maakunta" in window.get(ACCOUNT).content.decode()
    # An identity is linked whatever its address is: the person has shown who they are on both sides.
    assert come_back(window, set_out(window, process="connect", next=ACCOUNT), "stranger").url == ACCOUNT
    page = window.get(ACCOUNT).content.decode()
    assert "kaija@muualla.example" in page
    with in_region(kainuu):
        linked = SocialAccount.objects.get()
        assert last_letter("accounts.notice").to == [kaija.email]
    entered = browser("kainuu")
    assert come_back(entered, set_out(entered), "stranger").url == WORKSPACE
    unlink = f"{ACCOUNT}services/{linked.pk}/unlink/"
    assert window.get(unlink).status_code == 405
    assert window.post(unlink).url == ACCOUNT
    assert window.post(unlink).status_code == 404
    with in_region(kainuu):
        assert not SocialAccount.objects.exists()


def test_an_identity_of_another_is_neither_taken_nor_unlinked(
    browser: Browser, kainuu: Region, kaija: User, anna: User, trusted: IdentityProvider
) -> None:
    first = browser("kainuu")
    come_back(first, set_out(first), "kaija")
    window = enter(browser("kainuu"), kainuu, anna)
    with in_region(kainuu):
        linked = SocialAccount.objects.get()
    come_back(window, set_out(window, process="connect", next=ACCOUNT), "kaija")
    window.post(f"{ACCOUNT}services/{linked.pk}/unlink/")
    with in_region(kainuu):
        assert SocialAccount.objects.get().user_id == kaija.pk


def test_what_comes_back_counts_only_in_the_browser_that_set_out_and_once(
    browser: Browser, kaija: User, trusted: IdentityProvider
) -> None:
    window, other = browser("kainuu"), browser("kainuu")
    back = at_issuer(set_out(window), "kaija").headers["Location"].removeprefix("http://kainuu.localhost")
    assert other.get(back).status_code == 401
    assert not is_in(other)
    assert window.get(back.replace("state=", "state=x")).status_code == 401
    assert window.get(back).status_code == 302
    window.post("/en/sign-out/")
    assert window.get(back).status_code == 401
    assert not is_in(window)


def test_a_false_code_and_a_refusal_let_nobody_in(browser: Browser, kaija: User, trusted: IdentityProvider) -> None:
    window = browser("kainuu")
    back = at_issuer(set_out(window), "kaija").headers["Location"].removeprefix("http://kainuu.localhost")
    state = back.partition("state=")[2].partition("&")[0]
    assert window.get(f"/-/sign-in/{SLUG}/return/?code=guessed&state={state}").status_code == 401
    state = set_out(window).context["url"].partition("state=")[2].partition("&")[0]
    refused = window.get(f"/-/sign-in/{SLUG}/return/?error=access_denied&state={state}")
    assert refused.url == "/en/sign-in/cancelled/"
    assert "You did not sign in" in window.get(refused.url).content.decode()
    assert not is_in(window)


def test_nobody_is_led_on_to_another_site(browser: Browser, kaija: User, trusted: IdentityProvider) -> None:
    window = browser("kainuu")
    answer = come_back(window, set_out(window, next="https://evil.example/"), "kaija")
    assert answer.status_code == 302
    assert "evil" not in answer.url


def test_a_link_alone_sends_nobody_away(browser: Browser, trusted: IdentityProvider) -> None:
    window = browser("kainuu")
    assert window.get(f"/en/sign-in/service/{SLUG}/?process=connect").url == "/en/sign-in/"
    page = set_out(window)
    assert page.context["url"].startswith(trusted.issuer)
    assert "code_challenge_method=S256" in page.context["url"]
    assert other_side.SECRET not in page.content.decode()


def test_the_provider_knows_one_host_and_a_region_only_its_own_providers(
    browser: Browser, issuer: str, lappi: Region, kaija: User, trusted: IdentityProvider
) -> None:
    window = browser("lappi")
    assert "Maakunta" not in window.get("/en/sign-in/").content.decode()
    assert "Sign in with Maakunta" in browser("kainuu").get("/en/sign-in/").content.decode()
    assert set_out(window).status_code == 404
    out = set_out(browser("kainuu"))
    back = at_issuer(out, "kaija").headers["Location"].removeprefix("http://kainuu.localhost")
    assert window.get(back).status_code == 404
    with in_region(lappi):
        theirs = UserFactory.create(email=kaija.email)
        add(issuer, theirs, DOMAIN)
    assert window.get(back).status_code == 401
    refused = at_issuer(set_out(window), "kaija")
    assert "Location" not in refused.headers
    assert not is_in(window)


def test_a_secret_copied_to_another_region_cannot_be_read(
    kainuu: Region, lappi: Region, trusted: IdentityProvider
) -> None:
    with in_region(kainuu):
        row = IdentityProvider.objects.values("name", "slug", "issuer", "client_id", "locked_secret").get()
        assert IdentityProvider.objects.get().secret == other_side.SECRET
    assert other_side.SECRET not in str(row)
    with in_region(lappi), pytest.raises(InvalidToken):
        _ = IdentityProvider.objects.create(**row).secret


def test_a_provider_that_is_down_or_not_in_use_opens_nothing(
    browser: Browser, kainuu: Region, trusted: IdentityProvider
) -> None:
    with in_region(kainuu):
        IdentityProvider.objects.update(issuer="http://127.0.0.1:9")
    down = set_out(browser("kainuu"))
    assert down.status_code == 503
    assert "Signing in did not succeed" in down.content.decode()
    with in_region(kainuu):
        IdentityProvider.objects.update(is_active=False)
    assert set_out(browser("kainuu")).status_code == 404
    assert "Maakunta" not in browser("kainuu").get("/en/sign-in/").content.decode()


def test_answers_that_speak_of_two_people_are_refused(kainuu: Region, trusted: IdentityProvider) -> None:
    with in_region(kainuu):
        provider = IssuerProvider(RequestFactory().get("/"), app=_app_of(IdentityProvider.objects.get()))
        for told in ({"userinfo": {"sub": "1"}, "id_token": {"sub": "2"}}, {"userinfo": {"email": "a@b.example"}}, {}):
            with pytest.raises(OAuth2Error):
                provider.sociallogin_from_response(None, told)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/", "file:///etc/passwd"],
)  # fmt: skip
def test_a_deployment_asks_public_addresses_only(settings: LazySettings, address: str) -> None:
    settings.YHDYS_INNER_ISSUERS = False
    with pytest.raises(requests.ConnectionError):
        refuse_inner(address)


def test_an_administrator_adds_changes_and_removes_a_service(
    browser: Browser, issuer: str, kainuu: Region, kaija: User, anna: User
) -> None:
    window = enter(browser("kainuu"), kainuu, anna)
    form = {"name": NAME, "issuer": issuer, "client_id": other_side.CLIENT, "secret": other_side.SECRET}
    for mistake in (
        {"issuer": "not an address"}, {"issuer": "javascript:alert(1)"}, {"secret": ""}, {"client_id": ""},
        {"trusted_domains": "kaija@esimerkki.example x"}, {"trusted_domains": "<b>.example"}, {"name": "n" * 81},
    ):  # fmt: skip
        assert window.post(f"{SERVICES}new/", form | mistake).status_code == 422
    refused = window.post(f"{SERVICES}new/", form | {"issuer": f"{issuer}/accounts"})
    assert refused.status_code == 409
    added = window.post(f"{SERVICES}new/", form | {"trusted_domains": f"@{DOMAIN.upper()}\n{DOMAIN}"})
    page = window.get(added.url).content.decode()
    assert return_to("kainuu") in page
    assert other_side.SECRET not in page
    with in_region(kainuu):
        row = IdentityProvider.objects.get()
    assert (row.trusted_domains, row.slug) == ([DOMAIN], SLUG)
    assert window.post(f"{SERVICES}new/", form).status_code == 409
    visitor = browser("kainuu")
    come_back(visitor, set_out(visitor), "kaija")
    changed = {"name": "Kunta", "client_id": "yhdys", "secret": "", "trusted_domains": "", "is_active": "on"}
    window.post(f"{SERVICES}{row.pk}/", changed | {"issuer": "http://127.0.0.1:9"})
    with in_region(kainuu):
        row = IdentityProvider.objects.get()
        assert (row.name, row.secret, row.issuer, row.trusted_domains) == ("Kunta", other_side.SECRET, issuer, [])
        assert SocialAccount.objects.exists()
    assert window.get(f"{SERVICES}{row.pk}/removal/").status_code == 200
    assert window.post(f"{SERVICES}{row.pk}/removal/").url == SERVICES
    with in_region(kainuu):
        assert not IdentityProvider.objects.exists()
        assert not SocialAccount.objects.exists()


def test_only_administrators_reach_the_services(
    browser: Browser, kainuu: Region, kaija: User, trusted: IdentityProvider
) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    for address in ("", "new/"):
        assert window.get(SERVICES + address).status_code == 403
        assert window.post(SERVICES + address).status_code in (403, 405)
    for address in (f"{trusted.pk}/", f"{trusted.pk}/removal/"):
        assert window.get(SERVICES + address).status_code == 404
        assert window.post(SERVICES + address).status_code == 404
    with in_region(kainuu):
        assert IdentityProvider.objects.exists()


def test_an_issuer_that_calls_itself_otherwise_is_refused(issuer: str, kainuu: Region, anna: User) -> None:
    with in_region(kainuu), pytest.raises(ActionRefused):
        add(issuer.replace("127.0.0.1", "localhost"), anna)
