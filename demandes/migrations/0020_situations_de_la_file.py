"""What the queue reads of a dossier without opening it: since when its state lasts, whether a refusal waits, who it is about."""

from django.db import migrations, models

# Rows written before: the journal knows since when, and the refusals under discussion are rows of their own.
REPRENDRE = """
UPDATE demandes_demande d SET
    etat_depuis = COALESCE(
        (SELECT max(e.le) FROM demandes_evenement e WHERE e.demande_id = d.id AND e.vers = d.etat),
        d.close_le, d.decidee_le, d.deposee_le),
    personne = left(concat_ws(' ', donnees #>> '{civil,nom}', (
        SELECT string_agg(prenom, ' ' ORDER BY rang)
        FROM jsonb_array_elements_text(donnees #> '{civil,prenoms}') WITH ORDINALITY AS p(prenom, rang))), 350),
    refus_propose = EXISTS (SELECT 1 FROM demandes_refus r WHERE r.demande_id = d.id AND r.etat = 'propose')
WHERE d.etat <> 'brouillon'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('demandes', '0006_transitions_et_journal'),
    ]

    operations = [
        migrations.AddField(
            model_name='demande',
            name='etat_depuis',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='demande',
            name='refus_propose',
            field=models.BooleanField(db_default=False, default=False, verbose_name='refus à confirmer'),
        ),
        migrations.AddField(
            model_name='demande',
            name='personne',
            field=models.CharField(blank=True, db_default='', default='', max_length=350),
        ),
        migrations.RunSQL(REPRENDRE, migrations.RunSQL.noop),
    ]
