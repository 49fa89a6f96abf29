"""Tables that are written once: the database itself refuses to change, erase or empty them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.db import migrations

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

FUNCTION = """
CREATE OR REPLACE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'written once: % is refused on %', TG_OP, TG_TABLE_NAME
USING ERRCODE = 'restrict_violation'; END $$
"""


class Executes(Protocol):
    """A cursor or a schema editor."""

    def execute(self, sql: str, params: None) -> object:
        """Run one statement."""


def refuse_changes(app_label: str, model_name: str) -> migrations.RunPython:
    """Return the migration operation that protects a model's table, for a migration written by hand."""

    def applied(action: Callable[[Executes, str, str], None]) -> Callable[[Any, Any], None]:
        def run(apps: Any, schema_editor: Any) -> None:
            table = apps.get_model(app_label, model_name)._meta.db_table
            action(schema_editor, schema_editor.connection.vendor, table)

        return run

    return migrations.RunPython(applied(protect), applied(release))


def protect(executes: Executes, vendor: str, table: str) -> None:
    """Make the database refuse UPDATE, DELETE and TRUNCATE on a table."""
    if vendor == "postgresql":
        executes.execute(FUNCTION, None)
        for name, event, level in (
            ("change", "UPDATE OR DELETE", "ROW"),
            ("truncate", "TRUNCATE", "STATEMENT"),
        ):
            executes.execute(
                f"CREATE OR REPLACE TRIGGER {table}_refuse_{name} BEFORE {event} ON {table} "
                f"FOR EACH {level} EXECUTE FUNCTION kernel_refuse_change()",
                None,
            )
        return
    for event in ("UPDATE", "DELETE"):
        executes.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_refuse_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'written once: {event} is refused on {table}'); END",
            None,
        )


def release(executes: Executes, vendor: str, table: str) -> None:
    """Lift the protection of a table: to undo a migration, and to empty a test database."""
    for name in trigger_names(vendor, table):
        on_table = f" ON {table}" if vendor == "postgresql" else ""
        executes.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}", None)


def trigger_names(vendor: str, table: str) -> list[str]:
    """Return the triggers that protect a table in this engine."""
    events = ("change", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [f"{table}_refuse_{event}" for event in events]


def missing_triggers(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """Return the triggers that a table lacks (SQLite drops them when a later migration rebuilds it)."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in trigger_names(connection.vendor, table) if name not in present]
