"""How kept files are named. Migrations name these functions, so they stay."""

from typing import Any
from uuid import uuid4


def paper_path(paper: Any, filename: str) -> str:
    """Where the file is kept, below the region's folder. Nothing of the name that came with it but its ending."""
    return f"meetings/{paper.meeting_id}/{uuid4().hex}.{filename.rpartition('.')[2]}"


def document_path(document: Any, filename: str) -> str:
    """Where a document that the product wrote is kept, below the region's folder."""
    return f"meetings/{document.meeting_id}/documents/{uuid4().hex}.pdf"


CLOSED_MINUTES = "meetings.minutes"
"""Source of open matters, when a term ends: minutes that are not public."""
CLOSED_TABLED = "meetings.tabled"
"""Source of open matters, when a term ends: items that no later meeting has taken up."""
