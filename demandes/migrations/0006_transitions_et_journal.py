"""The database repeats the table of transitions, and wants a journal entry with each of them (R-INSTR-1)."""

from django.db import migrations

CREER = """
CREATE FUNCTION demandes_verifier_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.etat, NEW.etat) NOT IN (
        ('brouillon', 'deposee'),
        ('deposee', 'en_instruction'),
        ('deposee', 'retiree'),
        ('en_instruction', 'complement_demande'),
        ('en_instruction', 'decision_favorable'),
        ('en_instruction', 'decision_defavorable'),
        ('en_instruction', 'classee_sans_suite'),
        ('complement_demande', 'en_instruction'),
        ('complement_demande', 'classee_sans_suite'),
        ('decision_favorable', 'titre_disponible'),
        ('titre_disponible', 'titre_remis')
    ) THEN
        RAISE EXCEPTION 'no transition from % to %', OLD.etat, NEW.etat USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER demandes_transition BEFORE UPDATE OF etat ON demandes_demande
    FOR EACH ROW WHEN (OLD.etat IS DISTINCT FROM NEW.etat) EXECUTE FUNCTION demandes_verifier_transition();

CREATE FUNCTION demandes_exiger_le_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM demandes_evenement
        WHERE demande_id = NEW.id AND de = OLD.etat AND vers = NEW.etat
            AND transaction = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'a change of state without its journal entry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER demandes_journal_de_transition AFTER UPDATE OF etat ON demandes_demande
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.etat IS DISTINCT FROM NEW.etat) EXECUTE FUNCTION demandes_exiger_le_journal();
"""
RETIRER = """
DROP TRIGGER demandes_journal_de_transition ON demandes_demande;
DROP FUNCTION demandes_exiger_le_journal();
DROP TRIGGER demandes_transition ON demandes_demande;
DROP FUNCTION demandes_verifier_transition();
"""


class Migration(migrations.Migration):
    dependencies = [("demandes", "0005_index_de_la_file")]
    operations = [migrations.RunSQL(CREER, RETIRER)]
