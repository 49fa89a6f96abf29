"""The posts at the door of an event, and the mark by which one that had no network tells of somebody only once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exercises', '0005_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='DoorPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='número')),
                ('key_sha256', models.CharField(max_length=64, unique=True, verbose_name='huella de la clave')),
                ('opened_at', models.DateTimeField(verbose_name='abierto')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='cerrado')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='exercises.event')),
            ],
            options={
                'verbose_name': 'puesto de entrada',
                'verbose_name_plural': 'puestos de entrada',
                'ordering': ['event', 'number'],
                'constraints': [models.UniqueConstraint(fields=('event', 'number'), name='door_post_number_once')],
            },
        ),
        migrations.AddField(
            model_name='attendee',
            name='mark',
            field=models.CharField(blank=True, db_default='', default='', max_length=36, verbose_name='marca de un puesto'),
        ),
    ]
