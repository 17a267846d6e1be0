"""Accounts, sign-ups and requests; the messages follow, since they point at demandes, which point at accounts."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('referentiels', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DemandeReinitialisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifiant', models.CharField(max_length=40)),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Compte',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('identifiant', models.CharField(max_length=40, unique=True, verbose_name='identifiant')),
                ('numero_etranger', models.CharField(blank=True, max_length=10, null=True, unique=True, verbose_name='numéro étranger')),
                ('numero_visa', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='numéro de visa')),
                ('nom', models.CharField(blank=True, max_length=120, verbose_name='nom')),
                ('prenoms', models.CharField(blank=True, max_length=200, verbose_name='prénoms')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('email_verifie_le', models.DateTimeField(blank=True, null=True)),
                ('telephone', models.CharField(blank=True, max_length=22, verbose_name='téléphone')),
                ('langue', models.CharField(default='fr', max_length=5)),
                ('role', models.CharField(choices=[('usager', 'Usager'), ('instructeur', 'Instructeur'), ('responsable', 'Responsable'), ('ccc', 'Centre de contact citoyens'), ('administrateur', 'Administrateur')], default='usager', max_length=20, verbose_name='rôle')),
                ('reinitialisations', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True, verbose_name='actif')),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('prefectures', models.ManyToManyField(blank=True, related_name='agents', to='referentiels.prefecture')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'compte',
                'verbose_name_plural': 'comptes',
            },
        ),
        migrations.CreateModel(
            name='ChangementAdresse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('nouvelle', models.EmailField(max_length=254)),
                ('ancienne_confirmee_le', models.DateTimeField(blank=True, null=True)),
                ('nouvelle_confirmee_le', models.DateTimeField(blank=True, null=True)),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
                ('compte', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='changement_adresse', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Inscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('numero_etranger', models.CharField(blank=True, max_length=10)),
                ('numero_visa', models.CharField(blank=True, max_length=20)),
                ('nom', models.CharField(blank=True, max_length=120)),
                ('prenoms', models.CharField(blank=True, max_length=200)),
                ('saisie', models.JSONField(default=dict)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('envois', models.PositiveSmallIntegerField(default=0)),
                ('code_expire_le', models.DateTimeField(blank=True, null=True)),
                ('essais', models.PositiveSmallIntegerField(default=0)),
                ('email_verifie_le', models.DateTimeField(blank=True, null=True)),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['cree_le'], name='comptes_ins_cree_le_2bd5de_idx')],
            },
        ),
        migrations.AddConstraint(
            model_name='compte',
            constraint=models.CheckConstraint(condition=models.Q(('numero_etranger__isnull', True), ('numero_etranger__regex', '^[0-9]{10}$'), _connector='OR'), name='numero_etranger_a_dix_chiffres'),
        ),
        migrations.AddConstraint(
            model_name='compte',
            constraint=models.CheckConstraint(condition=models.Q(('numero_visa', ''), _negated=True), name='numero_visa_absent_est_null'),
        ),
    ]
