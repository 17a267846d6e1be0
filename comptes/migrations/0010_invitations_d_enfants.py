"""The accounts that children claim by a link (R-COMPTE-4)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0003_agents'),
    ]

    operations = [
        migrations.CreateModel(
            name='InvitationEnfant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('numero_etranger', models.CharField(max_length=10, unique=True)),
                ('nom', models.CharField(max_length=120)),
                ('prenoms', models.CharField(max_length=200)),
                ('envois', models.PositiveSmallIntegerField(default=0)),
                ('expire_le', models.DateTimeField()),
                ('cree_le', models.DateTimeField(auto_now_add=True)),
                ('representant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enfants_invites', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation d’un enfant',
                'verbose_name_plural': 'invitations d’enfants',
            },
        ),
        migrations.AddField(
            model_name='inscription',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='inscriptions', to='comptes.invitationenfant'),
        ),
    ]
