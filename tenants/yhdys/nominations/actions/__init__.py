"""What is done to nomination calls: one verb, one function."""

from yhdys.nominations.actions.answers import (
    Names,
    Person,
    answer_call,
    choose_nomination,
    decline_call,
    link_organisation,
    propose_openly,
)
from yhdys.nominations.actions.calls import (
    change_call,
    close_call,
    create_call,
    invite,
    invite_known,
    open_call,
    remove_call,
    remove_invitation,
    set_address,
)
from yhdys.nominations.actions.letters import remind_silent, send_letter_again
from yhdys.nominations.actions.outcome import appoint_members, propose_composition, return_proposal, tell_decision
from yhdys.nominations.actions.targets import remove_target, set_target

__all__ = [
    "Names",
    "Person",
    "answer_call",
    "appoint_members",
    "change_call",
    "choose_nomination",
    "close_call",
    "create_call",
    "decline_call",
    "invite",
    "invite_known",
    "link_organisation",
    "open_call",
    "propose_composition",
    "propose_openly",
    "remind_silent",
    "remove_call",
    "remove_invitation",
    "remove_target",
    "return_proposal",
    "send_letter_again",
    "set_address",
    "set_target",
    "tell_decision",
]
