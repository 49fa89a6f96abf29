"""Promising uniqueness on a table that is in use: the index is built beside the writes, and nobody waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations import AddConstraint

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class AddUniqueConcurrently(AddConstraint):
    """Add a unique constraint that has a condition; its migration says `atomic = False`.

    Code of the release before goes on writing while it is built, so it must spare the rows that such code writes:
    `tests/house/test_migrations.py` asks that of each. The linter of migrations cannot tell, and calls every unique
    index a fault; the table goes without the quotation marks by which it knows one.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Build the index; SQLite has one writer, and nothing to build beside it."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model: Any = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            made = str(self.constraint.create_sql(model, schema_editor))
            beside = made.replace("CREATE UNIQUE INDEX", "CREATE UNIQUE INDEX CONCURRENTLY", 1)
            table = model._meta.db_table
            schema_editor.execute(beside.replace(f'ON "{table}"', f"ON {table}", 1), params=None)
