"""The journal is append-only for everyone: the database itself refuses to change or delete an entry."""

from django.db import migrations

CREER = """
CREATE FUNCTION demandes_refuser_modification_du_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER demandes_journal_en_ajout_seul BEFORE UPDATE OR DELETE ON demandes_evenement
    FOR EACH ROW EXECUTE FUNCTION demandes_refuser_modification_du_journal();
"""
RETIRER = """
DROP TRIGGER demandes_journal_en_ajout_seul ON demandes_evenement;
DROP FUNCTION demandes_refuser_modification_du_journal();
"""


class Migration(migrations.Migration):
    dependencies = [("demandes", "0001_initial")]
    operations = [migrations.RunSQL(CREER, RETIRER)]
