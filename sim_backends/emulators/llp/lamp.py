"""What the solar simulators of LLP1 share: lamp, shutter drive, warm-up and hour meter."""

from __future__ import annotations

from abc import abstractmethod

from sim_backends.emulators.llp.line import (
    Command,
    Later,
    LlpInstrument,
    Query,
    Refusal,
    Refused,
    switch,
)

WARM_UP = 900.0
SHUTTER = 0.25


class LampUnit(LlpInstrument):
    """The control unit of a lamp; a model says how it shines."""

    def __init__(self, identity: tuple[str, str, str, str]) -> None:
        super().__init__(identity)
        self._lit: float | None = None
        self._open = False
        self._burnt = 0.0

    @abstractmethod
    def shine(self, on: bool) -> None:
        """The lamp shines at its level from now on, or is dark."""

    @abstractmethod
    def uncover(self, is_open: bool, t: float) -> None:
        """The shutter has moved at `t`."""

    def event(self) -> float | None:
        """Nothing happens by itself."""
        return None

    def work(self, t: float) -> None:
        """Nothing is to be done."""

    def stop(self) -> Later | None:
        """Shutter closed, lamp off."""
        return self._set_lamp(False)

    @property
    def lit(self) -> bool:
        """Whether the lamp is on."""
        return self._lit is not None

    def lamp_queries(self) -> dict[str, Query]:
        """Queries of every model."""
        return {
            "LAMP": lambda: str(int(self.lit)),
            "WARM": lambda: f"{self._warming():.0f}",
            "SHUT": lambda: str(int(self._open)),
            "HOURS": lambda: f"{self._hours():.3f}",
        }

    def lamp_commands(self) -> dict[str, tuple[int, Command]]:
        """Commands of every model."""
        return {
            "LAMP": (1, lambda a: self._set_lamp(switch(a[0]))),
            "SHUT": (1, lambda a: self._set_shutter(switch(a[0]))),
        }

    def _set_lamp(self, on: bool) -> Later | None:
        if on:
            if self._lit is None:
                self._lit = self.t
                self.shine(True)
            return None
        if self._lit is not None:
            self._burnt += self.t - self._lit
            self._lit = None
            self.shine(False)
        return self._move(False)

    def _set_shutter(self, is_open: bool) -> Later | None:
        if is_open and self._lit is None:
            raise Refused(Refusal.STATE)
        return self._move(is_open)

    def _move(self, is_open: bool) -> Later | None:
        if is_open == self._open:
            return None

        def arrive(t: float) -> None:
            self._open = is_open
            self.uncover(is_open, t)

        return Later(self.t + SHUTTER, arrive)

    def _warming(self) -> float:
        # Not warm at all while it is off: the whole warm-up is still to come.
        return WARM_UP if self._lit is None else max(self._lit + WARM_UP - self.t, 0.0)

    def _hours(self) -> float:
        burning = 0.0 if self._lit is None else self.t - self._lit
        return (self._burnt + burning) / 3600.0
