"""The day on which the next APD is due, and the index by which the sweep finds it, built without locking the table.

Dossiers under way are given to the next sweep, which looks at each and sets its true day.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

A_DECIDER = ['complement_demande', 'deposee', 'en_instruction']


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('demandes', '0043_adresses_perdues'),
    ]

    operations = [
        migrations.AddField(
            model_name='demande',
            name='apd_due_le',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(
            f"""UPDATE demandes_demande SET apd_due_le = CURRENT_DATE
                WHERE controle = 'confirme' AND etat IN ({", ".join(f"'{etat}'" for etat in A_DECIDER)})""",
            migrations.RunSQL.noop,
        ),
        AddIndexConcurrently(
            model_name='demande',
            index=models.Index(condition=models.Q(('apd_due_le__isnull', False), ('etat__in', A_DECIDER)), fields=['apd_due_le', 'id'], name='apd_due'),
        ),
    ]
