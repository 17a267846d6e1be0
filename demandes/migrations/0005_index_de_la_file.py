"""The index of the queue as it was goes; 0021 builds those that replace it."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('demandes', '0004_examen'),
    ]

    operations = [
        RemoveIndexConcurrently(
            model_name='demande',
            name='file_de_prefecture',
        ),
    ]
