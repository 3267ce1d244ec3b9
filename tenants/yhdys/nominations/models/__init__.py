"""Nomination calls: who is asked, who is named, and what balance a region wants."""

from yhdys.nominations.models.call import CallInvitation, NominationCall
from yhdys.nominations.models.nomination import Nomination, Nominee
from yhdys.nominations.models.target import Target

__all__ = ["CallInvitation", "Nomination", "NominationCall", "Nominee", "Target"]
