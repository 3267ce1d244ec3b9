"""How kept files are named. Migrations name these functions, so they stay."""

from typing import Any
from uuid import uuid4


def paper_path(paper: Any, filename: str) -> str:
    """Where the file is kept, below the region's folder. Nothing of the name that came with it but its ending."""
    return f"meetings/{paper.meeting_id}/{uuid4().hex}.{filename.rpartition('.')[2]}"
