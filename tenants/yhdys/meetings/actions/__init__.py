"""What can be done to a meeting, one verb a function.

Each is one transaction, locks what it decides on, refuses by ``ActionRefused`` with a sentence, and leaves an audit
row. Letters are effects of the same transaction. Rights are asked by the caller (``core.access.require``). ``by`` is
the acting user, None for the system itself.
"""

from yhdys.meetings.actions.agenda import (
    add_item,
    change_item,
    move_item,
    remove_item,
    restore_item,
    take_over_tabled_items,
    take_up_item,
    take_up_matter,
)
from yhdys.meetings.actions.ballots import Stood, record_election, record_vote, remove_vote, undo_election
from yhdys.meetings.actions.convocation import (
    add_guest,
    answer_invitation,
    cancel_meeting,
    convene_meeting,
    remove_guest,
    reschedule_meeting,
    send_letter_again,
)
from yhdys.meetings.actions.meeting import (
    announce_meeting,
    change_meeting,
    clone_meeting,
    close_meeting,
    create_meeting,
    hold_meeting,
    move_to_term,
    remove_meeting,
    withdraw_announcement,
)
from yhdys.meetings.actions.minutes import (
    approve_minutes,
    correct_minutes,
    publish_minutes,
    return_minutes,
    send_minutes_for_review,
    send_to_unreached,
    start_minutes,
    write_minutes,
)
from yhdys.meetings.actions.naming import name_at_item
from yhdys.meetings.actions.papers import add_paper, change_paper, remove_paper
from yhdys.meetings.actions.practice import (
    deliver_papers_to,
    invite_by_office,
    set_practice,
    stop_delivering,
    stop_inviting,
)
from yhdys.meetings.actions.record import (
    add_assignment,
    close_assignment,
    finish_assignment,
    record_attendance,
    record_outcome,
    remove_assignment,
    reopen_assignment,
)
from yhdys.meetings.actions.standing import (
    add_standing_item,
    begin_with_common_items,
    change_standing_item,
    move_standing_item,
    remove_standing_item,
)
from yhdys.meetings.actions.year_plan import plan_meetings
from yhdys.meetings.queries import Present

__all__ = [
    "Present",
    "Stood",
    "add_assignment",
    "add_guest",
    "add_item",
    "add_paper",
    "add_standing_item",
    "announce_meeting",
    "answer_invitation",
    "approve_minutes",
    "begin_with_common_items",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "change_paper",
    "change_standing_item",
    "clone_meeting",
    "close_assignment",
    "close_meeting",
    "convene_meeting",
    "correct_minutes",
    "create_meeting",
    "deliver_papers_to",
    "finish_assignment",
    "hold_meeting",
    "invite_by_office",
    "move_item",
    "move_standing_item",
    "move_to_term",
    "name_at_item",
    "plan_meetings",
    "publish_minutes",
    "record_attendance",
    "record_election",
    "record_outcome",
    "record_vote",
    "remove_assignment",
    "remove_guest",
    "remove_item",
    "remove_meeting",
    "remove_paper",
    "remove_standing_item",
    "remove_vote",
    "reopen_assignment",
    "reschedule_meeting",
    "restore_item",
    "return_minutes",
    "send_letter_again",
    "send_minutes_for_review",
    "send_to_unreached",
    "set_practice",
    "start_minutes",
    "stop_delivering",
    "stop_inviting",
    "take_over_tabled_items",
    "take_up_item",
    "take_up_matter",
    "undo_election",
    "withdraw_announcement",
    "write_minutes",
]
