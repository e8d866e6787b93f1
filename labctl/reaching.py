"""What a lab says of its simulated samples: which true values one can have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Reach(Protocol):
    """Tells the lowest and highest true value that a simulated sample of `seed` can have.

    By criterion key, in the criterion's unit; a key that is not named has no bounds that are known.
    """

    def __call__(
        self, bench: Path | None, *, rig: type, indicator_id: str, seed: int
    ) -> Mapping[str, tuple[float, float]]:
        """The bounds on the bench file `bench` (None: the simulated bench of the class `rig`)."""
        ...
