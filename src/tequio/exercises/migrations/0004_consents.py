"""What an application accepted is its person's consent, in accounts; its column is forgotten, and no longer asked for.

The code before still writes the column, so it stays in the table, empty in new rows; a later release may drop it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exercises', '0003_promises'),
    ]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='notice',
            field=models.CharField(db_default='', max_length=20, verbose_name='aviso de privacidad aceptado'),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name='application', name='notice')],
        ),
    ]
