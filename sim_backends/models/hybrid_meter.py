"""What has passed at a point of a hybrid system, in both directions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Meter:
    """What has passed: energy `given` out of a bank or of the system and `taken` into it in J, both
    positive; `charge` in C out of a bank. `power` in W and `current` in A out of it now."""

    given: float = 0.0
    taken: float = 0.0
    charge: float = 0.0
    power: float = 0.0
    current: float = 0.0

    @property
    def energy(self) -> float:
        """J out of it in all."""
        return self.given - self.taken

    def count(self, power: float, current: float, dt: float) -> None:
        """`power` in W and `current` in A have come out (negative: gone in) for `dt` s."""
        self.power, self.current = power, current
        self.given += max(power, 0.0) * dt
        self.taken += max(-power, 0.0) * dt
        self.charge += current * dt

    def ahead(self, dt: float) -> Meter:
        """The same `dt` s later, if nothing changes."""
        later = Meter(self.given, self.taken, self.charge)
        later.count(self.power, self.current, dt)
        return later
