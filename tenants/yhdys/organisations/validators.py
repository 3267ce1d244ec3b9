"""What a Finnish organisation's numbers look like."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BUSINESS_ID = re.compile(r"(\d{7})-(\d)", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_REGISTER_NUMBER = re.compile(r"\d{1,3}(\.\d{3}){0,2}|\d{1,9}", re.ASCII)


def business_id_check_digit(digits: str) -> int | None:
    """The check digit of a business ID's first seven digits; None where the sum allows none.

    Source: the Finnish Tax Administration's technical description of the business ID: weights 7 9 10 5 8 4 2, the
    remainder of the sum by 11; 0 gives 0, 1 is never issued, else 11 minus the remainder.
    """
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    if remainder == 1:
        return None
    return 0 if remainder == 0 else 11 - remainder


def validate_business_id(value: str) -> None:
    """Raise ValidationError unless the value is a Finnish business ID (Y-tunnus) whose check digit is right."""
    match = _BUSINESS_ID.fullmatch(value)
    if match is None:
        raise ValidationError(
            _("Write the business ID as seven digits, a hyphen and a check digit, such as 1234567-1."), code="format"
        )
    if business_id_check_digit(match[1]) != int(match[2]):
        raise ValidationError(_("This business ID is not right: its check digit does not fit."), code="check_digit")


def validate_register_number(value: str) -> None:
    """Raise ValidationError unless the value looks like a number of the Register of Associations."""
    if not _REGISTER_NUMBER.fullmatch(value):
        raise ValidationError(
            _("Write the register number with digits only, such as 123.456 or 123456."), code="format"
        )
