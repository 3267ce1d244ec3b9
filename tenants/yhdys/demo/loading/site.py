"""The region's own face."""

from functools import partial

from yhdys.demo.loading.store import Store
from yhdys.demo.schema import Failure, Settings
from yhdys.site.actions import change_settings, change_statement, set_issue
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings
from yhdys.site.queries import accessibility_statement, region_settings


def load(settings: Settings, store: Store) -> None:
    """Settings, the accessibility statement and what does not meet the requirements yet."""
    store.once("site/settings", partial(_settings, settings))
    store.once("site/statement", partial(_statement, settings))
    for number, failure in enumerate(settings.accessibility.failures, start=1):
        store.once(f"site/issue/{number}", partial(_issue, failure))


def _settings(told: Settings) -> RegionSettings:
    face = region_settings()
    values = {
        **told.site_name.columns("council_name"),
        **told.introduction.columns("introduction"),
        **told.host.columns("host_organisation"),
        **told.sender.name.columns("sender_name"),
        **told.privacy.controller.columns("controller"),
        **told.privacy.officer.columns("privacy_contact"),
        "host_website": told.host_website,
        "languages": told.languages,
        "content_languages": told.content_languages,
        "accent": told.accent,
        "sender_email": told.sender.address,
        "reply_to": told.contact.email,
        "phone": told.contact.phone,
        "postal_address": told.contact.address.strip(),
        "controller_address": told.privacy.address,
        "privacy_email": told.privacy.contact_email,
        "processor_fi": told.privacy.processor,
        "processing_agreed_on": told.privacy.processing_agreed_on,
        "is_demonstration": True,
    }
    return change_settings(_set(face, values), by=None)


def _statement(told: Settings) -> AccessibilityStatement:
    statement, facts = accessibility_statement(), told.accessibility
    values = {
        **facts.unit.columns("feedback_unit"),
        "conformance": facts.conformance,
        "assessment": facts.method,
        "drafted_on": facts.drafted,
        "reviewed_on": facts.reviewed,
        "feedback_email": facts.feedback_email,
    }
    return change_statement(_set(statement, values), by=None)


def _issue(failure: Failure) -> AccessibilityIssue:
    issue = AccessibilityIssue(
        criterion=failure.criterion,
        **failure.what.columns("what"),
        **failure.reason.columns("reason"),
        **failure.alternative.columns("alternative"),
    )
    return set_issue(issue, by=None)


def _set[M: (RegionSettings, AccessibilityStatement)](row: M, values: dict[str, object]) -> M:
    for name, value in values.items():
        setattr(row, name, value)
    return row
