"""The indexes of the clocks, built without locking the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('demandes', '0040_horloges'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('etat__in', ['deposee', 'en_instruction'])), fields=['deposee_le'], name='dossier_a_decider'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('etat', 'brouillon')), fields=['modifie_le'], name='brouillon_par_activite'),
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('ofpra_en_attente', True)), fields=['registre_consulte_le'], name='attente_de_l_ofpra'),
        ),
    ]
