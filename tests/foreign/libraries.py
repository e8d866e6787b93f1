"""Other parties' libraries, which are installed in the environment of these tests alone."""

from __future__ import annotations

import importlib
from typing import Any


def library(name: str) -> Any:
    """The module `name`."""
    return importlib.import_module(name)
