"""Tell what a pack said from what people wrote: all that stands when this arrives came from packs."""

from django.db import migrations, models

VOICES = ("progressreport", "evidence", "judgement")


def is_from_pack(*, db_default: bool) -> models.BooleanField:
    """Return the column, by what it says of a row that does not say."""
    return models.BooleanField("vino de un paquete", default=False, db_default=db_default)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [
        *(migrations.AddField(voice, "is_from_pack", is_from_pack(db_default=True)) for voice in VOICES),
        *(migrations.AlterField(voice, "is_from_pack", is_from_pack(db_default=False)) for voice in VOICES),
    ]
