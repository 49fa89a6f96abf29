"""Unique promises on tables that were there: each concerns a column that 0002 adds, which the code before left empty."""

from django.db import migrations, models

from tequio.kernel.uniqueness import AddUniqueConcurrently


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('governance', '0002_live'),
    ]

    operations = [
        AddUniqueConcurrently(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('substitute_of__isnull', False)), fields=('substitute_of',), name='seat_has_one_substitute'),
        ),
        AddUniqueConcurrently(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('represents__isnull', False)), fields=('body', 'represents'), name='seat_designates_once'),
        ),
        AddUniqueConcurrently(
            model_name='session',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('body', 'number'), name='session_number_once'),
        ),
        AddUniqueConcurrently(
            model_name='seatterm',
            constraint=models.UniqueConstraint(condition=models.Q(('account__isnull', False), ('ends_on__isnull', True)), fields=('seat',), name='seat_term_one_acts_at_a_time'),
        ),
    ]
