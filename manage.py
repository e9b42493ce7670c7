#!/usr/bin/env python3
"""Django's management commands, run from the source tree."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from equalcity.__main__ import main

if __name__ == "__main__":
    main()
