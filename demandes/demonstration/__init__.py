"""Fictitious people, codes and staff of the demonstration (docs/demonstration.md says who can do what)."""

# Public on purpose: it opens invented accounts only, and `peupler_demo` refuses to run outside demonstration.
MOT_DE_PASSE = "portail-demo-2026"
