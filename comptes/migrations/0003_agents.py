"""Staff: their journal, append-only; the end of every session; rights that follow the role.

Safe beside processes of the release before: what they write fits, and what they read stays. The column `is_superuser`
and the two tables of permissions are no longer of the model; they may be dropped once no such process runs.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREER = """
CREATE FUNCTION comptes_refuser_modification_du_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER comptes_journal_en_ajout_seul BEFORE UPDATE OR DELETE ON comptes_evenementagent
    FOR EACH ROW EXECUTE FUNCTION comptes_refuser_modification_du_journal();
"""
RETIRER = """
DROP TRIGGER comptes_journal_en_ajout_seul ON comptes_evenementagent;
DROP FUNCTION comptes_refuser_modification_du_journal();
"""
DEFAUT = "ALTER TABLE comptes_compte ALTER COLUMN is_superuser SET DEFAULT false"
SANS_DEFAUT = "ALTER TABLE comptes_compte ALTER COLUMN is_superuser DROP DEFAULT"


class Migration(migrations.Migration):
    dependencies = [("comptes", "0002_messages"), ("otp_totp", "0003_add_timestamps")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DEFAUT, SANS_DEFAUT)],
            state_operations=[
                migrations.RemoveField(model_name="compte", name="groups"),
                migrations.RemoveField(model_name="compte", name="user_permissions"),
                migrations.RemoveField(model_name="compte", name="is_superuser"),
            ],
        ),
        migrations.AddField(
            model_name="compte",
            name="fermetures",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="compte",
            name="prefectures",
            field=models.ManyToManyField(
                blank=True, related_name="agents", to="referentiels.prefecture", verbose_name="préfectures"
            ),
        ),
        migrations.CreateModel(
            name="Agent",
            fields=[],
            options={
                "verbose_name": "agent",
                "verbose_name_plural": "agents",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("comptes.compte",),
        ),
        migrations.CreateModel(
            name="Authentificateur",
            fields=[],
            options={"verbose_name": "second facteur", "proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.CreateModel(
            name="EvenementAgent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("cree", "Compte créé"),
                            ("modifie", "Compte modifié"),
                            ("desactive", "Compte désactivé"),
                            ("reactive", "Compte réactivé"),
                            ("lien_envoye", "Lien de mot de passe envoyé"),
                            ("mot_de_passe_change", "Mot de passe changé"),
                            ("second_facteur_active", "Second facteur activé"),
                            ("second_facteur_reinitialise", "Second facteur réinitialisé"),
                            ("codes_renouveles", "Codes de secours renouvelés"),
                            ("code_de_secours_utilise", "Code de secours utilisé"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valeurs", models.JSONField(blank=True, default=dict)),
                ("le", models.DateTimeField(auto_now_add=True)),
                (
                    "acteur",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evenements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-le", "-pk"]},
        ),
        migrations.AddIndex(
            model_name="evenementagent",
            index=models.Index(fields=["agent", "-le"], name="evenement_d_un_agent"),
        ),
        migrations.RunSQL(CREER, RETIRER),
    ]
