"""Declarations about a permit: what the register knew, what the card says, and an append-only trace."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The function is that of the journal (0002).
CREER = """
CREATE TRIGGER demandes_trace_en_ajout_seul BEFORE UPDATE OR DELETE ON demandes_trace
    FOR EACH ROW EXECUTE FUNCTION demandes_refuser_modification_du_journal();
"""
RETIRER = "DROP TRIGGER demandes_trace_en_ajout_seul ON demandes_trace;"


class Migration(migrations.Migration):

    dependencies = [
        ('demandes', '0041_index_des_horloges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sujet', models.UUIDField()),
                ('quoi', models.CharField(max_length=40)),
                ('valeurs', models.JSONField(blank=True, default=dict)),
                ('le', models.DateTimeField(auto_now_add=True)),
                ('acteur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'trace',
                'ordering': ['le', 'pk'],
                'indexes': [models.Index(fields=['sujet', 'le'], name='traces_d_un_sujet')],
            },
        ),
        migrations.RunSQL(CREER, RETIRER),
        migrations.AddField(
            model_name='declarationtitre',
            name='titre_type',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='declarationtitre',
            name='titre_numero',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='declarationtitre',
            name='titre_debut',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='declarationtitre',
            name='titre_fin',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='declarationtitre',
            name='carte_numero',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='declarationtitre',
            name='carte_debut',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='declarationtitre',
            name='carte_fin',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='declarationtitre',
            name='beneficiaire',
            field=models.CharField(max_length=20, verbose_name='bénéficiaire'),
        ),
        migrations.AlterField(
            model_name='declarationtitre',
            name='genre',
            field=models.CharField(choices=[('jamais_recu', 'Carte jamais reçue'), ('registre_faux', 'Le registre se trompe sur le titre')], max_length=14, verbose_name='problème'),
        ),
        migrations.AlterField(
            model_name='declarationtitre',
            name='etat',
            field=models.CharField(choices=[('ouverte', 'À traiter'), ('acceptee', 'Acceptée'), ('refusee', 'Refusée')], default='ouverte', max_length=10, verbose_name='état'),
        ),
        migrations.AlterField(
            model_name='declarationtitre',
            name='cree_le',
            field=models.DateTimeField(auto_now_add=True, verbose_name='envoyée le'),
        ),
        # The table is as new as this migration: there is no one to hold up.
        migrations.AddIndex(
            model_name='declarationtitre',
            index=models.Index(condition=models.Q(('etat', 'ouverte')), fields=['prefecture', 'cree_le'], name='declaration_a_traiter'),
        ),
    ]
