"""What a region holds after its content has been loaded.

Loading is history told through some hundreds of actions, so each region is loaded once and its tests look at it.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.utils import translation

from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.second_factor import must_set_up_second_factor
from yhdys.audit.models import Entry
from yhdys.audit.tracking import past_of, tracked_models
from yhdys.core import clock
from yhdys.councils.enums import BodyKind, MinutesKind, Represents, Role, TermState
from yhdys.councils.models import Body, ExternalDecision, FollowedMatter, Membership, Seat, Term
from yhdys.councils.queries import roster
from yhdys.demo.actions import load_region
from yhdys.demo.models import LoadedRecord
from yhdys.demo.reading import REGIONS, read
from yhdys.mail.models import OutgoingMail
from yhdys.meetings.enums import ItemKind, MeetingState, Outcome, Presence
from yhdys.meetings.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Meeting,
    Minutes,
    PaperDelivery,
    StandingInvitation,
)
from yhdys.meetings.queries import missing_for_call, quorum_of, recipients
from yhdys.news.models import Article, Elsewhere
from yhdys.organisations.models import Contact, Organisation
from yhdys.site.queries import accessibility_statement, region_settings
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import OutboxEntry

PASSWORD = "rehti-kahvila-17"


@pytest.fixture(scope="module", params=REGIONS)
def slug(request, django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of a region whose content stands in a real region's schema until its tests are through."""
    with django_db_blocker.unblock(), in_region("kainuu"), transaction.atomic():
        load_region(request.param, password=PASSWORD)
        yield request.param
        transaction.set_rollback(True)


def about(region: str) -> pytest.MarkDecorator:
    """Let a test be about one region only."""
    return pytest.mark.parametrize("slug", [region], indirect=True)


def council() -> Body:
    return Body.objects.regional_council()


def counts() -> dict[str, int]:
    models = [Organisation, Contact, Body, Term, Membership, Meeting, Article, LoadedRecord, Entry, OutgoingMail, User]
    return {model.__name__: model.objects.count() for model in models}


def test_a_second_run_changes_nothing(slug):
    before = counts()
    assert load_region(slug, password=PASSWORD).made == 0
    assert counts() == before


def test_every_change_of_the_past_bears_its_own_date_and_the_action_that_made_it(slug):
    told = set(Entry.objects.values_list("transaction", "moment"))
    changes = [
        (model._meta.label, *row)
        for model in tracked_models()
        for row in past_of(model).objects.values_list("pgh_transaction", "pgh_created_at")
    ]
    assert changes
    assert {label for label, *change in changes if tuple(change) not in told} == set()
    assert min(moment for _label, _number, moment in changes).year < clock.today().year - 1
    assert len({moment for _label, _number, moment in changes}) > 10


def test_everything_of_the_files_is_there(slug):
    content = read(slug)
    assert Organisation.objects.count() == len(content.organisations.organisations)
    assert Contact.objects.count() == len(content.organisations.people)
    assert Body.objects.count() == len(content.council.bodies)
    assert Meeting.objects.count() == len(content.meetings.meetings)
    assert AgendaItem.objects.count() == sum(len(meeting.items) for meeting in content.meetings.meetings)
    assert Article.objects.published().count() == len(content.news.articles)


def test_the_region_says_that_its_content_is_a_demonstration(slug):
    face = region_settings()
    assert face.is_demonstration
    assert face.sender_email == f"neuvottelukunta@{slug}.example"
    statement = accessibility_statement()
    assert statement.feedback_email == f"saavutettavuus@{slug}.example"


def test_letters_of_the_past_were_not_sent(slug):
    assert OutgoingMail.objects.exists()
    assert not OutgoingMail.objects.exclude(state=OutgoingMail.State.NOT_SENT).exists()


def test_nothing_of_the_past_waits_to_happen_today(slug):
    waiting = OutboxEntry.objects.filter(state=OutboxEntry.State.WAITING)
    assert set(waiting.values_list("effect", flat=True)) <= {"overview.push"}


def test_terms_stand_where_time_has_brought_them(slug):
    today = clock.today()
    for term in Term.objects.all():
        expected = TermState.ENDED if term.end is not None and term.end < today else TermState.RUNNING
        assert term.state == expected, term


def test_held_meetings_are_closed_with_public_minutes_and_a_quorum(slug):
    held = Meeting.objects.exclude(state=MeetingState.DRAFT)
    assert set(held.values_list("state", flat=True)) == {MeetingState.CLOSED}
    assert Minutes.objects.published().count() == held.count()
    for meeting in held:
        assert quorum_of(meeting, meeting.attendances.all()).sure >= meeting.quorum_required, meeting


def test_the_coming_meeting_is_announced_and_ready_to_be_called(slug):
    meeting = Meeting.objects.get(state=MeetingState.DRAFT)
    assert meeting.announcement is not None
    assert 14 <= (meeting.day - clock.today()).days <= 25
    assert not missing_for_call(meeting)
    called = recipients(meeting)
    assert len([one for one in called if one.votes]) >= 10
    assert all(one.email for one in called)


def test_accounts_get_their_rights_from_their_seats(slug):
    roles = {
        role
        for user in User.objects.all()
        for role in Membership.objects.of(user).in_force().values_list("role", flat=True)
    }
    assert {Role.SECRETARY, Role.COMMUNICATIONS, Role.MEMBER} <= roles
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    administrator = User.objects.get(staff_roles__role=StaffRole.Role.ADMINISTRATOR)
    assert must_set_up_second_factor(administrator)


def test_articles_are_published_under_their_own_dates(slug):
    told = {article.title.fi: article.date for article in read(slug).news.articles}
    assert {article.title_fi: article.published_at for article in Article.objects.all()} == told


# --- Kainuu ---
@about("kainuu")
def test_kainuu_was_founded_by_a_decision_that_stands_elsewhere(slug):
    decision = ExternalDecision.objects.get()
    assert (decision.deciding_body, decision.date) == ("Kainuun maakuntahallitus", date(2020, 11, 23))
    assert decision.url.startswith("https://asianhallinta.example/")
    with translation.override("sv"):
        assert region_settings().council_name == "Kajanalands organisationsdelegation"


@about("kainuu")
def test_the_roster_of_kainuu_at_its_dates(slug):

    def youth(day: date) -> str:
        places = {place.seat.sector.code: place for place in roster(council(), day).places}
        return places["youth-work"].member.contact.name

    assert roster(council(), date(2021, 2, 1)).members == 11
    assert roster(council(), date(2024, 12, 1)).members == 12
    assert (youth(date(2021, 2, 1)), youth(date(2023, 2, 1))) == ("Onni Juntunen", "Iida Malinen")


@about("kainuu")
def test_the_constitutive_meeting_of_kainuu_elected_the_chair(slug):
    term = Term.objects.get()
    assert term.constituted_on == date(2021, 1, 27)
    chair = Membership.objects.get(role=Role.CHAIR)
    assert (chair.contact.name, chair.start) == ("Helena Komulainen", date(2021, 1, 27))
    item = AgendaItem.objects.get(kind=ItemKind.ELECTION)
    assert "Helena Komulainen" in item.resolution.text


# --- Lapland ---
@about("lappi")
def test_lapland_has_a_roster_for_every_term(slug):
    chairs = [roster(council(), date(year, 11, 1)).officers[0].contact.name for year in (2012, 2017, 2019, 2025)]
    assert chairs == ["Raija Kustula", "Raija Kustula", "Eelis Kaulanen", "Máret Valle-Länsman"]


@about("lappi")
def test_the_working_committee_of_lapland_is_chaired_by_the_host(slug):
    committee = Body.objects.get(kind=BodyKind.WORKING_COMMITTEE)
    assert committee.parent == council()
    chair = Membership.objects.in_force().get(body=committee, role=Role.CHAIR)
    assert str(chair.authority) == "Lapin liitto"


@about("lappi")
def test_meri_lappi_is_tied_to_the_regional_council(slug):
    below = Body.objects.get(kind=BodyKind.SUBREGIONAL_COUNCIL)
    assert below.parent == council()
    invited = StandingInvitation.objects.filter(body=below, of_body=council())
    assert set(invited.values_list("role", flat=True)) == {Role.CHAIR, Role.VICE_CHAIR}
    deliveries = PaperDelivery.objects.filter(body=below)
    assert {str(one.contact) if one.contact else one.role for one in deliveries} == {"Elina Jänkälä", Role.SECRETARY}
    (place,) = [one for one in roster(council()).places if one.seat is not None and one.seat.other_body == below]
    assert place.member.contact.name == "Markku Karjalahti"


@about("lappi")
def test_the_chairs_of_the_region_stand_on_the_attendance_of_meri_lappi(slug):
    meeting = Meeting.objects.get(body__kind=BodyKind.SUBREGIONAL_COUNCIL)
    presence = dict(Attendance.objects.filter(meeting=meeting).values_list("name", "presence"))
    assert presence["Máret Valle-Länsman"] == Presence.REMOTE
    assert presence["Olavi Saukkoriipi"] == Presence.EXCUSED


@about("lappi")
def test_what_lapland_tabled_is_on_the_coming_agenda(slug):
    tabled = AgendaItem.objects.get(outcome=Outcome.TABLED)
    (continued,) = tabled.continued_by.all()
    assert continued.meeting.state == MeetingState.DRAFT
    assert list(continued.meeting.agenda_items.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert continued.number == 4


@about("lappi")
def test_the_blog_of_lapland_appeared_in_the_national_series(slug):
    blog = Article.objects.get(kind="blog")
    assert blog.author.name == "Oskari Lantto"
    assert blog.keywords.count() == 4
    assert Elsewhere.objects.filter(article=blog).count() == 2


# --- Kymenlaakso ---
@about("kymenlaakso")
def test_the_pilot_of_kymenlaakso_was_reviewed_and_ended(slug):
    pilot, term = Term.objects.order_by("start")
    assert (pilot.is_pilot, pilot.review_on, pilot.end) == (True, date(2023, 11, 15), date(2023, 12, 31))
    assert (term.is_pilot, term.start) == (False, date(2024, 1, 1))


@about("kymenlaakso")
def test_the_county_took_over_the_seat_of_the_joint_authority(slug):

    def authority(day: date) -> tuple[str, str]:
        (place,) = [
            one
            for one in roster(council(), day).places
            if one.seat.represents == Represents.AUTHORITY and "liitto" not in str(one.seat.authority)
        ]
        return str(place.seat.authority), place.member.contact.name

    before, after = authority(date(2022, 12, 31)), authority(date(2023, 1, 1))
    assert before == ("Kymenlaakson sosiaali- ja terveyspalvelujen kuntayhtymä", "Pertti Hovila")
    assert after == ("Kymenlaakson hyvinvointialue", "Pertti Hovila")


@about("kymenlaakso")
def test_nine_posts_bring_a_seat_and_two_experts_have_one(slug):
    seats = Seat.objects.filter(term__is_pilot=True)
    assert seats.filter(by_post=True).values("sector").distinct().count() == 9
    assert seats.filter(represents=Represents.EXPERT, is_voting=False).count() == 2
    assert [place.seat.municipality.name_fi for place in roster(council(), date(2022, 6, 1)).vacant] == ["Miehikkälä"]


@about("kymenlaakso")
def test_officers_of_kymenlaakso_come_from_partnership_houses(slug):
    officers = {one.role: one for one in roster(council(), date(2022, 6, 1)).officers}
    assert str(officers[Role.SECRETARY].on_behalf_of) == "Kymijoen Kumppanuustalo ry"
    assert str(officers[Role.COMMUNICATIONS].on_behalf_of) == "Merituulen Kumppanuustalo ry"
    assert officers[Role.SECRETARY].seat is None


@about("kymenlaakso")
def test_the_reform_of_employment_services_is_followed(slug):
    matter = FollowedMatter.objects.get()
    assert (matter.in_force_on, matter.planned_for) == (date(2025, 1, 1), "vuonna 2024")


# --- North Ostrobothnia ---
@about("pohjois-pohjanmaa")
def test_the_recommendation_was_adopted_on_12_december_2019(slug):
    item = AgendaItem.objects.get(meeting__starts_at__date=date(2019, 12, 12), title_fi__startswith="Suositus")
    assert item.outcome == Outcome.RESOLVED
    assert item.description.count("<li>") == 4
    assert "mediatiedote-jarjestoyhteistyo" in item.description
    assert item.keywords.count() == 7


@about("pohjois-pohjanmaa")
def test_north_ostrobothnia_writes_memos(slug):
    assert set(Minutes.objects.values_list("kind", flat=True)) == {MinutesKind.MEMO}


def test_tasks_whose_day_has_passed_are_done(slug):
    assert Assignment.objects.exists()
    assert not Assignment.objects.open().filter(due__lt=clock.today()).exists()
