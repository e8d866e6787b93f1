"""What to do about an answer that is not what the command is answered with."""

from __future__ import annotations

LOOK = "look the command up in the instrument's manual; check the line, and who else talks on it"
"""Where nothing more is known: the instrument refuses, or the line spoils what it says."""
