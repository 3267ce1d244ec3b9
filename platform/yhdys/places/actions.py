"""What is done to places: only loading, since nobody edits them."""

from yhdys.core.reference import Loaded, load_csv
from yhdys.places.models import Municipality, WellbeingServicesCounty


def load_reference_data(*, using: str | None = None) -> Loaded:
    """Bring counties and municipalities to what the files in ``data/`` say. Twice writes nothing the second time.

    Sources: Statistics Finland's municipality classification (as of 2025), the Government's decree on the languages of
    municipalities for 2023–2032, the Act on the Sámi Parliament.
    """
    counties = load_csv(WellbeingServicesCounty, "yhdys.places", "data/counties.csv", using=using)
    return counties + load_csv(Municipality, "yhdys.places", "data/municipalities.csv", using=using)
