"""A right ends with its last day, at the next request, though the person stays signed in."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.accounts.conftest import set_up_app
from tests.factories.accounts import UserFactory, user_with_role
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.people import in_body
from tests.web.workspace.conftest import Window

from yhdys.accounts import actions
from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

USERS, NEWS = "/en/workspace/users/", "/en/workspace/news/new/"


def link_to(user: User) -> str:
    """The address in the newest letter to the user."""
    text = OutgoingMail.objects.regarding(user).latest("created_at").text
    return next(word for word in text.split() if word.startswith("http")).partition(":8000")[2]


@pytest.fixture
def boss(kainuu: Region) -> User:
    with in_region(kainuu):
        user = user_with_role(StaffRole.Role.ADMINISTRATOR)
        set_up_app(user)
    return user


def test_a_staff_role_opens_on_its_first_day_and_closes_after_its_last(
    kainuu: Region, boss: User, window_of: Window
) -> None:
    with in_region(kainuu):
        user = UserFactory.create()
        actions.grant_role(user, "editor", start=date(2026, 3, 11), end=date(2026, 3, 12), by=boss)
        window = window_of(user)
    answers = {}
    for day in (10, 11, 12, 13):
        with clock.at(clock.helsinki(2026, 3, day, 23, 59)):
            answers[day] = window.get(NEWS).status_code
    assert answers == {10: 403, 11: 200, 12: 200, 13: 403}


def test_a_role_that_is_ended_closes_the_door_at_the_next_request(
    kainuu: Region, boss: User, window_of: Window
) -> None:
    with in_region(kainuu):
        user = user_with_role("administrator")
        set_up_app(user)
        window, office = window_of(user), window_of(boss)
        role = user.staff_roles.get()
    assert window.get(USERS).status_code == 200
    yesterday = clock.today() - timedelta(days=1)
    ended = office.post(f"{USERS}{user.pk}/roles/{role.pk}/end/", {"last_day": yesterday.isoformat()})
    assert ended.status_code == 302
    assert window.get(USERS).status_code == 403
    refused = window.post(f"{USERS}new/", {"name": "Joku", "email": "joku@esimerkki.example", "language": "fi"})
    assert refused.status_code == 403
    with in_region(kainuu):
        assert not User.objects.filter(email="joku@esimerkki.example").exists()


def test_a_seat_opens_on_its_first_day_and_closes_after_its_last(kainuu: Region, window_of: Window) -> None:
    today = clock.today()
    with in_region(kainuu):
        body = BodyFactory.create()
        meeting = MeetingFactory.create(body=body)
        user = in_body(body, Role.SECRETARY)
        window = window_of(user)
    answers = {}
    for phase, (start, end) in {
        "to come": (today + timedelta(days=1), None),
        "first day": (today, None),
        "last day": (today - timedelta(days=30), today),
        "over": (today - timedelta(days=30), today - timedelta(days=1)),
    }.items():
        with in_region(kainuu):
            Membership.objects.filter(contact__user=user).update(start=start, end=end)
        answers[phase] = window.get(f"/en/workspace/meetings/{meeting.pk}/").status_code
    assert answers == {"to come": 404, "first day": 200, "last day": 200, "over": 404}


def test_an_invitation_gives_a_role_for_its_time_or_nothing_at_all(
    kainuu: Region, boss: User, window_of: Window
) -> None:
    with in_region(kainuu):
        office = window_of(boss)
    form = {"name": "Ulla Uusi", "email": "ulla@esimerkki.example", "language": "fi"}
    wrong = (
        {"role": "editor", "start": "1.3.2026", "end": "28.2.2026"},
        {"role": "", "start": "1.3.2026"},
        {"role": "emperor"},
        {"role": "editor", "end": "31.2.2026"},
    )
    for mistake in wrong:
        assert office.post(f"{USERS}new/", form | mistake).status_code == 422
    with in_region(kainuu):
        assert not User.objects.filter(email=form["email"]).exists()
    assert (
        office.post(f"{USERS}new/", form | {"role": "editor", "start": "1.3.2026", "end": "30.6.2026"}).status_code
        == 302
    )
    with in_region(kainuu):
        role = StaffRole.objects.get(user__email=form["email"])
    assert (role.role, role.start, role.end) == ("editor", date(2026, 3, 1), date(2026, 6, 30))


def test_an_invitation_is_withdrawn_with_its_account(
    kainuu: Region, boss: User, window_of: Window, client: Client
) -> None:
    with in_region(kainuu):
        user = actions.invite_user(email="ulla@esimerkki.example", name="Ulla Uusi", role="editor", by=boss)
        token = link_to(user)
        office, other = window_of(boss), window_of(UserFactory.create())
    address = f"{USERS}{user.pk}/invitation/withdrawal/"
    assert "Open until" in office.get(f"{USERS}{user.pk}/").content.decode()
    assert other.post(address).status_code == 404
    assert office.get(address).status_code == 200
    assert client.get(token, headers={"host": "kainuu.localhost"}).status_code == 200
    assert office.post(address).url == USERS
    assert client.get(token, headers={"host": "kainuu.localhost"}).status_code == 410
    assert client.post(token, headers={"host": "kainuu.localhost"}).status_code == 410
    with in_region(kainuu):
        assert not User.objects.filter(pk=user.pk).exists()
        actions.invite_user(email="ulla@esimerkki.example", name="Ulla Uusi", by=boss)


def test_who_has_signed_in_is_closed_and_not_withdrawn(kainuu: Region, boss: User, window_of: Window) -> None:
    with in_region(kainuu):
        user = UserFactory.create(last_login=clock.now())
        office = window_of(boss)
    refused = office.post(f"{USERS}{user.pk}/invitation/withdrawal/")
    assert refused.status_code == 409
    assert "Close the account instead" in refused.content.decode()
    with in_region(kainuu):
        assert User.objects.filter(pk=user.pk).exists()
