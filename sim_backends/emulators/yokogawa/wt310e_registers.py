"""Extended event register of a WT310E (IM WT310E-17EN, page 7-5)."""

from __future__ import annotations

RISE, FALL, BOTH, NEVER = "RISE", "FALL", "BOTH", "NEVer"
FILTERS = (RISE, FALL, BOTH, NEVER)


class Extended:
    """Transition filters of the 16 bits of the condition register, the events, and their mask."""

    def __init__(self) -> None:
        self.filters = [NEVER] * 16
        self.event = 0
        self.enable = 0
        self._last = 0

    def sample(self, condition: int) -> None:
        """The condition after an update; bit 0 has risen and fallen with it."""
        rose, fell = condition & ~self._last | 1, self._last & ~condition | 1
        self._last = condition
        for bit, kind in enumerate(self.filters):
            seen = rose * (kind in (RISE, BOTH)) | fell * (kind in (FALL, BOTH))
            self.event |= seen & (1 << bit)

    def read(self) -> int:
        """The events, which reading clears."""
        value, self.event = self.event, 0
        return value
