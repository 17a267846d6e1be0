#!/usr/bin/env python3
"""Django's command line for the portal; uses the project's virtual environment where Django is not installed."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ENVIRONNEMENT = Path(__file__).resolve().parent / ".venv" / "bin" / "python"

if __name__ == "__main__":
    if find_spec("django") is None and ENVIRONNEMENT.exists():
        os.execv(ENVIRONNEMENT, [str(ENVIRONNEMENT), *sys.argv])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anef.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
