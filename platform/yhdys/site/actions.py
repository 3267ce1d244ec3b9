"""Changing the region's face."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.audit.actions import Actor, record
from yhdys.core.errors import ActionRefused
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings


@transaction.atomic
def change_settings(face: RegionSettings, *, by: Actor | None, changed: Sequence[str] = ()) -> RegionSettings:
    """Save what a region says of itself. Raises ActionRefused with a sentence when a field cannot be right."""
    _clean(face)
    face.save()
    record(face, "changed", by=by, fields=sorted(changed))
    return face


@transaction.atomic
def change_statement(
    statement: AccessibilityStatement, *, by: Actor | None, changed: Sequence[str] = ()
) -> AccessibilityStatement:
    """Save the accessibility statement. Raises ActionRefused when its review is dated before its drafting."""
    if statement.reviewed_on < statement.drafted_on:
        raise ActionRefused(_("The statement cannot have been reviewed before it was drafted. Correct the dates."))
    _clean(statement)
    statement.save()
    record(statement, "changed", by=by, fields=sorted(changed))
    return statement


@transaction.atomic
def set_issue(issue: AccessibilityIssue, *, by: Actor | None) -> AccessibilityIssue:
    """Add a failing content to the statement, or correct one. A new one comes last."""
    _clean(issue)
    verb = "issue_added" if issue._state.adding else "issue_changed"
    if issue._state.adding and not issue.position:
        issue.position = AccessibilityIssue.objects.count() + 1
    issue.save()
    record(issue, verb, by=by)
    return issue


@transaction.atomic
def remove_issue(issue: AccessibilityIssue, *, by: Actor | None) -> None:
    """Take a content that has been mended off the statement."""
    record(issue, "issue_removed", by=by)
    issue.delete()


def _clean(row: RegionSettings | AccessibilityStatement | AccessibilityIssue) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
