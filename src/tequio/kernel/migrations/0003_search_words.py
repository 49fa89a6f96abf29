"""Adds each engine's own index of the search words: stored vectors on PostgreSQL, a word table on SQLite.

The words are already terms (kernel/spanish.py), so no engine parses or stems them again.
"""

from __future__ import annotations

from typing import Final

from django.db import migrations

FORWARD: Final = {
    "postgresql": [
        "ALTER TABLE kernel_searchentry ADD COLUMN title_vector tsvector GENERATED ALWAYS AS"
        " (array_to_tsvector(string_to_array(title_terms, ' '))) STORED,"
        " ADD COLUMN vector tsvector GENERATED ALWAYS AS"
        " (array_to_tsvector(string_to_array(terms, ' '))) STORED",
        "CREATE INDEX kernel_searchentry_title ON kernel_searchentry USING gin (title_vector)",
        "CREATE INDEX kernel_searchentry_all ON kernel_searchentry USING gin (vector)",
        'ALTER TABLE kernel_searchentry ALTER COLUMN key TYPE varchar(200) COLLATE "C"',
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE kernel_searchentry_words USING fts5"
        "(title_terms, terms, tokenize='ascii', detail='column')",
    ],
}
BACKWARD: Final = {
    "postgresql": ["ALTER TABLE kernel_searchentry DROP COLUMN title_vector, DROP COLUMN vector"],
    "sqlite": ["DROP TABLE kernel_searchentry_words"],
}


def add(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_written_once")]
    operations = [migrations.RunPython(add, remove)]
