"""What is done to the shared lists: only loading; a region's own sectors and keywords live in its own schema."""

from yhdys.core.reference import Loaded, load_csv
from yhdys.keywords.models import Keyword, Sector


def load_reference_data(*, using: str | None = None) -> Loaded:
    """Bring sectors and keywords to what the files in ``data/`` say. Twice writes nothing the second time."""
    sectors = load_csv(Sector, "yhdys.keywords", "data/sectors.csv", using=using)
    return sectors + load_csv(Keyword, "yhdys.keywords", "data/keywords.csv", using=using)
