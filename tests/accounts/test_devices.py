"""Where one is signed in: the list tells it in words, each device ends alone, and nobody ends another's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation
from tests.accounts.conftest import Browser, enter, sign_in
from tests.factories.accounts import PASSWORD

from yhdys.accounts.devices import device_in_words
from yhdys.accounts.models import Session, User
from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region

ACCOUNT, WORKSPACE = "/en/workspace/account/", "/en/workspace/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (PHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0.0.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15", "Safari, Mac"),
        ("<script>alert(1)</script>", "Unknown device"),
        ("", "Unknown device"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(browser: str, words: str) -> None:
    with translation.override("en"):
        assert device_in_words(browser) == words


def test_the_account_lists_each_device_once_and_never_its_key(browser: Browser, kainuu: Region, kaija: User) -> None:
    here, there = browser("kainuu", headers={"user-agent": FIREFOX}), browser("kainuu", headers={"user-agent": PHONE})
    sign_in(here, kaija.email)
    sign_in(there, kaija.email)
    page = here.get(ACCOUNT).content.decode()
    assert "Firefox, Windows" in page
    assert "Safari, iPhone" in page
    assert page.count("This device") == 1
    with in_region(kainuu):
        keys = set(Session.objects.values_list("session_key", flat=True))
    assert len(keys) == 2
    assert not [key for key in keys if key in page]


def test_what_a_browser_calls_itself_is_neither_run_nor_kept_without_end(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    window = browser("kainuu", headers={"user-agent": "<script>alert(1)</script>" * 100})
    assert sign_in(window, kaija.email).url == WORKSPACE
    assert "<script>alert(1)" not in window.get(ACCOUNT).content.decode()
    with in_region(kainuu):
        assert len(Session.objects.get().browser) == 300


def test_one_device_is_signed_out_and_the_other_stays(browser: Browser, kainuu: Region, kaija: User) -> None:
    here, there = (enter(browser("kainuu"), kainuu, kaija) for _device in range(2))
    with in_region(kainuu):
        session = Session.objects.get(session_key=there.session.session_key)
    address = f"{ACCOUNT}sessions/{session.handle}/end/"
    assert here.get(address).status_code == 405
    assert there.get(WORKSPACE).status_code == 200
    assert here.post(address).url == ACCOUNT
    assert there.get(WORKSPACE).status_code == 302
    assert here.get(WORKSPACE).status_code == 200
    assert here.post(address).status_code == 404
    with in_region(kainuu):
        assert Entry.objects.about(kaija).filter(verb="signed_out_device").count() == 1


def test_this_device_can_be_signed_out_from_the_list_too(browser: Browser, kainuu: Region, kaija: User) -> None:
    here = enter(browser("kainuu"), kainuu, kaija)
    with in_region(kainuu):
        handle = Session.objects.get().handle
    assert here.post(f"{ACCOUNT}sessions/{handle}/end/").url == "/en/sign-in/"
    assert here.get(WORKSPACE).status_code == 302


def test_nobody_ends_another_s_session(
    browser: Browser, kainuu: Region, lappi: Region, kaija: User, anna: User
) -> None:
    hers = enter(browser("kainuu"), kainuu, anna)
    mine = enter(browser("kainuu"), kainuu, kaija)
    with in_region(kainuu):
        handle = Session.objects.get(user=anna).handle
    assert mine.post(f"{ACCOUNT}sessions/{handle}/end/").status_code == 404
    assert browser("kainuu").post(f"{ACCOUNT}sessions/{handle}/end/").status_code == 302
    assert browser("lappi").post(f"{ACCOUNT}sessions/{handle}/end/").status_code == 302
    assert hers.get(WORKSPACE).status_code == 200


def test_signing_out_everywhere_leaves_no_other_row(browser: Browser, kainuu: Region, kaija: User) -> None:
    here, _there = (enter(browser("kainuu"), kainuu, kaija) for _device in range(2))
    here.post(f"{ACCOUNT}sessions/end/")
    with in_region(kainuu):
        assert [one.session_key for one in Session.objects.of(kaija)] == [here.session.session_key]


def test_a_new_password_keeps_this_device_in_the_list(browser: Browser, kainuu: Region, kaija: User) -> None:
    here = enter(browser("kainuu", headers={"user-agent": FIREFOX}), kainuu, kaija)
    with in_region(kainuu):
        before = Session.objects.get()
    new = "viisi-joutsenta-ui"
    here.post("/en/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    with in_region(kainuu):
        after = Session.objects.get(user=kaija)
    assert (after.handle, after.session_key == before.session_key) == (before.handle, False)


def test_the_time_of_last_use_is_kept_to_within_minutes(browser: Browser, kainuu: Region, kaija: User) -> None:
    window, now = enter(browser("kainuu"), kainuu, kaija), clock.now()
    seen = []
    for minutes in (1, 4, 6, 7, 60):
        with clock.at(now + timedelta(minutes=minutes)):
            window.get(WORKSPACE)
        with in_region(kainuu):
            last = Session.objects.get().last_seen_at
        assert last is not None
        seen.append(round((last - now).total_seconds() / 60))
    assert seen == [0, 0, 6, 6, 60]


def test_a_sign_in_ends_after_a_fortnight_however_much_it_is_used(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    end = clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    with clock.at(clock.now() + timedelta(days=13)):
        answer = window.get(WORKSPACE)
    assert answer.status_code == 200
    assert int(answer.cookies["yhdys_session"]["max-age"]) <= 24 * 60 * 60
    with in_region(kainuu):
        assert abs((Session.objects.get().expire_date - end).total_seconds()) < 60


def test_a_public_page_writes_no_session(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    answer = window.get("/en/privacy/")
    assert answer.cookies == {}
    with in_region(kainuu):
        assert not Session.objects.exists()


def test_a_session_stands_in_its_own_region_alone(browser: Browser, kainuu: Region, lappi: Region, kaija: User) -> None:
    enter(browser("kainuu"), kainuu, kaija)
    for elsewhere in (in_region(lappi), in_national()):
        with elsewhere:
            assert not Session.objects.exists()


def test_an_administrator_signs_somebody_out_whose_laptop_was_stolen(
    browser: Browser, kainuu: Region, kaija: User, anna: User
) -> None:
    stolen, office = enter(browser("kainuu"), kainuu, kaija), enter(browser("kainuu"), kainuu, anna)
    address = f"/en/workspace/users/{kaija.pk}/sessions/end/"
    assert stolen.post(address).status_code == 403
    assert office.post(address).url == f"/en/workspace/users/{kaija.pk}/"
    assert stolen.get(WORKSPACE).status_code == 302
    assert office.get(WORKSPACE).status_code == 200
