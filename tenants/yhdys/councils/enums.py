"""Kinds and states of councils."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BodyKind(models.TextChoices):
    """What a body is in the region."""

    REGIONAL_COUNCIL = "regional_council", pgettext_lazy("body", "Regional advisory council")
    SUBREGIONAL_COUNCIL = "subregional_council", pgettext_lazy("body", "Sub-regional advisory council")
    WORKING_COMMITTEE = "working_committee", pgettext_lazy("body", "Working committee")
    OTHER = "other", pgettext_lazy("body", "Other body")


class LegalStanding(models.TextChoices):
    """Whose body it is; legal texts and duties follow from this (law.md 6 and 7)."""

    HOST_ORGAN = "host_organ", pgettext_lazy("legal standing", "Organ of the host")
    COOPERATION = "cooperation", pgettext_lazy("legal standing", "Free cooperation body")


class MinutesKind(models.TextChoices):
    """What the body writes of its meetings."""

    MINUTES = "minutes", pgettext_lazy("kind of minutes", "Minutes")
    MEMO = "memo", pgettext_lazy("kind of minutes", "Memo")


class QuorumRule(models.TextChoices):
    """When a meeting can decide."""

    NONE = "none", pgettext_lazy("quorum", "No quorum")
    MAJORITY = "majority", pgettext_lazy("quorum", "More than half of the members")
    HALF = "half", pgettext_lazy("quorum", "At least half of the members")
    THIRD = "third", pgettext_lazy("quorum", "At least a third of the members")
    NUMBER = "number", pgettext_lazy("quorum", "A number of members")


class Balance(models.TextChoices):
    """How the 40 per cent of women and men binds (Equality Act, section 4 a)."""

    BINDING = "binding", pgettext_lazy("balance of women and men", "Binding")
    RECOMMENDED = "recommended", pgettext_lazy("balance of women and men", "Recommended")


class Appointing(models.TextChoices):
    """How its members come to their seats."""

    DECIDED_THEN_NAMED = (
        "decided_then_named",
        pgettext_lazy(
            "appointing", "The deciding body chooses the organisations, which then name their representatives"
        ),
    )
    PROPOSED_THEN_DECIDED = (
        "proposed_then_decided",
        pgettext_lazy("appointing", "Organisations propose, the deciding body appoints"),
    )
    CONSTITUTIVE_MEETING = "constitutive_meeting", pgettext_lazy("appointing", "The constitutive meeting elects")
    BY_POST = "by_post", pgettext_lazy("appointing", "A post in a network or an authority brings the seat")


class AuthorityKind(models.TextChoices):
    """What an authority is."""

    REGIONAL_COUNCIL = "regional_council", pgettext_lazy("authority", "Regional Council")
    MUNICIPALITY = "municipality", pgettext_lazy("authority", "Municipality")
    COUNTY = "county", pgettext_lazy("authority", "Wellbeing services county")
    JOINT_AUTHORITY = "joint_authority", pgettext_lazy("authority", "Joint municipal authority")
    MINISTRY = "ministry", pgettext_lazy("authority", "Ministry")
    STATE_AGENCY = "state_agency", pgettext_lazy("authority", "State agency")
    OTHER = "other", pgettext_lazy("authority", "Other authority")


class AuthorityLanguage(models.TextChoices):
    """In which languages an authority is written to."""

    FINNISH = "fi", pgettext_lazy("authority's language", "Finnish")
    SWEDISH = "sv", pgettext_lazy("authority's language", "Swedish")
    BOTH = "fi_sv", pgettext_lazy("authority's language", "Finnish and Swedish")


class MandateKind(models.TextChoices):
    """What a text of the mandate says."""

    OBJECTIVE = "objective", pgettext_lazy("mandate", "Objective")
    TASK = "task", pgettext_lazy("mandate", "Task")


class EventKind(models.TextChoices):
    """What happened in a body's story."""

    INITIATIVE = "initiative", pgettext_lazy("event", "Initiative")
    PREPARATION = "preparation", pgettext_lazy("event", "Preparation")
    DECISION = "decision", pgettext_lazy("event", "Decision")
    BEGINNING = "beginning", pgettext_lazy("event", "Beginning")
    OTHER = "other", pgettext_lazy("event", "Event")


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", pgettext_lazy("precision of a date", "Day")
    MONTH = "month", pgettext_lazy("precision of a date", "Month")
    YEAR = "year", pgettext_lazy("precision of a date", "Year")


class ChannelKind(models.TextChoices):
    """Where else a body publishes."""

    HOST_SITE = "host_site", pgettext_lazy("channel", "The host's website")
    OWN_SITE = "own_site", pgettext_lazy("channel", "Own website")
    SOCIAL_MEDIA = "social_media", pgettext_lazy("channel", "Social media")
    NEWSLETTER = "newsletter", pgettext_lazy("channel", "Newsletter")
    BLOG = "blog", pgettext_lazy("channel", "Blog")
    OTHER = "other", pgettext_lazy("channel", "Other channel")


class ChannelState(models.TextChoices):
    """Whether a channel is there."""

    COMING = "coming", pgettext_lazy("channel", "Coming")
    IN_USE = "in_use", pgettext_lazy("channel", "In use")
    ENDED = "ended", pgettext_lazy("channel", "Ended")


class TermState(models.TextChoices):
    """Where a term is in its life; written by ``workflow`` only."""

    PLANNED = "planned", pgettext_lazy("term", "Planned")
    RUNNING = "running", pgettext_lazy("term", "Running")
    UNDER_REVIEW = "under_review", pgettext_lazy("term", "Under review")
    ENDED = "ended", pgettext_lazy("term", "Ended")


class Settled(models.TextChoices):
    """What became of an open matter when its term ended."""

    CARRIED = "carried", pgettext_lazy("open matter", "Carried over")
    CLOSED = "closed", pgettext_lazy("open matter", "Closed")


class GroupKind(models.TextChoices):
    """What a group outside the councils is."""

    PARTNERSHIP_TABLE = "partnership_table", pgettext_lazy("outside group", "Partnership table")
    WORKING_GROUP = "working_group", pgettext_lazy("outside group", "Working group")
    OTHER = "other", pgettext_lazy("outside group", "Other group")


class StandsAs(models.TextChoices):
    """As what somebody represents in a group outside."""

    MEMBER = "member", pgettext_lazy("representation", "Member")
    DEPUTY = "deputy", pgettext_lazy("representation", "Deputy")


class Represents(models.TextChoices):
    """Whom a seat speaks for."""

    SECTOR = "sector", pgettext_lazy("seat", "Sector of organisations")
    ORGANISATION = "organisation", pgettext_lazy("seat", "Organisation")
    MUNICIPALITY = "municipality", pgettext_lazy("seat", "Municipality")
    AUTHORITY = "authority", pgettext_lazy("seat", "Host or other authority")
    COUNTY = "county", pgettext_lazy("seat", "Wellbeing services county")
    EXPERT = "expert", pgettext_lazy("seat", "Expert")
    BODY = "body", pgettext_lazy("seat", "Another body")
    POST = "post", pgettext_lazy("seat", "Holder of a post")


class Role(models.TextChoices):
    """What somebody is in a body."""

    CHAIR = "chair", pgettext_lazy("role", "Chair")
    VICE_CHAIR = "vice_chair", pgettext_lazy("role", "Vice chair")
    SECRETARY = "secretary", pgettext_lazy("role", "Secretary")
    COMMUNICATIONS = "communications", pgettext_lazy("role", "Communications officer")
    MEMBER = "member", pgettext_lazy("role", "Member")
    DEPUTY = "deputy", pgettext_lazy("role", "Deputy")
    EXPERT = "expert", pgettext_lazy("role", "Expert member")


OFFICERS = (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY, Role.COMMUNICATIONS)
"""Roles of an office, which may be held beside a seat or without one."""


class MatterState(models.TextChoices):
    """Where a followed reform is."""

    PLANNED = "planned", pgettext_lazy("followed matter", "Being prepared")
    IN_FORCE = "in_force", pgettext_lazy("followed matter", "In force")
    ENDED = "ended", pgettext_lazy("followed matter", "No longer followed")


class ProgrammeKind(models.TextChoices):
    """What an outside text is that a body cites as a ground."""

    ACT = "act", pgettext_lazy("programme", "Act or decree")
    GOVERNMENT_PROGRAMME = "government_programme", pgettext_lazy("programme", "Government programme")
    STRATEGY = "strategy", pgettext_lazy("programme", "Strategy or programme")
    AGREEMENT = "agreement", pgettext_lazy("programme", "Agreement")
    PROJECT = "project", pgettext_lazy("programme", "Project")
    OTHER = "other", pgettext_lazy("programme", "Other")
