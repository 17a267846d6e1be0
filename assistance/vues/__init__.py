"""Pages of help, contact and information, open to everyone."""
