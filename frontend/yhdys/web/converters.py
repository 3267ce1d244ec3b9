"""Parts of addresses that are more than words. Import this where an address uses one."""

from datetime import date

from django.urls import register_converter


class IsoDate:
    """``2022-04-27``. A day that does not exist is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError, which the resolver takes for no match."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The day as an address has it."""
        return value.isoformat()


register_converter(IsoDate, "isodate")
