import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attestations', '0010_une_vivante_par_jour'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('empreinte', models.CharField(editable=False, max_length=64, unique=True)),
                ('motif', models.CharField(choices=[('emploi', 'Un employeur'), ('logement', 'Un propriétaire ou une agence'), ('banque', 'Une banque ou une assurance'), ('autre', 'Une autre personne')], max_length=10)),
                ('fin', models.DateField()),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
                ('consulte_le', models.DateTimeField(blank=True, null=True)),
                ('revoque_le', models.DateTimeField(blank=True, null=True)),
                ('attestation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partages', to='attestations.attestation')),
            ],
            options={
                'verbose_name': 'partage d’attestation',
                'verbose_name_plural': 'partages d’attestation',
                'ordering': ['-cree_le', 'pk'],
            },
        ),
    ]
