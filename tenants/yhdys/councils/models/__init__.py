"""The region's councils: what they are, who sits in them, what was decided about them elsewhere."""

from yhdys.councils.models.authority import Authority
from yhdys.councils.models.body import Body, HostPeriod, Mandate
from yhdys.councils.models.membership import Membership
from yhdys.councils.models.representation import OutsideGroup, Representation, RepresentationReport
from yhdys.councils.models.settlement import Settlement
from yhdys.councils.models.surroundings import (
    ExternalDecision,
    ExternalProgramme,
    FollowedMatter,
    PublicationChannel,
    TimelineEvent,
)
from yhdys.councils.models.term import Seat, Term

__all__ = [
    "Authority",
    "Body",
    "ExternalDecision",
    "ExternalProgramme",
    "FollowedMatter",
    "HostPeriod",
    "Mandate",
    "Membership",
    "OutsideGroup",
    "PublicationChannel",
    "Representation",
    "RepresentationReport",
    "Seat",
    "Settlement",
    "Term",
    "TimelineEvent",
]
