"""The news desk: write, look, publish."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.accounts.models import User
from yhdys.meetings.models import Meeting
from yhdys.news import actions
from yhdys.news.enums import ArticleState
from yhdys.news.models import Article, Elsewhere
from yhdys.news.workflow import can_go
from yhdys.web.public.news.views import article_context
from yhdys.web.requests import UserRequest
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import (
    FormPage,
    ListPage,
    RecordActionView,
    RecordFormPage,
    RecordMixin,
    RecordPage,
    WorkspaceView,
)
from yhdys.web.workspace.news.forms import ArticleFilter, ArticleForm, ElsewhereForm, ScheduleForm, WithdrawalForm
from yhdys.web.workspace.restoring import RestorePage
from yhdys.web.workspace.trail import trail_of


def address_of(article: Article) -> str:
    """The article's page on the desk."""
    return reverse("workspace:article", kwargs={"pk": article.pk})


def steps_of(article: Article) -> list[dict[str, str]]:
    """The line of steps: written, perhaps scheduled, published, perhaps withdrawn."""
    state = ArticleState(article.state)
    order = [ArticleState.DRAFT, ArticleState.PUBLISHED]
    if state == ArticleState.SCHEDULED:
        order.insert(1, state)
    if state == ArticleState.WITHDRAWN:
        order.append(state)
    here = order.index(state)
    return [
        {"name": str(step.label), "state": "done" if place < here else "now" if place == here else "next"}
        for place, step in enumerate(order)
    ]


def write(form: ArticleForm, by: User) -> Article:
    """Save the text, and the image where it was given or taken away."""
    return actions.write_article(
        form.written,
        keywords=form.cleaned_data["keywords"],
        picture=form.prepared,
        without_image=bool(form.cleaned_data.get("without_image")),
        by=by,
    )


class ArticleListPage(ListPage):
    """GET …/news/: what waits first."""

    permission = "news.view_articles"
    template_name = "workspace/news/list.html"
    filter_form_class = ArticleFilter

    def queryset(self) -> QuerySet[Article]:
        rows: QuerySet[Article] = Article.objects.visible_to(self.request.user).for_desk()
        return rows

    def filtered(self, rows: QuerySet[Any], wishes: dict[str, Any]) -> QuerySet[Any]:
        for word in wishes["q"].split():
            rows = rows.filter(Q(title_fi__icontains=word) | Q(title_sv__icontains=word) | Q(title_en__icontains=word))
        if wishes["state"]:
            rows = rows.filter(state=wishes["state"])
        return rows.filter(kind=wishes["kind"]) if wishes["kind"] else rows


class NewArticlePage(FormPage):
    """GET, POST …/news/new/."""

    permission = "news.write_article"
    template_name = "workspace/news/edit.html"
    form_class = ArticleForm
    success_message = gettext_lazy("The draft has been saved. Nobody outside sees it yet.")

    def perform(self, form: ArticleForm) -> str:
        return address_of(write(form, self.request.user))


class MeetingBulletinView(RecordActionView):
    """POST …/news/meetings/<pk>/bulletin/: a bulletin of what the meeting resolved, opened in the editor."""

    model = Meeting
    permission = "news.write_article"
    success_message = gettext_lazy("A draft has been made of the decisions. Read it through before you publish it.")

    def perform(self) -> str:
        article = actions.draft_bulletin(self.record, by=self.request.user)
        return reverse("workspace:article-edit", kwargs={"pk": article.pk})

    def refused_url(self) -> str:
        return reverse("workspace:meeting-minutes", kwargs={"pk": self.record.pk})


class ArticleMixin(RecordMixin):
    """A view about one article."""

    model = Article

    def refused_url(self) -> str:
        return address_of(self.record)


class ArticlePage(ArticleMixin, RecordPage):
    """GET …/news/<pk>/: the state, what is missing, and the next step as the one primary button."""

    permission = "news.view_articles"
    template_name = "workspace/news/article.html"

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Article.objects.visible_to(self.request.user).whole()
        return rows

    def context(self) -> dict[str, Any]:
        article: Article = self.record
        edit = reverse("workspace:article-edit", kwargs={"pk": article.pk})
        is_waiting = can_go(article, ArticleState.PUBLISHED)
        missing = actions.missing_for_publishing(article) if is_waiting else []
        return super().context() | {
            "steps": steps_of(article),
            "missing": [{"text": text, "url": edit} for text in missing],
            "can_publish": is_waiting and not missing,
            "can_schedule": can_go(article, ArticleState.SCHEDULED) and not missing,
            "trail": trail_of(article, self.request.user, values=self.allowed("news.write_article", article)),
            "written_in": article.languages(),
        }


class EditArticlePage(ArticleMixin, VersionedFormPage):
    """GET, POST …/news/<pk>/text/. What somebody else saved meanwhile is shown, never overwritten."""

    permission = "news.write_article"
    template_name = "workspace/news/edit.html"
    form_class = ArticleForm
    success_message = gettext_lazy("Saved.")

    def perform(self, form: ArticleForm) -> str:
        return address_of(write(form, self.request.user))


class ArticleRestorePage(ArticleMixin, RestorePage):
    """GET, POST …/news/<pk>/history/<version>/."""

    permission = "news.write_article"

    @property
    def back(self) -> str:
        return address_of(self.record)


class PreviewPage(ArticleMixin, WorkspaceView):
    """GET …/news/<pk>/preview/: the article as the public will see it."""

    permission = "news.view_articles"

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Article.objects.visible_to(self.request.user).whole()
        return rows

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = article_context(self.record) | {"preview_of": address_of(self.record)}
        return render(request, "public/news/article.html", context)


class PublicationPage(ArticleMixin, RecordPage):
    """…/news/<pk>/publication/: GET asks, POST publishes now."""

    permission = "news.publish_article"
    template_name = "workspace/news/publication.html"

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        article = actions.publish_article(self.record, by=request.user)
        return self.success(_("The article is public."), address_of(article))


class SchedulePage(ArticleMixin, RecordFormPage):
    """GET, POST …/news/<pk>/schedule/."""

    permission = "news.publish_article"
    template_name = "workspace/news/schedule.html"
    form_class = ScheduleForm
    success_message = gettext_lazy("The article comes out by itself.")

    def perform(self, form: ScheduleForm) -> str:
        return address_of(actions.schedule_article(self.record, at=form.cleaned_data["at"], by=self.request.user))


class UnscheduleView(ArticleMixin, RecordActionView):
    """POST …/news/<pk>/schedule/removal/."""

    permission = "news.publish_article"
    success_message = gettext_lazy("The article is a draft again.")

    def perform(self) -> str:
        return address_of(actions.unschedule_article(self.record, by=self.request.user))


class WithdrawalPage(ArticleMixin, RecordFormPage):
    """GET, POST …/news/<pk>/withdrawal/."""

    permission = "news.withdraw_article"
    template_name = "workspace/news/withdraw.html"
    form_class = WithdrawalForm
    success_message = gettext_lazy("The article is no longer public.")

    def perform(self, form: WithdrawalForm) -> str:
        return address_of(
            actions.withdraw_article(self.record, reason=form.cleaned_data["reason"], by=self.request.user)
        )


class RemovalPage(ArticleMixin, RecordPage):
    """GET asks, POST deletes a draft that was never public."""

    permission = "news.remove_article"
    template_name = "workspace/news/removal.html"

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.remove_article(self.record, by=request.user)
        return self.success(_("The draft has been deleted."), reverse("workspace:news"))


class ElsewherePage(ArticleMixin, RecordFormPage):
    """GET, POST …/news/<pk>/elsewhere/new/: where else the article appeared."""

    permission = "news.write_article"
    template_name = "workspace/news/elsewhere.html"
    form_class = ElsewhereForm
    success_message = gettext_lazy("Noted.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": Elsewhere(article=self.record)}

    def perform(self, form: ElsewhereForm) -> str:
        actions.note_elsewhere(form.instance, by=self.request.user)
        return address_of(self.record)


class ForgetElsewhereView(ArticleMixin, RecordActionView):
    """POST …/news/<pk>/elsewhere/<row>/removal/."""

    permission = "news.write_article"
    success_message = gettext_lazy("Taken off the list.")

    def perform(self) -> str:
        actions.forget_elsewhere(get_object_or_404(self.record.elsewhere, pk=self.kwargs["row"]), by=self.request.user)
        return address_of(self.record)
