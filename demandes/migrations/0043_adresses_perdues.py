"""Lost mailboxes: the new address verified, the document normalised at once, the account found by a worker."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('demandes', '0042_declarations'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='recuperationadresse',
            name='brut',
        ),
        migrations.AlterField(
            model_name='recuperationadresse',
            name='identifiant',
            field=models.CharField(max_length=40, verbose_name='numéro écrit'),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='departement',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='envois',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='essais',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='code_expire_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='verifiee_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='soumise_le',
            field=models.DateTimeField(blank=True, null=True, verbose_name='envoyée le'),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='rattachee_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='recuperationadresse',
            name='ancienne',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='recuperationadresse',
            name='etat',
            field=models.CharField(choices=[('en_cours', 'Pas encore envoyée'), ('ouverte', 'À vérifier'), ('acceptee', 'Acceptée, prend effet après 72 heures'), ('refusee', 'Refusée'), ('annulee', 'Annulée par le titulaire'), ('faite', 'Faite')], default='en_cours', max_length=10, verbose_name='état'),
        ),
        migrations.AlterField(
            model_name='recuperationadresse',
            name='nouvelle',
            field=models.EmailField(max_length=254, verbose_name='nouvelle adresse'),
        ),
        migrations.AddIndex(
            model_name='recuperationadresse',
            index=models.Index(condition=models.Q(('etat', 'ouverte')), fields=['prefecture', 'soumise_le'], name='adresse_a_verifier'),
        ),
        migrations.AddIndex(
            model_name='recuperationadresse',
            index=models.Index(condition=models.Q(('etat', 'acceptee')), fields=['effet_le'], name='adresse_a_changer'),
        ),
        migrations.AddConstraint(
            model_name='recuperationadresse',
            constraint=models.UniqueConstraint(condition=models.Q(('etat', 'acceptee')), fields=('compte',), name='une_adresse_acceptee_par_compte'),
        ),
        migrations.AddConstraint(
            model_name='recuperationadresse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['refusee', 'annulee', 'faite']), _negated=True), models.Q(('apercu', ''), ('contenu', '')), _connector='OR'), name='piece_d_identite_effacee_une_fois_reglee'),
        ),
        migrations.AddConstraint(
            model_name='recuperationadresse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat', 'acceptee'), _negated=True), models.Q(('compte__isnull', False), ('effet_le__isnull', False), ('traitee_par__isnull', False)), _connector='OR'), name='adresse_acceptee_par_un_agent'),
        ),
    ]
