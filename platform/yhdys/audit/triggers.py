"""The triggers that keep what a row was before it was changed or deleted.

They run with the rights of whoever writes and have no switch: the library's own could be turned off by a statement.
A name without a schema is found along the search path, so they make sure that it begins with the row's own schema.
"""

from collections.abc import Mapping
from typing import Any

import pgtrigger
from django.db import models
from pgtrigger import compiler

_OWN_SCHEMA = (
    "IF current_schema() IS DISTINCT FROM TG_TABLE_SCHEMA THEN "
    "RAISE insufficient_privilege USING MESSAGE = 'The past of ' || TG_TABLE_SCHEMA || ' is kept there only.'; "
    "END IF;"
)


class KeepingSql(compiler.UpsertTriggerSql):
    """The statements that install a trigger: a function and the trigger that calls it."""

    def get_template(self) -> str:
        """Migrations point here: never change it, make another class."""
        return (
            "CREATE OR REPLACE FUNCTION {pgid}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {func} END; $$; "
            "CREATE OR REPLACE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION {pgid}();"
        )


class _Keeping(pgtrigger.Trigger):
    """A trigger that writes rows of ``past``: each of its ``columns`` from the named one of the tracked table."""

    when = pgtrigger.After

    def __init__(self, past: type[models.Model], columns: Mapping[str, str]) -> None:
        super().__init__()
        self.past = past
        self.columns = columns

    def compile(self, model: Any) -> compiler.Trigger:
        """What a migration keeps of it."""
        sql = KeepingSql(
            pgid=self.get_pgid(model),
            func=str(self.get_func(model)),
            table=model._meta.db_table,
            when=self.when,
            operation=self.operation,
        )
        return compiler.Trigger(name=self.name, sql=sql)

    def _insert(self, label: str, row: str) -> str:
        values = {"pgh_label": label} | {name: f'{row}."{column}"' for name, column in self.columns.items()}
        names = ", ".join(f'"{name}"' for name in values)
        table = self.past._meta.db_table
        return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(values.values())});'  # noqa: S608 - our own names


class KeepPast(_Keeping):
    """Before a change that changes something, and before a deletion, the row as it was."""

    name = "past"
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        """The body of the function."""
        watched = [column for name, column in self.columns.items() if name != "pgh_obj_id"]
        old, new = (", ".join(f'{row}."{column}"' for column in watched) for row in ("OLD", "NEW"))
        return (
            f"IF TG_OP = 'DELETE' OR ROW({old}) IS DISTINCT FROM ROW({new}) THEN {_OWN_SCHEMA} "
            f"{self._insert('lower(TG_OP)', 'OLD')} END IF; RETURN NULL;"
        )


class KeepLinks(_Keeping):
    """Each link between two records as it is made and as it goes."""

    name = "links"
    operation = pgtrigger.Insert | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        """The body of the function."""
        made, gone = self._insert("'insert'", "NEW"), self._insert("'delete'", "OLD")
        return f"{_OWN_SCHEMA} IF TG_OP = 'DELETE' THEN {gone} ELSE {made} END IF; RETURN NULL;"
