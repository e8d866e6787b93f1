"""Where the system keeps a user's data."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def user_data() -> Path:
    """The folder for labctl's data of this user, not made yet."""
    return user_data_path("labctl", appauthor=False)
