"""The page of a dossier, the reading of its pièces, and each thing that an agent may do there (R-INSTR-3)."""
