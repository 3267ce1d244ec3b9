"""Signed values that mean nothing in another region: the salt carries the schema."""

from datetime import timedelta
from typing import Any

from django.core import signing  # noqa: TID251 - the one place that may

from yhdys.tenancy.context import current_schema

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired


def _salt(purpose: str) -> str:
    return f"yhdys.{current_schema()}.{purpose}"


def dumps(value: Any, *, purpose: str) -> str:
    """A URL-safe signed text of ``value`` (JSON), good for one purpose in the current region. Raises NoScope."""
    return signing.dumps(value, salt=_salt(purpose), compress=True)


def loads(text: str, *, purpose: str, max_age: timedelta | None = None) -> Any:
    """What ``dumps`` signed in this region for this purpose. Raises BadSignature or SignatureExpired."""
    return signing.loads(text, salt=_salt(purpose), max_age=max_age)


def cookie_signer(purpose: str) -> signing.TimestampSigner:
    """Signs what a cookie of the current region carries. Raises NoScope."""
    return signing.get_cookie_signer(salt=_salt(purpose))
