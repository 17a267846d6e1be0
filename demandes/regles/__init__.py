"""The rules of the portal, in pure Python: facts and a date in, an Orientation out.

Nothing here imports Django, reads a clock or opens a database. Start with :mod:`demandes.regles.orientation`;
the tables that a lawyer reads are ``titres``, ``motifs``, ``alertes``, ``pieces``, ``attestations``,
``fenetre`` and ``parametres``; the sentences are in ``textes``. ``docs/regles.md`` explains the choices.
"""
