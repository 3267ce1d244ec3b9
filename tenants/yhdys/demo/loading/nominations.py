"""Requests to name members, told as they happened: letters, answers, a reminder, the appointment."""

from datetime import timedelta
from functools import partial

from yhdys.councils.actions import end_membership
from yhdys.councils.enums import Role
from yhdys.councils.models import Body, ExternalDecision, Membership, Seat, Term
from yhdys.demo import schema
from yhdys.demo.loading.store import Store
from yhdys.demo.loading.story import Story
from yhdys.demo.schema_nominations import Call, Named
from yhdys.demo.schema_nominations import Target as ToldTarget
from yhdys.keywords.models import Sector
from yhdys.nominations import actions
from yhdys.nominations.enums import CallKind, Door, Gender, TargetKind
from yhdys.nominations.models import NominationCall, Target
from yhdys.organisations.enums import ConsentField
from yhdys.organisations.models import Contact
from yhdys.places.models import Municipality


def is_named(body: schema.Body, membership: schema.Membership) -> bool:
    """Whether a call of the body makes the membership, so that nobody else has to."""
    return any(
        membership.start == call.members_from
        and any(answer.seat == membership.seat and _place_of(answer, membership) for answer in call.answers)
        for call in body.calls
    )


def _place_of(answer: Named, membership: schema.Membership) -> bool:
    person = answer.deputy if membership.role == Role.DEPUTY else answer.member
    return person == membership.person


class NominationsLoader:
    """Loads the calls of one body into the story of its terms."""

    def __init__(self, body: schema.Body, store: Store, story: Story) -> None:
        self.told, self.store, self.story = body, store, story
        self.key = f"body/{body.key}"

    def load(self, call: Call) -> None:
        """Let each step happen on its day."""
        key = f"{self.key}/term/{call.term}/call"
        at = self.story.at
        for number, target in enumerate(call.targets, start=1):
            at(call.prepared, 9, partial(self.store.once, f"{key}/target/{number}", partial(self._target, target)))
        at(call.prepared, 10, partial(self.store.once, key, partial(self._prepare, call)))
        at(call.opened, 9, partial(self._open, key))
        for answer in call.answers:
            moment = answer.at
            at(moment.date(), moment.hour, partial(self._answer, key, answer), minute=moment.minute)
        at(call.deadline - timedelta(days=4), 8, self._remind, minute=20)
        at(call.deadline + timedelta(days=1), 8, self._remind, minute=20)
        at(call.closed, 15, partial(self._close, key))
        at(call.members_from, 8, partial(self._appoint, key, call))
        for membership in self.told.memberships:
            if membership.end is not None and is_named(self.told, membership):
                at(membership.end, 20, partial(self._end, call, membership))

    def _target(self, told: ToldTarget) -> Target:
        target = Target(body=self.store.get(Body, self.key), kind=TargetKind.SECTOR, at_least=told.at_least)
        if told.municipality:
            target.kind = TargetKind.MUNICIPALITY
            target.municipality = Municipality.objects.get(name_fi=told.municipality)
        else:
            target.sector = Sector.objects.get(code=told.sector)
        return actions.set_target(target, by=None)

    def _seat(self, call: Call, key: str) -> Seat:
        return self.store.get(Seat, f"{self.key}/term/{call.term}/seat/{key}")

    def _prepare(self, told: Call) -> NominationCall:
        body = self.store.get(Body, self.key)
        call = NominationCall(
            term=self.store.get(Term, f"{self.key}/term/{told.term}"),
            kind=CallKind.INVITED,
            order=body.appointing,
            opens_on=told.opened,
            deadline=told.deadline,
            decision=self.store.get(ExternalDecision, f"{self.key}/decision/{told.decision}"),
            **told.text.columns("text"),
        )
        made = actions.create_call(call, seats=[self._seat(told, answer.seat) for answer in told.answers], by=None)
        actions.invite_known(made, by=None)
        return made

    def _call(self, key: str) -> NominationCall:
        self.store.forget(key)
        return self.store.get(NominationCall, key)

    def _open(self, key: str) -> None:
        actions.open_call(self._call(key), by=None)

    def _answer(self, key: str, told: Named) -> None:
        call = self._call(key)
        seat = self.store.get(Seat, f"{key.removesuffix('/call')}/seat/{told.seat}")
        invitation = call.invitations.listed().get(seats=seat)
        if not told.member:
            actions.decline_call(invitation, way=Door.LINK)
            return
        deputy = self._person(told.deputy, told.deputy_gender) if told.deputy else None
        names = actions.Names(seat, self._person(told.member, told.gender), deputy)
        actions.answer_call(invitation, [names], way=Door.LINK)

    def _person(self, key: str, gender: Gender | None) -> actions.Person:
        contact = self.store.get(Contact, f"person/{key}")
        return actions.Person(
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            gender=gender or "",
            publishes_email=contact.publishes(ConsentField.EMAIL),
            publishes_phone=contact.publishes(ConsentField.PHONE),
        )

    def _remind(self) -> None:
        actions.remind_silent()

    def _close(self, key: str) -> None:
        actions.close_call(self._call(key), by=None)

    def _appoint(self, key: str, told: Call) -> None:
        actions.appoint_members(self._call(key), start=told.members_from, by=None)

    def _end(self, call: Call, told: schema.Membership) -> None:
        """Somebody who was named leaves before the term ends."""
        membership = Membership.objects.get(
            seat=self._seat(call, told.seat),
            contact=self.store.get(Contact, f"person/{told.person}"),
            role=told.role,
            start=told.start,
        )
        assert told.end is not None
        end_membership(membership, on=told.end, by=None)
