"""The words of names: a lexicon that a trigger fills, and the words of a dossier for the index of 0022."""

import django.contrib.postgres.indexes
from django.db import migrations, models

CREER = """
CREATE FUNCTION demandes_mots(prefecture varchar, recherche varchar) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN recherche = '' THEN '{}'::text[] ELSE string_to_array(
        prefecture || ':' || replace(recherche, ' ', ' ' || prefecture || ':'), ' ') END
$$;

-- In the order of the words: two deposits at the same instant wait for each other, never in a circle.
CREATE FUNCTION demandes_apprendre_les_mots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO demandes_mot (mot)
        SELECT DISTINCT mot FROM unnest(string_to_array(NEW.recherche, ' ')) AS mot ORDER BY mot
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER demandes_mots_du_depot AFTER INSERT ON demandes_demande
    FOR EACH ROW WHEN (NEW.recherche <> '') EXECUTE FUNCTION demandes_apprendre_les_mots();
CREATE TRIGGER demandes_mots_du_dossier AFTER UPDATE OF recherche ON demandes_demande
    FOR EACH ROW WHEN (NEW.recherche <> '' AND NEW.recherche IS DISTINCT FROM OLD.recherche)
    EXECUTE FUNCTION demandes_apprendre_les_mots();
"""
RETIRER = """
DROP TRIGGER demandes_mots_du_dossier ON demandes_demande;
DROP TRIGGER demandes_mots_du_depot ON demandes_demande;
DROP FUNCTION demandes_apprendre_les_mots();
DROP FUNCTION demandes_mots(varchar, varchar);
"""
# Dossiers written before held their numbers too, after the names.
REPRENDRE = """
UPDATE demandes_demande SET recherche = regexp_replace(recherche, '( [^ ]*[0-9][^ ]*)+$', '')
    WHERE recherche ~ ' [^ ]*[0-9][^ ]*$';
INSERT INTO demandes_mot (mot)
    SELECT DISTINCT mot FROM demandes_demande, unnest(string_to_array(recherche, ' ')) AS mot
    WHERE recherche <> '' ORDER BY mot ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('demandes', '0020_situations_de_la_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mot',
            fields=[
                ('mot', models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'mot',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('mot', name='gin_trgm_ops'), name='mot_par_trigrammes')],
            },
        ),
        migrations.RunSQL(CREER, RETIRER),
        migrations.RunSQL(REPRENDRE, migrations.RunSQL.noop),
    ]
