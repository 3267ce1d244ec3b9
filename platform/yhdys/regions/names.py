"""Names that no region may have: as a host they would mislead, as a schema they would collide."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

RESERVED = frozenset(
    """
    admin administrator api app assets auth autoconfig autodiscover blog broadcasthost cdn demo dev dns docs email
    front ftp help hostmaster imap info isatap localdomain localhost login mail media mx national news noreply ns
    ns1 ns2 owner pop pop3 postmaster public root security smtp ssl staging static status support template test
    tuki tyopoyta usenet valtakunta webmaster webmail wpad www yhdys yllapito
    """.split()
)
SQL_KEYWORDS = frozenset(
    "all analyse analyze and any array as asc both case cast check collate column constraint create default desc "
    "distinct do else end except false fetch for foreign from grant group having in initially intersect into "
    "leading limit not null offset on only or order primary references returning select session some symmetric "
    "system table then to trailing true union unique user using variadic when where window with".split()
)


def refuse_reserved(slug: str) -> None:
    """Raise ValidationError for a name that is reserved, or whose schema would need quoting."""
    schema = schema_for(slug)
    if slug in RESERVED or schema in SQL_KEYWORDS or schema.startswith(("pg_", "spare_", "template_", "as_", "xn__")):
        raise ValidationError(_("“%(name)s” is a reserved name. Choose another one."), params={"name": slug})


def schema_for(slug: str) -> str:
    """The schema of a region: its name in addresses with underscores for hyphens."""
    return re.sub(r"-", "_", slug)
