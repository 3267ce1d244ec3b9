"""What is done to councils: one verb, one function."""

from yhdys.councils.actions.bodies import (
    change_body,
    create_body,
    end_body,
    move_mandate,
    reorder_mandates,
    restore_body,
    start_hosting,
)
from yhdys.councils.actions.elections import (
    Elected,
    elect,
    note_constitution,
    take_back_constitution,
    take_back_election,
)
from yhdys.councils.actions.members import appoint, end_membership, replace
from yhdys.councils.actions.records import keep, remove
from yhdys.councils.actions.representations import (
    name_representative,
    set_end_of_mandate,
    take_back_report,
    tell_back,
)
from yhdys.councils.actions.terms import (
    add_seat,
    begin_review,
    change_seat,
    change_term,
    constitute_term,
    continue_term,
    copy_seats,
    end_term,
    hand_over_seat,
    plan_term,
    remove_seat,
    start_term,
)

__all__ = [
    "Elected",
    "add_seat",
    "appoint",
    "begin_review",
    "change_body",
    "change_seat",
    "change_term",
    "constitute_term",
    "continue_term",
    "copy_seats",
    "create_body",
    "elect",
    "end_body",
    "end_membership",
    "end_term",
    "hand_over_seat",
    "keep",
    "move_mandate",
    "name_representative",
    "note_constitution",
    "plan_term",
    "remove",
    "remove_seat",
    "reorder_mandates",
    "replace",
    "restore_body",
    "set_end_of_mandate",
    "start_hosting",
    "start_term",
    "take_back_constitution",
    "take_back_election",
    "take_back_report",
    "tell_back",
]
