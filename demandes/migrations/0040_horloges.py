"""What the clocks write down: the reminders of permits that end, drafts warned of, questions to the register."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('demandes', '0030_explication_de_la_reponse'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RappelEcheance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('beneficiaire', models.CharField(max_length=20)),
                ('fin', models.DateField()),
                ('palier', models.CharField(choices=[('quatre_mois', 'Quatre mois avant la fin'), ('deux_mois', 'Deux mois avant la fin'), ('une_semaine', 'Une semaine avant la fin')], max_length=12)),
                ('envoye_le', models.DateTimeField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rappels_d_echeance', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rappel d’échéance',
                'verbose_name_plural': 'rappels d’échéance',
                'constraints': [models.UniqueConstraint(fields=('beneficiaire', 'fin', 'palier'), name='un_rappel_par_palier_d_echeance')],
            },
        ),
        migrations.AddField(
            model_name='demande',
            name='prevenu_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='demande',
            name='registre_consulte_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
