"""Files of a region, in a folder of its own."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from yhdys.tenancy.context import current_schema


@deconstructible
class RegionStorage(FileSystemStorage):
    """``MEDIA_ROOT/<schema>/…``, chosen by the scope of each call. Raises NoScope outside every scope.

    Files have no address of their own: a view that checks the right to read opens them.
    """

    def __init__(self) -> None:
        super().__init__(base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        """The folder of the region whose code is running."""
        return str(Path(settings.MEDIA_ROOT) / current_schema())

    @property
    def location(self) -> str:
        """The same, absolute; ``path`` refuses whatever would lead out of it."""
        return str(Path(self.base_location).resolve())
