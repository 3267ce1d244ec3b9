"""What belongs to a record so closely that its history tells of it too."""

from django.db import models

from yhdys.accounts.models import StaffRole, User
from yhdys.audit.queries import Part
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
from yhdys.meetings.models import AgendaItem, Assignment, Meeting, Minutes, Paper, Resolution
from yhdys.news.models import Article, Elsewhere
from yhdys.organisations.models import Consent, Contact
from yhdys.web.translated import in_all

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
    Term: (
        Part(Seat, "term", called_by=(*in_all("label"), "sector")),
        Part(Membership, "term", called_by=("contact",)),
    ),
    User: (Part(StaffRole, "user", called_by=("role",)),),
}
