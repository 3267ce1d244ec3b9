"""Addresses of the meetings' desk. They are nouns: what is made, changed or taken back stands in the address."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.meetings.views import (
    agenda,
    answers,
    ballots,
    convocation,
    desk,
    documents,
    lists,
    matters,
    minutes,
    papers,
    readings,
    record,
    standing,
    year_plan,
)

urlpatterns = [
    path("", lists.MeetingListPage.as_view(), name="meetings"),
    path(pgettext_lazy("address", "new/"), lists.MeetingAddPage.as_view(), name="meeting-add"),
    path(pgettext_lazy("address", "year-plan/"), year_plan.YearPlanPage.as_view(), name="meetings-year-plan"),
    path("<uuid:pk>/", desk.MeetingDesk.as_view(), name="meeting"),
    path(pgettext_lazy("address", "<uuid:pk>/basics/"), desk.MeetingChangePage.as_view(), name="meeting-change"),
    path(pgettext_lazy("address", "<uuid:pk>/preview/"), desk.MeetingPreviewPage.as_view(), name="meeting-preview"),
    path(pgettext_lazy("address", "<uuid:pk>/removal/"), desk.RemovalPage.as_view(), name="meeting-removal"),
    path(
        pgettext_lazy("address", "<uuid:pk>/announcement/"),
        desk.AnnouncementView.as_view(),
        name="meeting-announcement",
    ),
    path(
        pgettext_lazy("address", "<uuid:pk>/announcement/withdrawal/"),
        desk.AnnouncementWithdrawalView.as_view(),
        name="meeting-announcement-withdrawal",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/holding/"), desk.HoldingView.as_view(), name="meeting-holding"),
    path(pgettext_lazy("address", "<uuid:pk>/closing/"), desk.ClosingView.as_view(), name="meeting-closing"),
    # Standing items
    path(
        pgettext_lazy("address", "standing-items/<uuid:pk>/"),
        standing.StandingItemsPage.as_view(),
        name="standing-items",
    ),
    path(
        pgettext_lazy("address", "standing-items/<uuid:pk>/<slug:kind>/new/"),
        standing.StandingItemAddPage.as_view(),
        name="standing-item-add",
    ),
    path(
        pgettext_lazy("address", "standing-items/<uuid:pk>/<slug:kind>/common/"),
        standing.CommonItemsView.as_view(),
        name="standing-items-common",
    ),
    path(
        pgettext_lazy("address", "standing-items/items/<uuid:pk>/"),
        standing.StandingItemPage.as_view(),
        name="standing-item",
    ),
    path(
        pgettext_lazy("address", "standing-items/items/<uuid:pk>/place/"),
        standing.StandingItemPlaceView.as_view(),
        name="standing-item-place",
    ),
    path(
        pgettext_lazy("address", "standing-items/items/<uuid:pk>/removal/"),
        standing.StandingItemRemovalPage.as_view(),
        name="standing-item-removal",
    ),
    # The agenda
    path(pgettext_lazy("address", "<uuid:pk>/matters/"), matters.MattersPage.as_view(), name="meeting-matters"),
    path(pgettext_lazy("address", "<uuid:pk>/items/new/"), agenda.ItemAddPage.as_view(), name="agenda-item-add"),
    path(
        pgettext_lazy("address", "<uuid:pk>/items/tabled/"),
        agenda.TabledItemsView.as_view(),
        name="meeting-tabled-items",
    ),
    path(pgettext_lazy("address", "items/<uuid:pk>/"), agenda.ItemChangePage.as_view(), name="agenda-item"),
    path(
        pgettext_lazy("address", "items/<uuid:pk>/history/<uuid:version>/"),
        agenda.ItemRestorePage.as_view(),
        name="agenda-item-restore",
    ),
    path(pgettext_lazy("address", "items/<uuid:pk>/place/"), agenda.ItemPlaceView.as_view(), name="agenda-item-place"),
    path(
        pgettext_lazy("address", "items/<uuid:pk>/removal/"),
        agenda.ItemRemovalPage.as_view(),
        name="agenda-item-removal",
    ),
    # Papers
    path(pgettext_lazy("address", "<uuid:pk>/papers/new/"), papers.PaperAddPage.as_view(), name="paper-add"),
    path(pgettext_lazy("address", "papers/<uuid:pk>/"), papers.PaperChangePage.as_view(), name="paper-change"),
    path(pgettext_lazy("address", "papers/<uuid:pk>/file/"), papers.PaperFileView.as_view(), name="paper-file"),
    path(
        pgettext_lazy("address", "papers/<uuid:pk>/removal/"), papers.PaperRemovalPage.as_view(), name="paper-removal"
    ),
    # The call
    path(
        pgettext_lazy("address", "<uuid:pk>/convocation/"),
        convocation.ConvocationPage.as_view(),
        name="meeting-convocation",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/guests/new/"), convocation.GuestAddPage.as_view(), name="guest-add"),
    path(
        pgettext_lazy("address", "guests/<uuid:pk>/removal/"),
        convocation.GuestRemovalView.as_view(),
        name="guest-removal",
    ),
    path(
        pgettext_lazy("address", "<uuid:pk>/cancellation/"),
        convocation.CancellationPage.as_view(),
        name="meeting-cancellation",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/move/"), convocation.MovePage.as_view(), name="meeting-move"),
    path(pgettext_lazy("address", "<uuid:pk>/readings/"), readings.ReadingsPage.as_view(), name="meeting-readings"),
    # Documents
    path(pgettext_lazy("address", "<uuid:pk>/agenda.pdf"), documents.AgendaFileView.as_view(), name="agenda-file"),
    path(pgettext_lazy("address", "<uuid:pk>/minutes.pdf"), documents.MinutesFileView.as_view(), name="minutes-file"),
    path(pgettext_lazy("address", "<uuid:pk>/record.pdf"), documents.RecordFileView.as_view(), name="record-file"),
    path(
        pgettext_lazy("address", "<uuid:pk>/record.zip"), documents.RecordArchiveView.as_view(), name="record-archive"
    ),
    path(
        pgettext_lazy("address", "items/<uuid:pk>/excerpt.pdf"),
        documents.ExcerptFileView.as_view(),
        name="excerpt-file",
    ),
    # Answers
    path(pgettext_lazy("address", "<uuid:pk>/answer/"), answers.OwnAnswerPage.as_view(), name="meeting-answer"),
    path(
        pgettext_lazy("address", "invitations/<uuid:pk>/answer/"),
        answers.NotedAnswerPage.as_view(),
        name="invitation-answer",
    ),
    path(
        pgettext_lazy("address", "invitations/<uuid:pk>/letter/"),
        answers.LetterAgainView.as_view(),
        name="invitation-letter",
    ),
    # The record
    path(pgettext_lazy("address", "<uuid:pk>/attendance/"), record.AttendancePage.as_view(), name="meeting-attendance"),
    path(
        pgettext_lazy("address", "items/<uuid:pk>/outcome/"), record.OutcomePage.as_view(), name="agenda-item-outcome"
    ),
    path(
        pgettext_lazy("address", "items/<uuid:pk>/tasks/new/"),
        record.AssignmentAddPage.as_view(),
        name="assignment-add",
    ),
    path(
        pgettext_lazy("address", "tasks/<uuid:pk>/removal/"),
        record.AssignmentRemovalView.as_view(),
        name="assignment-removal",
    ),
    path(
        pgettext_lazy("address", "tasks/<uuid:pk>/done/"), record.AssignmentDoneView.as_view(), name="assignment-done"
    ),
    path(
        pgettext_lazy("address", "tasks/<uuid:pk>/reopening/"),
        record.AssignmentReopenView.as_view(),
        name="assignment-reopening",
    ),
    # Votes and elections
    path(pgettext_lazy("address", "items/<uuid:pk>/votes/new/"), ballots.VoteAddPage.as_view(), name="vote-add"),
    path(pgettext_lazy("address", "votes/<uuid:pk>/removal/"), ballots.VoteRemovalView.as_view(), name="vote-removal"),
    path(
        pgettext_lazy("address", "items/<uuid:pk>/elections/new/"),
        ballots.ElectionAddPage.as_view(),
        name="election-add",
    ),
    path(
        pgettext_lazy("address", "elections/<uuid:pk>/undoing/"),
        ballots.ElectionUndoPage.as_view(),
        name="election-undoing",
    ),
    # The minutes
    path(pgettext_lazy("address", "<uuid:pk>/minutes/"), minutes.MinutesPage.as_view(), name="meeting-minutes"),
    path(pgettext_lazy("address", "<uuid:pk>/minutes/text/"), minutes.TextPage.as_view(), name="minutes-text"),
    path(pgettext_lazy("address", "<uuid:pk>/minutes/review/"), minutes.ReviewPage.as_view(), name="minutes-review"),
    path(
        pgettext_lazy("address", "<uuid:pk>/minutes/approval/"), minutes.ApprovalView.as_view(), name="minutes-approval"
    ),
    path(
        pgettext_lazy("address", "<uuid:pk>/minutes/letters/"),
        minutes.LettersAgainView.as_view(),
        name="minutes-letters",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/minutes/return/"), minutes.ReturnPage.as_view(), name="minutes-return"),
    path(
        pgettext_lazy("address", "<uuid:pk>/minutes/publication/"),
        minutes.PublicationPage.as_view(),
        name="minutes-publication",
    ),
    path(
        pgettext_lazy("address", "<uuid:pk>/minutes/corrections/new/"),
        minutes.CorrectionPage.as_view(),
        name="minutes-correction",
    ),
]

navigation.door("workspace:meetings", pgettext_lazy("navigation", "Meetings"), order=20)
