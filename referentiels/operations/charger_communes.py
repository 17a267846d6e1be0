"""Load the communes and their postal codes."""

from collections.abc import Iterable

from django.db import connection, transaction

from referentiels.models import Commune


def charger_communes(lignes: Iterable[dict[str, str]]) -> int:
    """Make the table of communes equal to `lignes` (rows of communes.csv); returns its number of rows.

    COPY and three statements: 35,000 communes take about a second, and nothing is written when nothing
    has changed.
    """
    table = connection.ops.quote_name(Commune._meta.db_table)
    total = 0
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "CREATE TEMP TABLE communes_lues "
            "(code_insee text, nom text, code_postal text, prefecture_id text, "
            "PRIMARY KEY (code_insee, code_postal)) ON COMMIT DROP"
        )
        with curseur.copy(
            "COPY communes_lues (code_insee, nom, code_postal, prefecture_id) FROM STDIN"
        ) as flux:
            for commune in lignes:
                nom = commune["nom"].replace("'", "’")
                for code_postal in commune["codes_postaux"].split():
                    flux.write_row((commune["code_insee"], nom, code_postal, commune["departement"]))
                    total += 1
        curseur.execute(
            f"INSERT INTO {table} AS c (code_insee, nom, code_postal, prefecture_id) "
            "SELECT code_insee, nom, code_postal, prefecture_id FROM communes_lues "
            "ON CONFLICT (code_insee, code_postal) "
            "DO UPDATE SET nom = excluded.nom, prefecture_id = excluded.prefecture_id "
            "WHERE (c.nom, c.prefecture_id) IS DISTINCT FROM (excluded.nom, excluded.prefecture_id)"
        )
        # Without statistics the planner believes both tables empty and compares every row with every row.
        curseur.execute(f"ANALYZE communes_lues, {table}")
        curseur.execute(
            f"DELETE FROM {table} c WHERE NOT EXISTS (SELECT FROM communes_lues l "
            "WHERE l.code_insee = c.code_insee AND l.code_postal = c.code_postal)"
        )
        # Two loads may happen in one outer transaction, which a test is.
        curseur.execute("DROP TABLE communes_lues")
    return total
