"""Notifications and queued mail."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0001_initial'),
        ('demandes', '0001_initial'),
        ('attestations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Courriel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('destinataire', models.EmailField(max_length=254)),
                ('type', models.CharField(max_length=40)),
                ('valeurs', models.JSONField(blank=True, default=dict)),
                ('langue', models.CharField(default='fr', max_length=5)),
                ('cle', models.CharField(max_length=120, unique=True)),
                ('etat', models.CharField(choices=[('a_envoyer', 'À envoyer'), ('envoye', 'Envoyé'), ('echec', 'Échec définitif'), ('sans_objet', 'Sans objet')], default='a_envoyer', max_length=12)),
                ('essais', models.PositiveSmallIntegerField(default=0)),
                ('prochain_essai_le', models.DateTimeField()),
                ('erreur', models.CharField(blank=True, max_length=60)),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
                ('envoye_le', models.DateTimeField(blank=True, null=True)),
                ('attestation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courriels', to='attestations.attestation')),
                ('compte', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='courriels', to=settings.AUTH_USER_MODEL)),
                ('demande', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='courriels', to='demandes.demande')),
            ],
            options={
                'verbose_name': 'courriel',
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(max_length=40)),
                ('valeurs', models.JSONField(blank=True, default=dict)),
                ('cle', models.CharField(max_length=120, unique=True)),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
                ('lue_le', models.DateTimeField(blank=True, null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('demande', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='demandes.demande')),
            ],
            options={
                'ordering': ['-cree_le', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='courriel',
            index=models.Index(condition=models.Q(('etat', 'a_envoyer')), fields=['prochain_essai_le'], name='courriel_a_envoyer'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['compte', '-cree_le'], name='comptes_not_compte__0ef0ef_idx'),
        ),
    ]
