"""Organisations of the region and the people who act for them."""

from yhdys.organisations.models.consent import Consent
from yhdys.organisations.models.contact import Contact
from yhdys.organisations.models.organisation import Organisation

__all__ = ["Consent", "Contact", "Organisation"]
