"""Why a person keeps a pièce that the prefecture asks for again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demandes", "0023_lots")]
    operations = [
        migrations.AddField(
            model_name="piecedemandee",
            name="explication",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        )
    ]
