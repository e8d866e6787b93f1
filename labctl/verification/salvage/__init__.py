"""Taking out of a damaged journal what can be read, and telling what cannot.

`take` is its front. What it writes is marked as a salvage: `labctl show` and `report` read it, it
is never gone on with, and never verifies as whole.
"""

from __future__ import annotations

from labctl.verification.salvage.marks import Salvaged, is_salvage
from labctl.verification.salvage.taking import take

__all__ = ["Salvaged", "is_salvage", "take"]
