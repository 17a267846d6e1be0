"""The agents' queue, read: pages of a situation, search, what the list shows of a dossier (docs/file.md)."""
