"""Changes of the reference data: one function a file, called by the commands."""
