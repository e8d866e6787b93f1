"""Looking out for conditions that leave their bands while a procedure runs, so that people hear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from labctl.bandwatch import BandWatch
from labctl.words import Words

Warn = Callable[[Words], None]


def warn_nobody(text: Words) -> None:
    """What is seen stands in the readings; nobody is told now."""


@dataclass
class Lookout:
    """Tells `warn` of conditions out of their bands."""

    warn: Warn = warn_nobody
    watches: dict[str, BandWatch] = field(default_factory=dict[str, BandWatch])

    def see(self, quantity: str, value: float, unit: str, band: tuple[float, float] | None) -> None:
        """The condition on `quantity` is `value` now; `band` is (low, high), all in `unit`."""
        if band is None:
            return
        if quantity not in self.watches:
            self.watches[quantity] = BandWatch(quantity, *band, unit)
        text = self.watches[quantity].look(value)
        if text is not None:
            self.warn(text)
