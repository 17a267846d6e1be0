"""What changes a staff account (R-COMPTE-5): an administrateur, the operator at the terminal, or its holder does it."""
