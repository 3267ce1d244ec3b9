"""What the region's face keeps of people: nothing."""

from yhdys.privacy.register import not_personal

not_personal("site.regionsettings", "Addresses of the council and its host, not of a person.")
not_personal("site.accessibilitystatement", "The address of a unit.")
