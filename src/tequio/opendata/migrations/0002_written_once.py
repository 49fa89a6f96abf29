"""The database refuses to change or erase what was released. By hand: makemigrations cannot write this one."""

from django.db import migrations

from tequio.kernel.immutable import refuse_changes


class Migration(migrations.Migration):
    """Protects each model that is written once."""

    dependencies = [("opendata", "0001_initial")]

    operations = [refuse_changes("opendata", "Release"), refuse_changes("opendata", "ReleaseFile")]
