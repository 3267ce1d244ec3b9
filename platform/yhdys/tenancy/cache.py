"""Cache keys that cannot be shared by two regions."""

from yhdys.tenancy.context import current_schema


def make_key(key: str, key_prefix: str, version: int) -> str:
    """``CACHES['default']['KEY_FUNCTION']``: the region comes first. Raises NoScope outside every scope."""
    return f"{current_schema()}:{key_prefix}:{version}:{key}"
