"""The workspace's first page: what waits for me."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yhdys.core import clock
from yhdys.core.todo import Todo, todos_of
from yhdys.tenancy.context import in_a_region
from yhdys.web.workspace.base import SIGNED_IN, Page


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, as the page shows it."""

    title: str
    url: str
    detail: str
    due: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Things of the same hurry."""

    id: str
    title: str
    lines: list[Line]


def group(todos: list[Todo], today: date) -> list[Group]:
    """What is late, what is due within seven days, later, and without a date; empty groups are left out."""
    soon = today + timedelta(days=7)
    titles = {"late": _("Late"), "soon": _("Within a week"), "later": _("Later"), "no-hurry": _("No date set")}
    lines: dict[str, list[Line]] = {id_: [] for id_ in titles}
    for todo in todos:
        if todo.due is None:
            hurry = "no-hurry"
        elif todo.due < today:
            hurry = "late"
        else:
            hurry = "soon" if todo.due <= soon else "later"
        lines[hurry].append(_line(todo, today))
    return [Group(id_, title, lines[id_]) for id_, title in titles.items() if lines[id_]]


def _line(todo: Todo, today: date) -> Line:
    return Line(
        title=todo.title,
        url=reverse(todo.url_name, kwargs=todo.url_kwargs),
        detail=todo.detail,
        due=todo.due,
        is_late=todo.due is not None and todo.due < today,
    )


class HomePage(Page):
    """GET the workspace's root: a list made by the records themselves, what hurries most on top."""

    permission = SIGNED_IN
    template_name = "workspace/home.html"

    def context(self) -> dict[str, Any]:
        todos = todos_of(self.request.user, national=not in_a_region())
        return super().context() | {"groups": group(todos, clock.today()), "count": len(todos)}
