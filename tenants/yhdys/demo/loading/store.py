"""What has been loaded, by its key in the content files."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from yhdys.demo.models import LoadedRecord
from yhdys.tenancy.models import RegionalModel


class Store:
    """The loaded records of the current region. Make one inside the region's context."""

    def __init__(self) -> None:
        self._ids: dict[str, UUID] = dict(LoadedRecord.objects.values_list("key", "object_id"))
        self._records: dict[str, RegionalModel] = {}
        self.made = 0

    def has(self, key: str) -> bool:
        """Whether the key has been loaded, in this run or an earlier one."""
        return key in self._ids

    def once(self, key: str, make: Callable[[], RegionalModel]) -> None:
        """Make the record unless an earlier run did. What people changed or deleted since stays as they left it."""
        if key in self._ids:
            return
        record = make()
        LoadedRecord.objects.create(key=key, object_id=record.pk)
        self._ids[key], self._records[key] = record.pk, record
        self.made += 1

    def get[M: RegionalModel](self, model: type[M], key: str) -> M:
        """The record of the key. Raises KeyError for an unknown key, DoesNotExist when somebody has deleted it."""
        known = self._records.get(key)
        if isinstance(known, model):
            return known
        record = cast(M, model._default_manager.get(pk=self._ids[key]))
        self._records[key] = record
        return record

    def forget(self, key: str) -> None:
        """Read the record anew when it is asked for next: an action has changed it behind this one."""
        self._records.pop(key, None)
