"""Answers: one's own, one that the secretary notes, and letters that did not reach their receiver."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.actions import answer_invitation, send_letter_again
from yhdys.meetings.enums import Answer, AnsweredBy
from yhdys.meetings.models import Invitation
from yhdys.meetings.queries import deputies_for
from yhdys.web.workspace.base import ActionView, FormPage
from yhdys.web.workspace.meetings.forms import AnswerForm
from yhdys.web.workspace.meetings.views.base import MeetingMixin, PartMixin, desk_of


def own_invitation(user: Any, meeting: Any) -> Invitation | None:
    """The user's invitation in the meeting's latest call."""
    mine = Invitation.objects.to(meeting).current().for_desk().filter(contact__user=user)
    return mine.select_related("convocation__meeting", "contact", "membership").first()


def _answer_kwargs(invitation: Invitation) -> dict[str, Any]:
    given = invitation.is_answered
    initial = {"answer": invitation.answer, "deputy": invitation.deputy_id, "note": invitation.note} if given else {}
    return {"invitation": invitation, "deputies": deputies_for(invitation), "initial": initial}


class OwnAnswerPage(MeetingMixin, FormPage):
    """GET, POST …/<pk>/answer/: the signed-in user's own answer."""

    permission = "meetings.view_meeting"
    template_name = "workspace/meetings/answer.html"
    form_class = AnswerForm
    part = "answers"
    success_message = _("Your answer has been noted.")

    @cached_property
    def invitation(self) -> Invitation:
        """The user's own invitation. Raises Http404 for somebody who has not been called."""
        found = own_invitation(self.request.user, self.record)
        if found is None:
            raise Http404
        return found

    def form_kwargs(self) -> dict[str, Any]:
        return _answer_kwargs(self.invitation)

    def context(self) -> dict[str, Any]:
        return super().context() | {"invitation": self.invitation, "is_own": True}

    def perform(self, form: AnswerForm) -> str:
        self.require("meetings.answer_invitation", self.invitation)
        given = form.cleaned_data
        answer_invitation(
            self.invitation,
            answer=given["answer"],
            deputy=given.get("deputy") if given["answer"] == Answer.DEPUTY else None,
            note=given["note"],
            way=AnsweredBy.WORKSPACE,
            by=self.request.user,
        )
        return desk_of(self.record)


class InvitationMixin(PartMixin):
    """A view about one invitation."""

    model = Invitation
    to_meeting = "convocation__meeting"
    part = "answers"

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("contact", "membership", "mail")


class NotedAnswerPage(InvitationMixin, FormPage):
    """GET, POST: what somebody told the secretary by telephone or in the corridor."""

    permission = "meetings.note_answer"
    template_name = "workspace/meetings/answer.html"
    form_class = AnswerForm
    success_message = _("The answer has been noted.")

    def form_kwargs(self) -> dict[str, Any]:
        return _answer_kwargs(self.record)

    def context(self) -> dict[str, Any]:
        return super().context() | {"invitation": self.record, "is_own": False}

    def perform(self, form: AnswerForm) -> str:
        given = form.cleaned_data
        answer_invitation(
            self.record,
            answer=given["answer"],
            deputy=given.get("deputy") if given["answer"] == Answer.DEPUTY else None,
            note=given["note"],
            way=AnsweredBy.DESK,
            by=self.request.user,
        )
        return desk_of(self.meeting, self.part)


class LetterAgainView(InvitationMixin, ActionView):
    """POST: a letter that failed is tried again, to the person's present address."""

    permission = "meetings.send_again"
    success_message = _("The letter is on its way again.")

    def perform(self) -> str:
        send_letter_again(self.record, by=self.request.user)
        return desk_of(self.meeting, self.part)
