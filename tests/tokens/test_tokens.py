"""Tokens: made, found, ended, and nothing in another region."""

from datetime import timedelta

import pytest
from tests.factories.accounts import UserFactory, user_with_role
from tests.factories.tokens import token_for

from yhdys.accounts.actions import close_account, open_account
from yhdys.accounts.models import StaffRole, User
from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region
from yhdys.tokens.actions import LONGEST_LIFE, MOST_TOKENS, forget_expired, make_token, note_use, revoke_token
from yhdys.tokens.enums import OF_A_REGION, Scope
from yhdys.tokens.models import AccessToken
from yhdys.tokens.queries import scopes_here, token_of

WEEK = timedelta(days=7)


@pytest.fixture
def user(region: Region) -> User:
    made: User = UserFactory.create()
    return made


def test_a_token_is_known_by_its_text_alone(user: User) -> None:
    token, text = token_for(user)
    assert text.startswith("yhdys_")
    assert text not in "".join(str(value) for value in vars(token).values())
    found = token_of(text)
    assert found is not None
    assert (found.pk, found.user) == (token.pk, user)
    assert token_of(text[:-1]) is None
    assert token_of(text.upper()) is None


@pytest.mark.parametrize("text", ["", "yhdys_", "\0", "ä" * 70, "yhdys_" + "0" * 64, "x" * 100_000])
def test_what_is_no_token_opens_nothing(user: User, text: str) -> None:
    token_for(user)
    assert token_of(text) is None


def test_a_token_of_kainuu_is_nothing_elsewhere(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        user = UserFactory.create()
        token, text = token_for(user)
        assert token_of(text) is not None
    with in_region(lappi):
        assert token_of(text) is None
        assert not AccessToken.objects.filter(pk=token.pk).exists()
        with pytest.raises(ActionRefused):
            revoke_token(token, by=user)
    with in_national():
        assert token_of(text) is None


def test_it_ends_in_its_time(user: User) -> None:
    token, text = make_token(user, name="Koe", scopes=[Scope.NEWS_READ], lifetime=WEEK, by=user)
    with clock.at(token.expiry - timedelta(seconds=1)):
        assert token_of(text) is not None
    with clock.at(token.expiry):
        assert token_of(text) is None


def test_it_ends_when_it_is_revoked(user: User) -> None:
    token, text = token_for(user)
    revoke_token(token, by=user)
    assert token_of(text) is None
    assert Entry.objects.about(user).filter(verb="token_revoked", details={"name": "Koe"}).exists()
    with pytest.raises(ActionRefused):
        revoke_token(token, by=user)


def test_it_ends_for_ever_when_the_account_is_closed(user: User) -> None:
    administrator = user_with_role(StaffRole.Role.ADMINISTRATOR)
    _token, text = token_for(user)
    close_account(user, by=administrator)
    assert token_of(text) is None
    open_account(user, by=administrator)
    assert token_of(text) is None


def test_it_rests_while_its_user_is_not_active(user: User) -> None:
    _token, text = token_for(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert token_of(text) is None


def test_an_administrator_without_a_second_factor_gets_nowhere_by_a_token(user: User) -> None:
    _token, text = token_for(user)
    StaffRole.objects.create(user=user, role=StaffRole.Role.ADMINISTRATOR)
    assert token_of(text) is None


def test_a_user_has_only_so_many(user: User) -> None:
    for _n in range(MOST_TOKENS):
        token_for(user)
    with pytest.raises(ActionRefused):
        token_for(user)
    token_for(UserFactory.create())


@pytest.mark.parametrize(
    ("name", "scopes", "lifetime"),
    [
        ("", [Scope.NEWS_READ], WEEK),
        ("  ", [Scope.NEWS_READ], WEEK),
        ("x" * 81, [Scope.NEWS_READ], WEEK),
        ("Koe", [], WEEK),
        ("Koe", ["everything"], WEEK),
        ("Koe", [Scope.OVERVIEW_READ], WEEK),
        ("Koe", [Scope.NEWS_READ], timedelta(0)),
        ("Koe", [Scope.NEWS_READ], -WEEK),
        ("Koe", [Scope.NEWS_READ], LONGEST_LIFE + timedelta(seconds=1)),
    ],
)
def test_what_no_token_is_made_of(user: User, name: str, scopes: list[str], lifetime: timedelta) -> None:
    with pytest.raises(ActionRefused):
        make_token(user, name=name, scopes=scopes, lifetime=lifetime, by=user)
    assert not AccessToken.objects.exists()


def test_each_site_has_its_scopes(kainuu: Region) -> None:
    with in_region(kainuu):
        assert scopes_here() == OF_A_REGION
    with in_national():
        assert scopes_here() == (Scope.OVERVIEW_READ,)


@pytest.mark.parametrize(
    ("scope", "action", "opens"),
    [
        ("meetings:read", "read", True),
        ("meetings:read", "write", False),
        ("meetings:write", "read", True),
        ("meetings:write", "write", True),
        ("news:write", "read", False),
        ("news:write", "write", False),
    ],
)
def test_a_scope_opens_one_part(scope: str, action: str, opens: bool) -> None:
    assert AccessToken(scopes=[scope]).opens("meetings", action) is opens


def test_its_last_use_is_known_without_a_row_written_each_time(user: User) -> None:
    token, text = token_for(user)
    note_use(token)
    first = AccessToken.objects.get(pk=token.pk)
    assert first.last_used_at is not None
    with clock.at(first.last_used_at + timedelta(minutes=9)):
        note_use(first)
    assert AccessToken.objects.get(pk=token.pk).last_used_at == first.last_used_at
    with clock.at(later := first.last_used_at + timedelta(minutes=10)):
        note_use(first)
    assert AccessToken.objects.get(pk=token.pk).last_used_at == later
    assert token_of(text) is not None


def test_what_ended_long_ago_is_forgotten(user: User) -> None:
    token, _text = token_for(user, days=1)
    with clock.at(token.expiry + timedelta(days=29)):
        assert forget_expired() == 0
    with clock.at(token.expiry + timedelta(days=31)):
        assert forget_expired() == 1
