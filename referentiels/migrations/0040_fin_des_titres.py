"""The permits that end soon are found without reading the register; built without locking the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('referentiels', '0002_timbres'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='documentagdref',
            index=models.Index(condition=models.Q(('nature', 'titre'), ('remis', True)), fields=['fin'], name='fin_des_titres_remis'),
        ),
    ]
