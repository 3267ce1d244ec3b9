"""Base of every table of a region's schema, and the tables that tenancy itself needs there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from yhdys.core import clock, ids
from yhdys.core.errors import YhdysError
from yhdys.tenancy.context import any_schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from django.db.models.base import ModelBase


class WrongRegion(YhdysError):
    """A record or a query of one region met the context of another."""


class RegionalQuerySet[M: models.Model](models.QuerySet[M]):
    """A query that belongs to the region in which it was made, and raises WrongRegion when it is run in another.

    One that is made outside every region, such as a form field's at import, belongs to none yet: its copies belong to
    the region in which they are made.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._region = any_schema()
        if self._hints:  # type: ignore[attr-defined]  # the stubs leave it out
            self._check_origin()

    def _add_hints(self, **hints: Any) -> None:
        """A relation's manager says here from which row it starts."""
        super()._add_hints(**hints)
        self._check_origin()

    def _check_origin(self) -> None:
        """Raise WrongRegion when the query starts from a row of another region."""
        instance = self._hints.get("instance")  # type: ignore[attr-defined]  # the stubs leave it out
        if isinstance(instance, RegionalModel):
            instance.check_region()

    def _clone(self) -> Self:
        clone: Self = super()._clone()
        if self._region is not None:
            clone._region = self._region
        return clone

    @property
    def db(self) -> str:
        """The connection to run on. Every way of running a query asks for it, so this is where regions are compared."""
        if self._region is not None and self._region != any_schema():
            raise WrongRegion(f"A query of {self._region} was run in {any_schema()}.")
        return super().db

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Save many new rows at once. Raises WrongRegion."""
        return super().bulk_create(_at_home(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        """Save the named fields of many rows at once. Raises WrongRegion."""
        return super().bulk_update(_at_home(objs), *args, **kwargs)

    def _iterator(self, *arguments: Any) -> Iterator[Any]:
        """Rows that are fetched bit by bit: each step asks anew where it is taken."""
        rows = super()._iterator(*arguments)
        while True:
            self.db  # noqa: B018 - compares the regions
            try:
                row = next(rows)
            except StopIteration:
                return
            yield row

    async def aiterator(self, chunk_size: int = 2000) -> AsyncIterator[Any]:
        """The same, awaited."""
        rows = aiter(super().aiterator(chunk_size))
        while True:
            self.db  # noqa: B018 - compares the regions
            try:
                row = await anext(rows)
            except StopAsyncIteration:
                return
            yield row


def _at_home[M: models.Model](rows: Iterable[M]) -> list[M]:
    """The rows, all of the region of the running code. Raises WrongRegion."""
    found = list(rows)
    for row in found:
        if isinstance(row, RegionalModel):
            row.check_region()
    return found


class RegionalModel(models.Model):
    """A row of one region. It remembers which, and refuses to be used in another."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    if not TYPE_CHECKING:  # The type checker gives a model its manager by itself; an inherited one would bar its own.
        objects = RegionalQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._region = any_schema()  # before the fields, for what is given to them is compared with it
        super().__init__(*args, **kwargs)

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save, and note when. Raises WrongRegion."""
        self.updated_at = clock.now()
        if update_fields is not None:
            update_fields = {*update_fields, "updated_at"}
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)

    def check_region(self) -> None:
        """Raise WrongRegion unless the running code works for this row's region."""
        if self._region is not None and self._region != any_schema():
            raise WrongRegion(f"A {self._meta.verbose_name} of {self._region} was used in {any_schema()}.")

    def check_same_region(self, other: RegionalModel) -> None:
        """Raise WrongRegion unless both rows are of one region."""
        if self._region != other._region and None not in (self._region, other._region):
            ours, theirs = self._meta.verbose_name, other._meta.verbose_name
            raise WrongRegion(f"A {ours} of {self._region} met a {theirs} of {other._region}.")

    def _get_FIELD_display(self, field: Any) -> str:
        """The words of a choice, without those of all others in the language of the page: ``get_state_display()``."""
        value = getattr(self, field.attname)
        return str(next((label for known, label in field.flatchoices if known == value), value))

    def prepare_database_save(self, field: Any) -> Any:
        """What an UPDATE of a query writes for this row. Raises WrongRegion."""
        self.check_region()
        return super().prepare_database_save(field)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Every way of saving one row passes here. Raises WrongRegion."""
        self.check_region()
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete. Raises WrongRegion."""
        self.check_region()
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read again. Raises WrongRegion."""
        self.check_region()
        super().refresh_from_db(*args, **kwargs)
