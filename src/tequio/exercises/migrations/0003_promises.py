"""Unique promises on tables that were there: each concerns a column that 0002 adds, which the code before left empty."""

from django.db import migrations, models

from tequio.kernel.uniqueness import AddUniqueConcurrently


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('exercises', '0002_live'),
    ]

    operations = [
        AddUniqueConcurrently(
            model_name='call',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('exercise', 'key'), name='call_key_once'),
        ),
        AddUniqueConcurrently(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('account__isnull', False)), fields=('exercise', 'sector', 'account'), name='registration_account_once_per_sector'),
        ),
        AddUniqueConcurrently(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('account__isnull', False), models.Q(('name_key', ''), _negated=True)), fields=('exercise', 'name_key'), name='registration_name_once'),
        ),
        AddUniqueConcurrently(
            model_name='phase',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_on__isnull', True)), fields=('exercise', 'order'), name='phase_standing_order_once'),
        ),
        AddUniqueConcurrently(
            model_name='phase',
            constraint=models.UniqueConstraint(condition=models.Q(('origin__isnull', False), ('replaced_on__isnull', True), ('state', 'current')), fields=('exercise',), name='phase_one_current'),
        ),
        migrations.RemoveConstraint(
            model_name='phase',
            name='phase_order_once',
        ),
    ]
