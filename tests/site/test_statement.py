"""The region's face and its accessibility statement."""

from datetime import date

import pytest

from yhdys.audit.models import Entry
from yhdys.core.errors import ActionRefused
from yhdys.regions.models import Region
from yhdys.site.actions import change_settings, change_statement, remove_issue, set_issue
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement
from yhdys.site.queries import accessibility_statement, region_settings


def test_a_new_region_has_a_statement_to_fill(region: Region) -> None:
    assert accessibility_statement().conformance == "partial"


@pytest.mark.parametrize(
    ("reviewed", "due"), [(date(2026, 9, 30), date(2027, 9, 30)), (date(2024, 2, 29), date(2025, 3, 1))]
)
def test_a_statement_is_due_a_year_after_its_review(reviewed: date, due: date) -> None:
    assert AccessibilityStatement(reviewed_on=reviewed).review_due == due


def test_a_review_before_the_drafting_is_refused(region: Region) -> None:
    statement = accessibility_statement()
    statement.drafted_on, statement.reviewed_on = date(2026, 9, 30), date(2026, 9, 1)
    with pytest.raises(ActionRefused):
        change_statement(statement, by=None)


def test_failing_contents_stand_in_the_order_of_their_making(region: Region) -> None:
    for word in ("videos", "old papers"):
        set_issue(AccessibilityIssue(what_fi=word, reason_fi="money", alternative_fi="ask"), by=None)
    assert [issue.what for issue in AccessibilityIssue.objects.listed()] == ["videos", "old papers"]
    remove_issue(AccessibilityIssue.objects.listed()[0], by=None)
    assert [issue.what for issue in AccessibilityIssue.objects.listed()] == ["old papers"]
    assert list(Entry.objects.values_list("verb", flat=True)) == ["issue_removed", "issue_added", "issue_added"]


def test_a_colour_that_is_none_is_refused(region: Region) -> None:
    face = region_settings()
    face.accent = "red; }"
    with pytest.raises(ActionRefused):
        change_settings(face, by=None)
