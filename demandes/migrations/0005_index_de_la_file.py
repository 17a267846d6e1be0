"""The indexes of the agents' queue, built without locking the table."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OUVERTS = ['complement_demande', 'decision_favorable', 'deposee', 'en_instruction', 'titre_disponible']
CLOS = ['classee_sans_suite', 'decision_defavorable', 'retiree', 'titre_remis']


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
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('etat__in', OUVERTS)), fields=['prefecture', 'etat', 'droits_jusqu_au', 'id'], name='file_par_etat'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('etat__in', OUVERTS)), fields=['prefecture', 'droits_jusqu_au', 'id'], name='file_de_prefecture'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('etat__in', OUVERTS)), fields=['agent', 'droits_jusqu_au', 'id'], name='file_d_agent'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(models.F('prefecture'), models.OrderBy(models.F('close_le'), descending=True), models.F('id'), condition=models.Q(('etat__in', CLOS)), name='dossiers_clos'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('recherche', name='gin_trgm_ops'), name='dossier_par_nom'),
        ),
    ]
