"""Putting back an earlier version of a record: the page shows what would change, and asks."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from yhdys.audit.actions import put_back
from yhdys.audit.models import Past
from yhdys.audit.queries import past_version
from yhdys.core.errors import ActionRefused
from yhdys.web.requests import UserRequest
from yhdys.web.versioned import VERSION, version_of
from yhdys.web.workspace.base import Page, RecordMixin
from yhdys.web.workspace.parts import RESTORABLE
from yhdys.web.workspace.trail import Changed, differences_between


class RestorePage(RecordMixin, Page):
    """GET …/<pk>/history/<version>/ shows what would change, POST changes it by the app's own action."""

    template_name = "workspace/restore.html"

    @property
    def back(self) -> str:
        """The record's page."""
        raise NotImplementedError

    @cached_property
    def version(self) -> Past:
        """What the record was. Raises Http404 for a key that is no version of it."""
        found = past_version(self.record, self.kwargs["version"])
        if found is None:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        would_be = self.queryset().get(pk=self.record.pk)
        try:
            names = put_back(would_be, self.version, tuple(RESTORABLE[self.model].columns))
        except ActionRefused:
            names = []
        differences = differences_between(self.record, would_be, names)
        return super().context() | {
            "record": self.record,
            "changed": Changed("", differences, is_removed=False, restore=""),
            "until": self.version.pgh_created_at,
            "stamp_name": VERSION,
            "stamp": version_of(self.record),
        }

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get(VERSION) != version_of(self.record):
            messages.warning(request, _("This has been changed meanwhile. Look at it again before you put it back."))
            return self.render(status=409)
        RESTORABLE[self.model].action(self.record, self.version, by=request.user)
        return self.success(_("The earlier version has been put back."), self.back)
