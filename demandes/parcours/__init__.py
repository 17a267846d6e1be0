"""The five steps of the deposit: one module a step, of the same name as its template and its test."""

ETAPES = ("situation", "identite", "famille", "justificatifs", "recapitulatif")
