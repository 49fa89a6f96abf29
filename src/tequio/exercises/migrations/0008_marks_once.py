"""A mark tells of one person: promised on a column that 0006 adds, which the code before leaves empty."""

from django.db import migrations, models

from tequio.kernel.uniqueness import AddUniqueConcurrently


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('exercises', '0007_kept_places'),
    ]

    operations = [
        AddUniqueConcurrently(
            model_name='attendee',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('event', 'mark'), name='attendee_mark_once_per_event'),
        ),
    ]
