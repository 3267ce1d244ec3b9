"""Which documents of a meeting are at hand."""

from typing import Any

from django.utils import translation

from yhdys.meetings.models import KeptDocument, Meeting


def document_sizes(meeting: Meeting, *, public: bool) -> dict[tuple[str, Any], int]:
    """Bytes of the kept documents in the active language, by kind and item (None for the whole meeting). One query.

    A document that nobody has opened yet has no size; one that will be written anew has that of its former text.
    """
    kept = KeptDocument.objects.filter(meeting=meeting, is_public=public, language=translation.get_language() or "fi")
    return {(kind, item): size for kind, item, size in kept.values_list("kind", "item", "size")}
