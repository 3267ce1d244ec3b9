"""Pages that are a title and a form, without a template of their own."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yhdys.web.workspace.base import WorkspaceView


class Titled(WorkspaceView):
    """Mixin of form pages: what ``workspace/parts/form.html`` shows around the form."""

    template_name: ClassVar[str] = "workspace/parts/form.html"
    title: str | Promise = ""
    help: str | Promise = ""
    submit: str | Promise = _("Save")
    variant: ClassVar[str] = "primary"

    @property
    def caption(self) -> str:
        """What the page is about, above the title."""
        return ""

    @property
    def back(self) -> str:
        """Where *Back* and *Cancel* lead."""
        raise NotImplementedError
