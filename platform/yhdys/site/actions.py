"""Changing the region's face."""

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.audit.actions import Actor, record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, refuse_invalid
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings


@transaction.atomic
def change_settings(face: RegionSettings, *, by: Actor | None) -> RegionSettings:
    """Save what a region says of itself. Raises ActionRefused with a sentence when a field cannot be right."""
    refuse_invalid(face)
    changes = changed_fields(face)
    face.save()
    record(face, "changed", by=by, fields=changes)
    return face


@transaction.atomic
def change_statement(statement: AccessibilityStatement, *, by: Actor | None) -> AccessibilityStatement:
    """Save the accessibility statement. Raises ActionRefused when its review is dated before its drafting."""
    if statement.reviewed_on < statement.drafted_on:
        raise ActionRefused(_("The statement cannot have been reviewed before it was drafted. Correct the dates."))
    refuse_invalid(statement)
    changes = changed_fields(statement)
    statement.save()
    record(statement, "changed", by=by, fields=changes)
    return statement


@transaction.atomic
def set_issue(issue: AccessibilityIssue, *, by: Actor | None) -> AccessibilityIssue:
    """Add a failing content to the statement, or correct one. A new one comes last."""
    refuse_invalid(issue)
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
