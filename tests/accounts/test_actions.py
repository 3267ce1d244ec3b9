"""What is done to users and roles, and what is refused."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from tests.accounts.conftest import set_up_app
from tests.factories.accounts import StaffRoleFactory, UserFactory, user_with_role

from yhdys.accounts import actions
from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.queries import staff_roles_of
from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy import links
from yhdys.tenancy.models import ActionLink

ADMINISTRATOR, EDITOR = StaffRole.Role.ADMINISTRATOR, StaffRole.Role.EDITOR
TODAY = clock.helsinki(2026, 3, 10, 12)


@pytest.fixture
def boss(region: Region) -> User:
    return user_with_role(ADMINISTRATOR, name="Anna Ahven", email="anna@esimerkki.example")


def token_in(letter: OutgoingMail) -> str:
    return letter.text.split("/kutsu/" if "/kutsu/" in letter.text else "/invitation/")[1].split("/")[0]


def invited(boss: User) -> User:
    return actions.invite_user(email=" Uusi@Esimerkki.example ", name=" Ulla Uusi ", by=boss)


def link_of(user: User) -> ActionLink:
    letter = OutgoingMail.objects.regarding(user).latest("created_at")
    link = links.resolve(token_in(letter), actions.INVITATION)
    assert link is not None
    return link


def test_an_invitation_makes_an_account_without_a_password_and_sends_a_link(boss: User) -> None:
    user = invited(boss)
    assert (user.email, user.name, user.has_usable_password()) == ("uusi@esimerkki.example", "Ulla Uusi", False)
    letter = OutgoingMail.objects.regarding(user).get()
    assert letter.to == ["uusi@esimerkki.example"]
    assert "http://kainuu.localhost:8000/" in letter.text
    assert "Anna Ahven" in letter.text
    assert letter.confidential
    assert link_of(user).target_id == user.pk
    assert Entry.objects.about(user).get().verb == "invited"


def test_an_invitation_speaks_the_language_of_its_receiver(boss: User) -> None:
    user = actions.invite_user(email="ny@exempel.example", name="Nils Ny", language="sv", by=boss)
    assert "http://kainuu.localhost:8000/sv/" in OutgoingMail.objects.regarding(user).get().text


@pytest.mark.parametrize(
    "email",
    ["anna@esimerkki.example", "ANNA@esimerkki.example", "not an address", "", "x" * 60 + "@" + "y." * 99 + "example"],
)
def test_an_address_in_use_or_a_broken_one_is_refused(boss: User, email: str) -> None:
    with pytest.raises(ActionRefused):
        actions.invite_user(email=email, name="Joku", by=boss)
    assert User.objects.count() == 1


def test_an_invitation_works_once(boss: User) -> None:
    user = invited(boss)
    link = link_of(user)
    actions.accept_invitation(link, password="seitseman-hanhea")
    user.refresh_from_db()
    assert user.check_password("seitseman-hanhea")
    assert user.emailaddress_set.get().verified
    with pytest.raises(ActionRefused):
        actions.accept_invitation(link, password="kahdeksan-hanhea")


def test_an_invitation_is_good_for_two_weeks(boss: User) -> None:
    with_token = token_in(OutgoingMail.objects.regarding(invited(boss)).get())
    with clock.at(clock.now() + timedelta(days=13)):
        assert links.resolve(with_token, actions.INVITATION) is not None
    with clock.at(clock.now() + timedelta(days=15)):
        assert links.resolve(with_token, actions.INVITATION) is None


def test_a_weak_password_leaves_the_invitation_open(boss: User) -> None:
    user = invited(boss)
    with pytest.raises(ActionRefused):
        actions.accept_invitation(link_of(user), password="salasana")
    assert actions.accept_invitation(link_of(user)) == user


def test_a_new_invitation_closes_the_earlier_one(boss: User) -> None:
    user = invited(boss)
    first = token_in(OutgoingMail.objects.regarding(user).get())
    actions.invite_again(user, by=boss)
    assert links.resolve(first, actions.INVITATION) is None
    assert link_of(user).target_id == user.pk


def test_who_has_signed_in_is_not_invited_again(boss: User) -> None:
    user = UserFactory.create(last_login=clock.now())
    with pytest.raises(ActionRefused):
        actions.invite_again(user, by=boss)


def test_a_role_holds_from_its_first_day_to_its_last(boss: User) -> None:
    user = UserFactory.create()
    actions.grant_role(user, EDITOR, start=date(2026, 3, 11), end=date(2026, 3, 12), by=boss)
    held = {}
    for day in (10, 11, 12, 13):
        with clock.at(clock.helsinki(2026, 3, day, 23, 59)):
            held[day] = staff_roles_of(user)
    assert held == {10: frozenset(), 11: frozenset({EDITOR}), 12: frozenset({EDITOR}), 13: frozenset()}


def test_a_role_is_not_granted_twice_for_the_same_time(boss: User) -> None:
    user = UserFactory.create()
    actions.grant_role(user, EDITOR, start=date(2026, 1, 1), end=date(2026, 6, 30), by=boss)
    with pytest.raises(ActionRefused):
        actions.grant_role(user, EDITOR, start=date(2026, 6, 30), by=boss)
    actions.grant_role(user, EDITOR, start=date(2026, 7, 1), by=boss)
    assert user.staff_roles.count() == 2


def test_a_role_cannot_end_before_it_begins(boss: User) -> None:
    with pytest.raises(ActionRefused):
        actions.grant_role(boss, EDITOR, start=date(2026, 2, 1), end=date(2026, 1, 31), by=boss)


def test_a_role_that_ended_yesterday_gives_nothing_today(boss: User) -> None:
    role = StaffRoleFactory.create(role=EDITOR)
    assert EDITOR in staff_roles_of(role.user)
    actions.end_role(role, last_day=clock.today() - timedelta(days=1), by=boss)
    assert staff_roles_of(User.objects.get(pk=role.user.pk)) == frozenset()
    with pytest.raises(ActionRefused):
        actions.end_role(role, last_day=clock.today(), by=boss)


def test_a_role_that_has_not_begun_is_taken_back_altogether(boss: User) -> None:
    role = StaffRoleFactory.create(role=EDITOR, start=clock.today() + timedelta(days=10))
    actions.end_role(role, last_day=clock.today(), by=boss)
    assert not StaffRole.objects.filter(pk=role.pk).exists()


def test_the_last_administrator_stays(boss: User) -> None:
    role = boss.staff_roles.get()
    with pytest.raises(ActionRefused):
        actions.end_role(role, last_day=clock.today(), by=boss)
    for other in (
        StaffRoleFactory.create(role=ADMINISTRATOR, user__is_active=False),
        StaffRoleFactory.create(role=ADMINISTRATOR, end=clock.today()),
        StaffRoleFactory.create(role=EDITOR),
    ):
        with pytest.raises(ActionRefused):
            actions.end_role(role, last_day=clock.today(), by=other.user)
        with pytest.raises(ActionRefused):
            actions.close_account(boss, by=other.user)
    StaffRoleFactory.create(role=ADMINISTRATOR)
    actions.end_role(role, last_day=clock.today(), by=boss)


def test_an_account_is_closed_with_its_sessions_and_invitations(boss: User) -> None:
    user = invited(boss)
    before = user.get_session_auth_hash()
    link = link_of(user)
    actions.close_account(user, by=boss)
    user.refresh_from_db()
    assert (user.is_active, user.get_session_auth_hash() == before) == (False, False)
    with pytest.raises(ActionRefused):
        actions.accept_invitation(link)
    with pytest.raises(ActionRefused):
        actions.grant_role(user, EDITOR, by=boss)
    with pytest.raises(ActionRefused):
        actions.close_account(user, by=boss)
    actions.open_account(user, by=boss)
    with pytest.raises(ActionRefused):
        actions.open_account(user, by=boss)
    verbs = list(Entry.objects.about(user).order_by("at", "id").values_list("verb", flat=True))
    assert verbs == ["invited", "account_closed", "account_opened"]


def test_nobody_closes_their_own_account(boss: User) -> None:
    StaffRoleFactory.create(role=ADMINISTRATOR)
    with pytest.raises(ActionRefused):
        actions.close_account(boss, by=boss)


def test_a_lost_phone_is_helped_by_another_administrator(boss: User) -> None:
    user = UserFactory.create(email="hukassa@esimerkki.example")
    with pytest.raises(ActionRefused):
        actions.remove_second_factors(user, by=boss)
    set_up_app(user)
    before = user.get_session_auth_hash()
    actions.remove_second_factors(user, by=boss)
    user.refresh_from_db()
    assert not Authenticator.objects.filter(user=user).exists()
    assert user.get_session_auth_hash() != before
    assert OutgoingMail.objects.regarding(user).get().to == ["hukassa@esimerkki.example"]
    with pytest.raises(ActionRefused):
        actions.remove_second_factors(boss, by=boss)


def test_a_profile_that_does_not_change_leaves_no_trace(boss: User) -> None:
    actions.change_profile(boss, name=boss.name, language=boss.language, by=boss)
    assert not Entry.objects.about(boss).exists()
    actions.change_profile(boss, name="Anna Ahvenainen", language="sv", by=boss)
    assert Entry.objects.about(boss).get().details == {"fields": ["name", "language"]}


def test_what_has_been_removed_meanwhile_is_refused_with_a_sentence(boss: User) -> None:
    role = StaffRoleFactory.create(role=EDITOR)
    kept = StaffRole.objects.get(pk=role.pk)
    role.delete()
    with pytest.raises(ActionRefused, match="on sillä välin poistettu"):
        actions.end_role(kept, last_day=clock.today(), by=boss)
    link = link_of(invited(boss))
    ActionLink.objects.filter(pk=link.pk).delete()
    with pytest.raises(ActionRefused, match="Kutsu ei ole enää voimassa"):
        actions.accept_invitation(link)
