"""Bodies with their story, terms, seats and rosters, told as they happened."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from yhdys.councils import actions
from yhdys.councils.enums import OFFICERS, Represents, Role
from yhdys.councils.models import (
    Authority,
    Body,
    ExternalDecision,
    ExternalProgramme,
    FollowedMatter,
    Mandate,
    Membership,
    PublicationChannel,
    Seat,
    Term,
    TimelineEvent,
)
from yhdys.demo import schema
from yhdys.demo.loading.nominations import NominationsLoader, is_named
from yhdys.demo.loading.store import Store
from yhdys.demo.loading.story import Story
from yhdys.demo.loading.texts import flowing_columns
from yhdys.keywords.models import Sector
from yhdys.organisations.models import Contact, Organisation
from yhdys.places.models import Municipality, WellbeingServicesCounty
from yhdys.regions.reference import known_region

PLANNED_BEFORE = timedelta(days=14)
SEATED = (Role.MEMBER, Role.DEPUTY, Role.EXPERT)
EXPERT_SEAT = schema.Text("Asiantuntijajäsen", "Sakkunnigmedlem", "Expert member")


class CouncilLoader:
    """Loads ``council.yaml`` of one region."""

    def __init__(self, content: schema.Content, store: Store, story: Story) -> None:
        self.content = content
        self.store = store
        self.story = story
        self.municipalities = {
            place.name_fi: place for place in Municipality.objects.of_region(known_region(content.slug).code)
        }
        self.authorities = {one.key: one for one in content.organisations.authorities}

    def load(self) -> None:
        """Authorities first, for everything else names them; then each body. What happened in them joins the story."""
        for authority in sorted(self.content.organisations.authorities, key=lambda one: bool(one.successor)):
            self.store.once(f"authority/{authority.key}", partial(self.authority, authority))
        for body in self.content.council.bodies:
            self.store.once(f"body/{body.key}", partial(self.body, body))
        for body in self.content.council.bodies:
            self.surroundings(body)
        self.channels()
        for body in self.content.council.bodies:
            self.terms(body)

    def authority(self, told: schema.Authority) -> Authority:
        authority = Authority(
            **told.name.columns("name"),
            kind=told.kind,
            start=told.since,
            end=told.until,
            municipality=self.municipalities.get(told.municipality),
            registry_email=told.registry_email,
            language=told.language,
        )
        if told.county:
            authority.county = WellbeingServicesCounty.objects.get(code=told.county)
        if told.successor:
            authority.successor = self.store.get(Authority, f"authority/{told.successor}")
        return actions.keep(authority, by=None)

    def body(self, told: schema.Body) -> Body:
        body = Body(
            kind=told.kind,
            **told.name.columns("name"),
            **flowing_columns(told.purpose, "purpose"),
            **flowing_columns(told.composition, "composition"),
            legal_standing=told.legal_standing,
            founded_on=told.founded,
            founded_year=told.founded_year,
            appointing=told.appointing or "",
            may_enlarge_itself=told.may_enlarge_itself,
            quorum_rule=told.quorum,
            minutes_kind=told.minutes_kind,
            balance=told.balance,
            controller=told.controller,
            email=told.email,
        )
        if told.parent:
            body.parent = self.store.get(Body, f"body/{told.parent}")
        made = actions.create_body(
            body, municipalities=[self.municipalities[one] for one in told.municipalities], by=None
        )
        if told.host:
            host = self.store.get(Authority, f"authority/{told.host}")
            actions.start_hosting(made, host, start=told.founded, by=None)
        return made

    def surroundings(self, told: schema.Body) -> None:
        """Decisions, the timeline, the mandate, followed matters and cited texts."""
        key = f"body/{told.key}"
        for decision in told.decisions:
            self.store.once(f"{key}/decision/{decision.key}", partial(self._decision, key, decision))
        for number, event in enumerate(told.timeline, start=1):
            self.store.once(f"{key}/event/{number}", partial(self._event, key, event))
        for number, mandate in enumerate(told.mandates, start=1):
            self.store.once(f"{key}/mandate/{number}", partial(self._mandate, key, mandate))
        for number, matter in enumerate(told.followed_matters, start=1):
            self.store.once(f"{key}/matter/{number}", partial(self._matter, key, matter))
        for number, programme in enumerate(told.programmes, start=1):
            self.store.once(f"{key}/programme/{number}", partial(self._programme, programme))

    def channels(self) -> None:
        """Where else the regional council publishes."""
        council = next(one for one in self.content.council.bodies if not one.parent)
        for channel in self.content.settings.channels:
            self.store.once(f"channel/{channel.key}", partial(self._channel, f"body/{council.key}", channel))

    def terms(self, body: schema.Body) -> None:
        """Each term from its planning to its end, with the seats and people of it."""
        for term in body.terms:
            key = f"body/{body.key}/term/{term.key}"
            if self.store.has(key):
                continue
            calls = [call for call in body.calls if call.term == term.key]
            planned = min([term.start - PLANNED_BEFORE, *(call.prepared for call in calls)])
            self.story.at(planned, 8, partial(self._plan, body, term, key))
            for call in calls:
                NominationsLoader(body, self.store, self.story).load(call)
            self._people(body, term)
            self.story.at(term.start, 9, partial(self._run, actions.start_term, key))
            self._constitution(body, term, key)
            self._successions(body, term)
            if term.review is not None:
                self.story.at(term.review, 8, partial(self._run, actions.begin_review, key))
            if term.end is not None:
                self.story.at(term.end, 23, partial(self._run, actions.end_term, key))

    def _decision(self, body: str, told: schema.Decision) -> ExternalDecision:
        decision = ExternalDecision(
            body=self.store.get(Body, body),
            **told.deciding_body.columns("deciding_body"),
            **told.title.columns("title"),
            date=told.date,
            url=told.url,
        )
        return actions.keep(decision, by=None)

    def _event(self, body: str, told: schema.Event) -> TimelineEvent:
        event = TimelineEvent(
            body=self.store.get(Body, body),
            kind=told.kind,
            date=told.date,
            precision=told.precision,
            **told.title.columns("title"),
        )
        if told.decision:
            event.decision = self.store.get(ExternalDecision, f"{body}/decision/{told.decision}")
        return actions.keep(event, by=None)

    def _mandate(self, body: str, told: schema.Mandate) -> Mandate:
        mandate = Mandate(body=self.store.get(Body, body), kind=told.kind, **flowing_columns(told.text, "text"))
        return actions.keep(mandate, by=None)

    def _matter(self, body: str, told: schema.Matter) -> FollowedMatter:
        matter = FollowedMatter(
            body=self.store.get(Body, body),
            **told.title.columns("title"),
            **flowing_columns(told.text, "text"),
            **flowing_columns(told.planned_for, "planned_for"),
            state=told.state,
            in_force_on=told.in_force_on,
        )
        return actions.keep(matter, by=None)

    def _programme(self, told: schema.Programme) -> ExternalProgramme:
        programme = ExternalProgramme(
            kind=told.kind,
            **told.name.columns("name"),
            **flowing_columns(told.owner, "owner"),
            reference=told.reference,
            start=told.start,
            end=told.end,
        )
        return actions.keep(programme, by=None)

    def _channel(self, body: str, told: schema.Channel) -> PublicationChannel:
        channel = PublicationChannel(
            body=self.store.get(Body, body),
            kind=told.kind,
            state=told.state,
            **told.name.columns("name"),
            **flowing_columns(told.what, "what"),
            url=told.url,
            since=told.since,
        )
        return actions.keep(channel, by=None)

    def _run(self, step: Callable[..., Term], key: str) -> None:
        step(self.store.get(Term, key), by=None)

    def _plan(self, body: schema.Body, told: schema.Term, key: str) -> None:
        def make() -> Term:
            term = Term(
                body=self.store.get(Body, f"body/{body.key}"),
                start=told.start,
                end=told.end,
                is_pilot=told.pilot,
                review_on=told.review,
                **flowing_columns(told.notes, "notes"),
            )
            if told.decision:
                term.decision = self.store.get(ExternalDecision, f"body/{body.key}/decision/{told.decision}")
            if told.convener:
                term.convener = self._contact(told.convener)
            return actions.plan_term(term, by=None)

        self.store.once(key, make)
        for seat in body.seats:
            if told.key in _terms_of(seat) and not (seat.since is not None and seat.since > told.start):
                self._seat(body, told, seat)

    def _seat(self, body: schema.Body, term: schema.Term, told: schema.Seat) -> None:
        key = f"body/{body.key}/term/{term.key}"

        def make() -> Seat:
            seat = Seat(
                term=self.store.get(Term, key),
                represents=Represents.SECTOR,
                is_voting=told.voting,
                by_post=told.by_post,
                start=told.since if told.since is not None and told.since > term.start else None,
                municipality=self.municipalities.get(told.municipality),
            )
            if told.organisation:
                seat.organisation = self.store.get(Organisation, f"organisation/{told.organisation}")
            if told.sector:
                seat.sector = Sector.objects.get(code=told.sector)
            if told.authority:
                seat.represents = Represents.MUNICIPALITY if told.municipality else Represents.AUTHORITY
                seat.authority = self.store.get(Authority, f"authority/{self._authority_of(told, term)}")
            if told.represents:
                seat.represents = Represents.BODY
                seat.other_body = self.store.get(Body, f"body/{told.represents}")
            if told.expert:
                seat.represents = Represents.EXPERT
                for column, words in EXPERT_SEAT.columns("label").items():
                    setattr(seat, column, words)
            return actions.add_seat(seat, by=None)

        self.store.once(f"{key}/seat/{told.key}", make)

    def _authority_of(self, seat: schema.Seat, term: schema.Term) -> str:
        """The authority that holds the seat when the term begins: a successor, where the first one has ended."""
        authority = self.authorities[seat.authority]
        while authority.until is not None and authority.until < term.start:
            authority = self.authorities[authority.successor]
        return authority.key

    def _people(self, body: schema.Body, term: schema.Term) -> None:
        """Memberships of the term; what the constitutive meeting elects is left to it."""
        elected = self._elected(body, term)
        seated_first = sorted(enumerate(body.memberships), key=lambda one: one[1].role == Role.DEPUTY)
        for number, told in seated_first:
            start = max(told.start, term.start)
            end = min((day for day in (told.end, term.end) if day is not None), default=None)
            if (term.end is not None and start > term.end) or (end is not None and end < start):
                continue
            if (told.role, told.person) in elected and start == elected[told.role, told.person]:
                continue
            if is_named(body, told):
                continue
            key = f"body/{body.key}/term/{term.key}"
            # Whoever begins with the term is named when it is planned, so that the first meeting can be called.
            named = start - PLANNED_BEFORE if start == term.start and told.role in SEATED else start
            self.story.at(named, 8, partial(self._member, body, term, told, f"{key}/membership/{number}", start, end))

    def _member(
        self,
        body: schema.Body,
        term: schema.Term,
        told: schema.Membership,
        key: str,
        start: date,
        end: date | None,
    ) -> None:
        of_term = f"body/{body.key}/term/{term.key}"

        def make() -> Membership:
            seat = None
            if told.seat:
                self._seat(body, term, next(one for one in body.seats if one.key == told.seat))
                seat = self.store.get(Seat, f"{of_term}/seat/{told.seat}")
            organisation = authority = None
            if self.store.has(f"organisation/{told.on_behalf_of}"):
                organisation = self.store.get(Organisation, f"organisation/{told.on_behalf_of}")
            elif told.on_behalf_of:
                authority = self.store.get(Authority, f"authority/{told.on_behalf_of}")
            return actions.appoint(
                term=self.store.get(Term, of_term),
                seat=seat,
                contact=self._contact(told.person),
                role=told.role,
                start=start,
                end=end,
                organisation=organisation,
                authority=authority,
                by=None,
            )

        self.store.once(key, make)

    def _constitution(self, body: schema.Body, term: schema.Term, key: str) -> None:
        elected = self._elected(body, term)
        if not elected:
            return
        (day,) = set(elected.values())
        offices = {role: person for role, person in elected if role in OFFICERS}

        def constitute() -> None:
            people = {role: self._contact(person) for role, person in offices.items()}
            actions.constitute_term(self.store.get(Term, key), on=day, elected=people, by=None)

        self.story.at(day, 16, constitute)

    def _elected(self, body: schema.Body, term: schema.Term) -> dict[tuple[Role, str], date]:
        """Whom the constitutive meeting of the term elected to which office, and when."""
        return {
            (election.role, election.person): meeting.start.date()
            for meeting in self.content.meetings.meetings
            if meeting.body == body.key and meeting.start is not None
            if term.start <= meeting.start.date() and (term.end is None or meeting.start.date() <= term.end)
            for item in meeting.items
            for election in item.elections
        }

    def _successions(self, body: schema.Body, term: schema.Term) -> None:
        """A successor takes over an authority's seat in the middle of the term."""
        for seat in body.seats:
            if not seat.authority or term.key not in _terms_of(seat):
                continue
            before = self.authorities[self._authority_of(seat, term)]
            if before.until is None or (term.end is not None and before.until >= term.end):
                continue
            day = before.until + timedelta(days=1)
            key = f"body/{body.key}/term/{term.key}/seat/{seat.key}"
            self.story.at(day, 0, partial(self._hand_over, key, before.successor, day), minute=5)

    def _hand_over(self, key: str, to: str, day: date) -> None:
        self.store.once(
            f"{key}/{to}",
            lambda: actions.hand_over_seat(
                self.store.get(Seat, key), self.store.get(Authority, f"authority/{to}"), on=day, by=None
            ),
        )

    def _contact(self, person: str) -> Contact:
        return self.store.get(Contact, f"person/{person}")


def _terms_of(seat: schema.Seat) -> list[str]:
    return seat.terms or [seat.term]
