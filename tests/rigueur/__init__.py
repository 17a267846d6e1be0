"""What makes the tests strict: one file, one rule. Installed by tests/conftest.py for every suite."""
