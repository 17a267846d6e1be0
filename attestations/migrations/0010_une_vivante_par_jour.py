"""The database lets no day have two attestations in force for one demande (R-ATT-4).

PostgreSQL cannot build an exclusion constraint concurrently: the table is locked while its index is built, a few
seconds for a million rows. Who waits for the lock gives up rather than hold everybody behind it; run it again.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import attestations.models


class Migration(migrations.Migration):

    dependencies = [
        ('attestations', '0002_texte_2ddoc'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", "SET LOCAL lock_timeout = '5s'"),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('remplacee_le__isnull', True), ('revoquee_le__isnull', True)), expressions=[('demande', '='), (attestations.models.Jours('debut', 'fin', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='une_attestation_vivante_par_jour'),
        ),
    ]
