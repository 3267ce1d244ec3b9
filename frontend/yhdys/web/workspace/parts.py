"""What belongs to a record so closely that its history tells of it too, and what of it can be put back."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import models

from yhdys.accounts.models import StaffRole, User
from yhdys.audit.queries import Part
from yhdys.core.names import in_all
from yhdys.councils.actions import bodies
from yhdys.councils.models import (
    Body,
    ExternalDecision,
    FollowedMatter,
    HostPeriod,
    Mandate,
    Membership,
    PublicationChannel,
    Seat,
    Term,
    TimelineEvent,
)
from yhdys.meetings.actions import agenda
from yhdys.meetings.models import AgendaItem, Assignment, Meeting, Minutes, Paper, Resolution
from yhdys.news import actions as news
from yhdys.news.models import Article, Elsewhere
from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.organisations import actions as organisations
from yhdys.organisations.models import Consent, Contact, Organisation

_ITEMS = Part(AgendaItem, "meeting", called_by=tuple(in_all("title")))

PARTS: dict[type[models.Model], tuple[Part, ...]] = {
    Article: (Part(Elsewhere, "article", called_by=("url",)),),
    Body: (
        Part(HostPeriod, "body", called_by=("authority",)),
        Part(Mandate, "body", called_by=tuple(in_all("title", "text"))),
        Part(TimelineEvent, "body", called_by=tuple(in_all("title"))),
        Part(ExternalDecision, "body", called_by=tuple(in_all("title"))),
        Part(PublicationChannel, "body", called_by=tuple(in_all("name"))),
        Part(FollowedMatter, "body", called_by=tuple(in_all("title"))),
    ),
    Contact: (Part(Consent, "contact", called_by=("field",)),),
    Meeting: (
        _ITEMS,
        Part(Resolution, "item", above=_ITEMS, called_by=("item",)),
        Part(Assignment, "item", above=_ITEMS, called_by=("what",)),
        Part(Paper, "meeting", called_by=("title",)),
        Part(Minutes, "meeting"),
    ),
    NominationCall: (Part(CallInvitation, "call", called_by=("name",)),),
    Term: (
        Part(Seat, "term", called_by=(*in_all("label"), "sector")),
        Part(Membership, "term", called_by=("contact",)),
    ),
    User: (Part(StaffRole, "user", called_by=("role",)),),
}


@dataclass(frozen=True)
class Restorable:
    """An earlier version can be put back."""

    permission: str
    address: str
    """The name of the page that asks, with ``pk`` and ``version``."""
    columns: Collection[str]
    action: Callable[..., models.Model]
    """Called with the record, the version and ``by``."""


RESTORABLE: dict[type[models.Model], Restorable] = {
    AgendaItem: Restorable(
        "meetings.change_agenda", "workspace:agenda-item-restore", agenda.RESTORED_OF_ITEM, agenda.restore_item
    ),
    Article: Restorable("news.write_article", "workspace:article-restore", news.WRITTEN, news.restore_article),
    Body: Restorable("councils.change_body", "workspace:body-restore", bodies.RESTORED_OF_BODY, bodies.restore_body),
    Contact: Restorable(
        "organisations.change_contact",
        "workspace:contact-restore",
        organisations.RESTORED[Contact],
        organisations.restore_contact,
    ),
    Organisation: Restorable(
        "organisations.change_organisation",
        "workspace:organisation-restore",
        organisations.RESTORED[Organisation],
        organisations.restore_organisation,
    ),
}
