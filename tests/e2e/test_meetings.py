"""A meeting is called and answered in real browsers; the letters leave by SMTP."""

import re

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, enter, keep_picture
from tests.factories.accounts import UserFactory
from tests.factories.meetings import council, deputy_of, in_days, member

from yhdys.accounts.models import User
from yhdys.councils.enums import Role
from yhdys.meetings.models import Invitation, Meeting
from yhdys.tenancy.context import in_region


def people() -> User:
    """A council with a secretary who signs in, a member with a deputy, and somebody without an address."""
    with in_region("kainuu"):
        term = council(name_fi="Koeneuvottelukunta")
        secretary = UserFactory.create(email="sirkka@esimerkki.example", name="Sirkka Sihteeri")
        member(term, Role.SECRETARY, user=secretary, name="Sirkka Sihteeri", role_email="sirkka@esimerkki.example")
        member(term, Role.CHAIR, name="Päivi Puheenjohtaja", role_email="paivi@esimerkki.example")
        plain = member(term, name="Jouni Jäsen", role_email="jouni@esimerkki.example")
        deputy_of(plain, name="Veera Vara", role_email="veera@esimerkki.example")
        member(term, name="Otso Osoitteeton", role_email="", email="")
    return secretary


def test_a_secretary_calls_a_meeting_and_a_member_answers(site: Site, page: Page) -> None:
    secretary = people()
    page.context.set_default_timeout(60_000)
    enter(page.context, site, secretary, "kainuu")
    page.goto(site.url("kainuu", "/en/workspace/meetings/"))
    keep_picture(page, "meetings-empty")
    page.get_by_role("link", name="New meeting").first.click()
    page.get_by_label("Title").fill("Syyskokous")
    keep_picture(page, "meeting-new")
    page.get_by_role("button", name="Make the meeting").click()
    expect(page.get_by_text("Give the meeting a day and a time.")).to_be_visible()
    keep_picture(page, "meeting-desk-draft")

    page.get_by_role("link", name="Change", exact=True).click()
    begins = page.get_by_role("group", name="Begins")
    begins.get_by_label("Day", exact=True).fill(f"{in_days(20):%-d.%-m.%Y}")
    begins.get_by_label("Time of day").fill("14.00")
    page.get_by_label("Place").fill("Porukkatalo")
    keep_picture(page, "meeting-basics")
    page.get_by_role("button", name="Save").click()

    for title in ("Kokouksen avaus", "Järjestöstrategia"):
        page.get_by_role("link", name="Add an item").first.click()
        page.get_by_label("Title in Finnish").fill(title)
        keep_picture(page, "meeting-item")
        page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Move 2 § up").click()
    expect(page.get_by_text("1 § Järjestöstrategia")).to_be_visible()
    page.get_by_role("button", name="Move 1 § down").click()
    expect(page.get_by_text("1 § Kokouksen avaus")).to_be_visible()
    keep_picture(page, "meeting-desk-ready")

    page.get_by_role("link", name="See who is called, and call").click()
    expect(page.get_by_text("Otso Osoitteeton").first).to_be_visible()
    page.get_by_label("Covering words").fill("Kahvit klo 13.30.")
    keep_picture(page, "meeting-call")
    page.get_by_role("button", name=re.compile("Call the meeting: send 4 letters")).click()
    expect(page.get_by_text("The meeting has been called. 4 letters are on their way.")).to_be_visible()

    # The member has no account and opens the link of the letter.
    link = next(
        one
        for one in re.findall(r"https?://\S+", site.letter_to("jouni@esimerkki.example", "kainuu"))
        if "/vastaus/" in one
    )
    assert page.context.browser is not None
    visitor = page.context.browser.new_context(locale="fi-FI").new_page()
    visitor.goto(link)
    expect(visitor.get_by_role("heading", name="Syyskokous")).to_be_visible()
    keep_picture(visitor, "answer")
    visitor.get_by_text("Varajäseneni tulee").click()
    visitor.get_by_role("button", name="Lähetä vastaus").click()
    expect(visitor.get_by_text("Kiitos, vastauksesi on kirjattu")).to_be_visible()
    keep_picture(visitor, "answer-thanks")
    assert visitor.context.cookies() == []
    assert "Jouni Jäsen" in site.letter_to("veera@esimerkki.example", "kainuu")

    page.reload()
    expect(page.get_by_text("The deputy comes").first).to_be_visible()
    keep_picture(page, "meeting-desk-called")

    with in_region("kainuu"):
        meeting = Meeting.objects.get()
        assert Invitation.objects.get(name="Jouni Jäsen").deputy.name == "Veera Vara"
    visitor.goto(site.url("kainuu", "/kokoukset/"))
    keep_picture(visitor, "public-meetings")
    visitor.goto(site.url("kainuu", f"/kokoukset/{meeting.slug}/"))
    expect(visitor.get_by_text("Järjestöstrategia").first).to_be_visible()
    keep_picture(visitor, "public-meeting")
    visitor.context.close()
