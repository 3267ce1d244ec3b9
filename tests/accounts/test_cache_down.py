"""While the cache server is down people sign in, and nobody guesses without end."""

from collections.abc import Iterator

import pytest
import redis
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient
from tests.accounts.conftest import Browser, code_of_app, set_up_app, sign_in
from tests.factories.accounts import PASSWORD

from yhdys.accounts.models import User
from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.tenancy.cache import RegionCache
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import KeptLimit

WORKSPACE = "/en/workspace/"


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """What this process knows of the cache server is forgotten before and after."""
    cache._asked_again_at = 0.0
    yield
    cache._asked_again_at = 0.0


@pytest.fixture
def cache_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache server does not answer."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise redis.ConnectionError("The cache is down.")

    for what in ("add", "get", "set", "delete"):
        monkeypatch.setattr(RedisCacheClient, what, refuse)
    monkeypatch.setattr(RegionCache, "_may_ask", lambda self, key: True)


@pytest.mark.usefixtures("cache_down")
def test_people_sign_in(browser: Browser, kaija: User) -> None:
    window = browser("kainuu")
    assert sign_in(window, kaija.email).url == WORKSPACE
    assert window.get(WORKSPACE).status_code == 200


@pytest.mark.usefixtures("cache_down")
def test_nobody_guesses_passwords_without_end(browser: Browser, kainuu: Region, lappi: Region, kaija: User) -> None:
    for _attempt in range(5):
        sign_in(browser("kainuu"), kaija.email, "wrong")
    refused = sign_in(browser("kainuu"), kaija.email, PASSWORD)
    assert "Too many attempts." in refused.content.decode()
    with in_region(lappi):
        assert not KeptLimit.objects.exists()
    with in_region(kainuu):
        assert KeptLimit.objects.exists()
        KeptLimit.objects.update(expires_at=clock.now())
    assert sign_in(browser("kainuu"), kaija.email, PASSWORD).status_code == 302


@pytest.mark.usefixtures("cache_down")
def test_a_code_of_the_app_is_good_once(browser: Browser, kainuu: Region, kaija: User) -> None:
    with in_region(kainuu):
        code = code_of_app(set_up_app(kaija))
    for expected in (302, 200):
        window = browser("kainuu")
        sign_in(window, kaija.email)
        assert window.post("/en/account/second-factor/check/", {"code": code}).status_code == expected


@pytest.mark.usefixtures("cache_down")
def test_what_is_no_limit_is_left_to_its_caller(region: Region) -> None:
    with pytest.raises(redis.RedisError):
        cache.get("front")
    with pytest.raises(redis.RedisError):
        cache.set("front", "page")
    assert not KeptLimit.objects.exists()


def test_the_cache_server_is_not_asked_again_at_once(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(*args: object, **kwargs: object) -> None:
        asked.append(args)
        raise redis.ConnectionError("The cache is down.")

    monkeypatch.setattr(RedisCacheClient, "get", refuse)
    for _time in range(3):
        assert cache.get("allauth:probe", "default") == "default"
    assert len(asked) == 1


def test_a_value_that_holds_is_not_added_again(region: Region) -> None:
    table = cache._table
    assert table.add("allauth:x", [1.5], 60)
    assert not table.add("allauth:x", [2.5], 60)
    assert table.get("allauth:x") == [1.5]
    table.set("allauth:x", [3.5], 60)
    assert table.get("allauth:x") == [3.5]
    KeptLimit.objects.update(expires_at=clock.now())
    assert table.get("allauth:x") is None
    assert table.add("allauth:x", [4.5], 60)
    assert table.delete("allauth:x")
    assert not table.delete("allauth:x")
