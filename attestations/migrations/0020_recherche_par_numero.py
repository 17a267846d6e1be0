import django.db.models.fields.json
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # The table is live: an index is made beside it, without locking it.
    atomic = False

    dependencies = [
        ('attestations', '0020_partage'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='attestation',
            index=models.Index(django.db.models.fields.json.KeyTransform('numero', 'donnees'), name='attestation_numero_imprime'),
        ),
    ]
