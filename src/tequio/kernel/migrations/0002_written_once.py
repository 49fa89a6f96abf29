"""The database refuses to change or erase the record. By hand: makemigrations cannot write this one."""

from django.db import migrations

from tequio.kernel.immutable import refuse_changes


class Migration(migrations.Migration):
    """Protects each model that is written once."""

    dependencies = [("kernel", "0001_initial")]

    operations = [
        refuse_changes("kernel", "LedgerEntry"),
        refuse_changes("kernel", "StatusChange"),
        refuse_changes("kernel", "Edition"),
        refuse_changes("kernel", "EditionFile"),
    ]
