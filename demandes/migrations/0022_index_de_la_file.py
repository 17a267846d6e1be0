"""The indexes of the agents' queue and of its search, built without locking the table (docs/file.md)."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce

OUVERTS = ['complement_demande', 'decision_favorable', 'deposee', 'en_instruction', 'titre_disponible']
CLOS = ['classee_sans_suite', 'decision_defavorable', 'retiree', 'titre_remis']
DROITS = Coalesce(
    models.F('droits_jusqu_au'),
    models.Value(datetime.date(9999, 12, 31), output_field=models.DateField()),
)
SITUATIONS = {
    'file_a_prendre': models.Q(etat='deposee'),
    'file_a_decider': models.Q(etat='en_instruction', ofpra_en_attente=False, refus_propose=False),
    'file_attente_ofpra': models.Q(etat='en_instruction', ofpra_en_attente=True, refus_propose=False),
    'file_refus_a_confirmer': models.Q(etat='en_instruction', refus_propose=True),
    'file_attente_personne': models.Q(etat='complement_demande'),
    'file_carte_attendue': models.Q(etat='decision_favorable'),
    'file_a_remettre': models.Q(etat='titre_disponible'),
}


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('demandes', '0021_recherche_par_mots'),
        ('referentiels', '0002_timbres'),
    ]

    operations = [
        *[
            AddIndexConcurrently(
                model_name='demande',
                index=models.Index(models.F('prefecture'), DROITS, models.F('id'), condition=condition, name=nom),
            )
            for nom, condition in SITUATIONS.items()
        ],
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(models.F('prefecture'), DROITS, models.F('id'), condition=models.Q(etat__in=OUVERTS), name='file_de_prefecture'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(models.F('agent'), DROITS, models.F('id'), condition=models.Q(etat__in=OUVERTS), name='file_d_agent'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(models.F('prefecture'), models.OrderBy(models.F('close_le'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(etat__in=CLOS), name='dossiers_clos'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('prefecture'), models.F('recherche'), function='demandes_mots', output_field=django.contrib.postgres.fields.ArrayField(models.TextField())), name='dossier_par_mots'),
        ),
        migrations.AlterField(
            model_name='demande',
            name='prefecture',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='demandes', to='referentiels.prefecture', verbose_name='préfecture'),
        ),
    ]
