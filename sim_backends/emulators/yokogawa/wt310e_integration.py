"""Integration of a WT310E: watt hours and ampere hours, summed up update by update."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim_backends.emulators.scpi.errors import DeviceError
from sim_backends.emulators.yokogawa.wt310e_measure import Update
from sim_backends.emulators.yokogawa.wt310e_words import NO_DATA, OVER

RESET, RUNNING, STOPPED, TIMED_UP = "RESet", "STARt", "STOP", "TIMeup"
_SUMS = ("WH", "WHP", "WHM", "AH", "AHP", "AHM")


@dataclass(slots=True)
class Integration:
    """State, sums in Wh and Ah, and elapsed time in s; `limit` in s is the timer, 0 none;
    `error` is relative, of what is summed up beside that of the inputs."""

    state: str = RESET
    error: float = 0.0
    limit: float = 0.0
    continuous: bool = False
    elapsed: float = 0.0
    sums: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_SUMS, 0.0))
    _since: float = 0.0

    @property
    def running(self) -> bool:
        """Whether it sums up."""
        return self.state == RUNNING

    def start(self, t: float) -> None:
        """Sum up from `t` on; 841 while it does or at the end of its timer."""
        if self.state in (RUNNING, TIMED_UP):
            raise DeviceError(841, "Attempted to start integration while it cannot be started")
        self.state, self._since = RUNNING, t

    def stop(self) -> None:
        """Keep the sums; 842 where nothing runs."""
        if not self.running:
            raise DeviceError(842, "Integration is not in progress")
        self.state = STOPPED

    def reset(self) -> None:
        """Sums are gone; 843 while it runs."""
        if self.running:
            raise DeviceError(843, "Attempted to reset integration while in progress")
        self.state, self.elapsed = RESET, 0.0
        self.sums = dict.fromkeys(_SUMS, 0.0)

    def end(self) -> float | None:
        """When the timer ends; None without one or while nothing runs."""
        if not self.running or not self.limit:
            return None
        return self._since + self.limit - self.elapsed

    def add(self, update: Update, t: float) -> None:
        """Sum up to `t` with the values that held since the last time."""
        seconds = max(t - self._since, 0.0)
        self._since = t
        self.elapsed += seconds
        hours = seconds / 3600.0
        for name, source in (("WH", "P"), ("AH", "I")):
            value = update[source]
            if value in (NO_DATA, OVER):
                continue
            self.sums[name] += value * hours
            self.sums[name + ("P" if value >= 0.0 else "M")] += value * hours
        if self.limit and self.elapsed >= self.limit - 1e-9:
            self._time_up()

    def add_sums(self, sums: Update, t: float) -> None:
        """Add what was summed up by sign from the last time until `t`, in Wh and Ah."""
        self.elapsed += max(t - self._since, 0.0)
        self._since = t
        for name, value in sums.items():
            self.sums[name] += value
        if self.limit and self.elapsed >= self.limit - 1e-9:
            self._time_up()

    def _time_up(self) -> None:
        if not self.continuous:
            self.state = TIMED_UP
            return
        self.elapsed = 0.0
        self.sums = dict.fromkeys(_SUMS, 0.0)

    def values(self) -> Update:
        """Sums and time; no data in the reset state."""
        if self.state == RESET:
            return dict.fromkeys((*_SUMS, "TIME"), NO_DATA)
        shown = {name: value * (1.0 + self.error) for name, value in self.sums.items()}
        return {**shown, "TIME": float(int(self.elapsed + 1e-9))}
