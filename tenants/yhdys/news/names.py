"""How kept files are named. Migrations name these functions, so they stay."""

from typing import Any

from yhdys.core import ids


def image_path(article: Any, filename: str) -> str:
    """Where the image of an article is kept, under a name that nobody can guess and that changes with the image."""
    return f"news/{ids.new_id()}.{filename.rpartition('.')[2]}"
