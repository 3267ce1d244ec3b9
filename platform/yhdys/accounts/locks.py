"""Keys of a region for what must be unreadable in a copy of the database, and in another region."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from yhdys.tenancy.context import current_schema


def locks(what: str) -> MultiFernet:
    """The region's keys for ``what``, derived from the deployment's; the newest locks, all open."""
    purpose = f"yhdys.{what}.{current_schema()}".encode()
    secrets = [force_bytes(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    keys = [HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(one) for one in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
