"""The simulator: questions without account, answered by the rules."""
