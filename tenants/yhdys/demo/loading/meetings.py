"""Meetings: called, held, recorded and published each in its time; the coming one waits to be called."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from django.utils.html import format_html

from yhdys.core import clock
from yhdys.councils.models import Body
from yhdys.demo import schema
from yhdys.demo.loading.people import address_of
from yhdys.demo.loading.store import Store
from yhdys.demo.loading.story import Story
from yhdys.demo.loading.texts import html, html_columns
from yhdys.keywords.models import Keyword
from yhdys.meetings import actions
from yhdys.meetings.enums import InvitationRole, ItemKind, Outcome, Presence
from yhdys.meetings.models import AgendaItem, Assignment, Invitation, Meeting, MeetingPractice
from yhdys.organisations.models import Contact
from yhdys.tenancy.models import RegionalModel

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
BY_MINUTES = timedelta(minutes=30)
DECIDED = (Outcome.RESOLVED, Outcome.RESOLVED_WITH_CHANGES)


class MeetingsLoader:
    """Loads ``meetings.yaml`` of one region, and the bodies' ways of meeting."""

    def __init__(self, content: schema.Content, store: Store, story: Story) -> None:
        self.content = content
        self.store = store
        self.story = story
        self.keywords = Keyword.objects.in_bulk()
        self.people = {person.key: person.name for person in content.organisations.people}

    def load(self) -> None:
        """Habits and rules at once; what happened joins the story; drafts of coming meetings are made today."""
        for body in self.content.council.bodies:
            if body.practice is not None:
                self.store.once(f"body/{body.key}/practice", partial(self._practice, body, body.practice))
            for number, rule in enumerate(body.rules, start=1):
                self.store.once(f"body/{body.key}/rule/{number}", partial(self._rule, body, rule))
        for told in self.content.meetings.meetings:
            if self.store.has(f"meeting/{told.key}"):
                continue
            if told.upcoming is None:
                self._tell(told)

    def load_coming(self) -> None:
        """Drafts of meetings of the near future, once the story has been told."""
        for told in self.content.meetings.meetings:
            if told.upcoming is not None:
                self.store.once(f"meeting/{told.key}", partial(self._coming, told, told.upcoming))

    # --- How bodies meet ---
    def _practice(self, body: schema.Body, told: schema.Practice) -> MeetingPractice:
        return actions.set_practice(
            self._body(body.key),
            call_days_before=told.call_days_before,
            place=told.place,
            remote_link=told.remote_link,
            by=None,
        )

    def _rule(self, body: schema.Body, told: schema.BodyRule) -> RegionalModel:
        meets, other = self._body(body.key), self._body(told.of) if told.of else None
        if told.kind == schema.TieKind.INVITE:
            assert other is not None
            return actions.invite_by_office(meets, of_body=other, role=told.role or "", by=None)
        contact = self._contact(told.person) if told.person else None
        return actions.deliver_papers_to(meets, of_body=other, role=told.role or "", contact=contact, by=None)

    # --- Meetings that were held ---
    def _tell(self, told: schema.Meeting) -> None:
        start, end, minutes = told.start, told.end, told.minutes
        assert start is not None
        assert end is not None
        assert minutes is not None
        assert told.convened is not None
        key = f"meeting/{told.key}"
        self.story.at(told.convened, 10, partial(self._convene, told, key, start, end))
        self.story.at(end.date(), end.hour, partial(self._hold, told, key), end.minute)
        self.story.at(minutes.approved, 14, partial(self._approve, minutes, key))
        self.story.at(minutes.published, 15, partial(self._publish, key))
        for item in told.items:
            for number, assignment in enumerate(item.assignments, start=1):
                self.story.at(assignment.due, 15, partial(self._finish, f"{key}/{item.title.fi}/task/{number}"))

    def _convene(self, told: schema.Meeting, key: str, start: datetime, end: datetime) -> None:
        self.store.once(key, partial(self._draft, told, start, end))
        meeting = self.store.get(Meeting, key)
        self._agenda(meeting, told)
        for guest in told.guests:
            actions.add_guest(
                meeting, name=guest.name, email=address_of(guest.name), organisation=guest.organisation, by=None
            )
        actions.convene_meeting(meeting, by=None)

    def _draft(self, told: schema.Meeting, start: datetime, end: datetime) -> Meeting:
        basics: dict[str, object] = {"kind": told.kind, "remote_link": told.remote_link}
        basics |= {"title_sv": told.title.sv, "title_en": told.title.en}
        for name, text in (("place", told.place), ("theme", told.theme)):
            if text is not None:
                basics |= text.columns(name)
        return actions.create_meeting(
            self._body(told.body), title=told.title.fi, starts_at=start, ends_at=end, by=None, **basics
        )

    def _agenda(self, meeting: Meeting, told: schema.Meeting) -> list[AgendaItem]:
        return [
            actions.add_item(meeting, by=None, keywords=self._about(item), **self._contents(item))
            for item in told.items
        ]

    def _contents(self, told: schema.Item) -> dict[str, object]:
        description = html_columns(told.text, "description") if told.text else {}
        if told.links:
            links = "".join(format_html('<p><a href="{}">{}</a></p>', one.url, one.title.fi) for one in told.links)
            description["description_fi"] = description.get("description_fi", "") + links
        presenter = self.people[told.presenter] if told.presenter else ""
        return {"kind": _kind(told), "presenter": presenter, **told.title.columns("title"), **description}

    def _about(self, told: schema.Item) -> list[Keyword]:
        return [self.keywords[code] for code in told.keywords]

    def _hold(self, told: schema.Meeting, key: str) -> None:
        meeting = actions.hold_meeting(self.store.get(Meeting, key), by=None)
        actions.record_attendance(meeting, self._present(meeting, told), by=None)
        for item, said in zip(meeting.agenda_items.order_by("number"), told.items, strict=True):
            actions.record_outcome(
                item,
                outcome=said.outcome or "",
                discussion=html(said.discussion),
                resolution=html(said.resolution.fi) if said.resolution else None,
                by=None,
            )
            for number, task in enumerate(said.assignments, start=1):
                self.store.once(f"{key}/{said.title.fi}/task/{number}", partial(self._assign, item, task))

    def _present(self, meeting: Meeting, told: schema.Meeting) -> list[actions.Present]:
        """The attendance list, from those who were called; deputies and papers for information stand aside."""
        elected = {self.people[one.person]: one.role for item in told.items for one in item.elections}
        came = {self.people[one.person]: one.attendance for one in told.invited}
        absent, remote = self._names(told.absent), self._names(told.remote)
        lines = []
        invitations = Invitation.objects.filter(convocation__meeting=meeting).select_related(
            "contact", "guest", "membership__organisation", "membership__authority", "membership__contact__organisation"
        )
        for one in invitations.order_by("role", "name"):
            if one.role == InvitationRole.DEPUTY or not (one.membership or one.guest or one.name in came):
                continue
            presence = came.get(
                one.name, Presence.REMOTE if told.everybody_remote or one.name in remote else Presence.PRESENT
            )
            organisation = (
                one.guest.organisation if one.guest else str((one.membership and one.membership.on_behalf_of) or "")
            )
            lines.append(
                actions.Present(
                    name=one.name,
                    contact=one.contact,
                    role=elected.get(one.name, one.role),
                    organisation=organisation,
                    presence=Presence.EXCUSED if one.name in absent else presence,
                    votes=one.votes,
                )
            )
        return lines

    def _assign(self, item: AgendaItem, told: schema.Assignment) -> Assignment:
        return actions.add_assignment(item, what=told.text, contact=self._contact(told.who), due=told.due, by=None)

    def _finish(self, key: str) -> None:
        actions.finish_assignment(self.store.get(Assignment, key), by=None)

    # --- Minutes ---
    def _approve(self, told: schema.Minutes, key: str) -> None:
        meeting = self.store.get(Meeting, key)
        minutes = actions.start_minutes(meeting, kind=told.kind or "", by=None)
        if told.channels:
            actions.write_minutes(minutes, text=self._elsewhere(told.channels), by=None)
        checkers = [self._contact(person) for person in told.checkers]
        if checkers:
            actions.send_minutes_for_review(minutes, checkers=checkers, by=None)
            for checker in checkers:
                actions.approve_minutes(minutes, checker=checker, by=None)
        else:
            actions.approve_minutes(minutes, by=None)

    def _publish(self, key: str) -> None:
        meeting = self.store.get(Meeting, key)
        actions.publish_minutes(meeting.minutes, by=None)
        self.store.forget(key)
        actions.close_meeting(self.store.get(Meeting, key), by=None)
        self.store.forget(key)

    def _elsewhere(self, places: Iterable[schema.PublishedAt]) -> str:
        names = {channel.key: channel.name.fi for channel in self.content.settings.channels}
        links = [
            format_html(
                '<a href="{}">{}</a>', one.url, names.get(one.channel) or (one.name.fi if one.name else one.url)
            )
            for one in places
        ]
        return f"<p>Julkaistu myös: {', '.join(links)}.</p>"

    # --- The coming meeting ---
    def _coming(self, told: schema.Meeting, when: schema.Upcoming) -> Meeting:
        start = coming_moment(clock.today(), when)
        meeting = self._draft(told, start, start + timedelta(hours=when.hours))
        waiting = AgendaItem.objects.filter(meeting__body=meeting.body_id, outcome=Outcome.TABLED, continued_by=None)
        titles = {item.title.fi for item in told.items}
        tabled = waiting.filter(title_fi__in=titles).exists()
        # In Finnish, as the whole load runs.
        taken = {one.title: one for one in actions.take_over_tabled_items(meeting, by=None)} if tabled else {}
        for number, item in enumerate(told.items, start=1):
            if item.title.fi in taken:
                kept = actions.change_item(
                    taken[item.title.fi], keywords=self._about(item), by=None, **self._contents(item)
                )
            else:
                kept = actions.add_item(meeting, keywords=self._about(item), by=None, **self._contents(item))
            actions.move_item(kept, to=number, by=None)
        return actions.announce_meeting(meeting, by=None)

    def _names(self, people: Iterable[str]) -> set[str]:
        return {self.people[person] for person in people}

    def _body(self, key: str) -> Body:
        return self.store.get(Body, f"body/{key}")

    def _contact(self, person: str) -> Contact:
        return self.store.get(Contact, f"person/{person}")


def coming_moment(today: date, when: schema.Upcoming) -> datetime:
    """The first such weekday that is at least so many days away, by the Finnish clock.

    >>> when = schema.Upcoming(days=16, weekday="wednesday", at="14:00", hours=2)
    >>> coming_moment(date(2026, 11, 21), when).isoformat()
    '2026-12-09T14:00:00+02:00'
    """
    day = today + timedelta(days=when.days)
    day += timedelta(days=(WEEKDAYS.index(when.weekday) - day.weekday()) % 7)
    hour, minute = map(int, when.at.split(":"))
    return clock.helsinki(day.year, day.month, day.day, hour, minute)


def _kind(told: schema.Item) -> ItemKind:
    """What the item asks of the meeting, by what it became unless the file tells."""
    if told.kind is not None:
        return told.kind
    if told.elections:
        return ItemKind.ELECTION
    title = told.title.fi.lower()
    if title.startswith("kokouksen") or "tarkastajien valinta" in title:
        return ItemKind.FORMAL
    if told.outcome is None:
        return ItemKind.DISCUSSION
    if told.outcome in DECIDED:
        return ItemKind.DECISION
    return ItemKind.DISCUSSION if told.discussion else ItemKind.INFORMATION
