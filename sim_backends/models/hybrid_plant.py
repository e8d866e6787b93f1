"""Two banks behind their converters at one point of coupling, gone through time together.

Steps are short after a change and grow to `LONGEST`; each has the asked power in its mean. A bank
whose cells meet their upper limit is charged on at that voltage until the current has tapered; one
that is full, or meets the lower limit, takes or gives no more until it has gone the other way.
"""

from __future__ import annotations

from collections.abc import Callable

from sim_backends.models.bank_converter import alternating, direct
from sim_backends.models.bank_limit import until_limit
from sim_backends.models.charge_estimator import ChargeEstimator
from sim_backends.models.hybrid_block import OneCycle, Wears, delivered
from sim_backends.models.hybrid_meter import Meter
from sim_backends.models.hybrid_ports import CyclePlan
from sim_backends.models.hybrid_system import Hybrid, most, split, weight
from sim_backends.models.noise import Flicker
from sim_backends.models.power_envelope import PowerEnvelope
from sim_backends.models.storage_bank import StorageBank

SHORTEST, LONGEST, RESTING = 1.0, 60.0, 3600.0
"""Seconds of a step just after a change, under way, and while no power flows."""

UNWATCHED, AT_ONCE, EDGE = 600.0, 60.0, 10.0
"""Seconds of a step under way and just after a change in a program of many cycles, and of the last
step to the edge of a window."""

SAGGING = 0.1
"""Seconds of a step at the most in which a converter is at its limit of current: the power falls
with the voltage, and meters are told its mean."""

GROWTH, RELAXING = 0.15, 0.4
"""Length of a step over the time since the last change, while power flows and at rest."""

FULL = 0.05
"""Current over capacity in 1/h at which a charge at the upper limit ends, as makers of cells state
it (0.05 C)."""

Noises = tuple[tuple[Flicker, Flicker], tuple[Flicker, Flicker]]


class HybridPlant:
    """A system of `design` with both banks at `charge` 0..1, at rest from `t0` on.

    `air` tells the temperature in degC round the banks, `sway` the relative change of the
    auxiliary load, both at a time in s. Power in W counts positive when it is fed into the grid.
    """

    def __init__(
        self,
        design: Hybrid,
        *,
        charge: float,
        t0: float = 0.0,
        wear: Wears | None = None,
        air: Callable[[float], float] = lambda t: 25.0,
        sway: Callable[[float], float] = lambda t: 0.0,
        noises: Noises | None = None,
    ) -> None:
        self.design = design
        self.t = t0
        self.air, self._sway = air, sway
        self.banks = [
            StorageBank(one, charge, air(t0), worn)
            for one, worn in zip(design.banks, wear or delivered(design), strict=True)
        ]
        both = noises or (None, None)
        self.estimators = [
            ChargeEstimator(one, bank, noise)
            for one, bank, noise in zip(design.estimators, self.banks, both, strict=True)
        ]
        self.meters = [Meter(), Meter()]
        self.meter = Meter()
        self.closed = [True, True]
        self.ended = [0, 0]
        self.tapering = [False, False]
        self.window = (0.0, 1.0)
        self.longest = LONGEST
        self.asked = True
        self._power = 0.0
        self._since = t0
        self.envelope = PowerEnvelope(design.lag, -self.own_use(), t0)

    @property
    def power(self) -> float:
        """W that is asked for at the point of coupling."""
        return self._power

    @property
    def currents(self) -> list[float]:
        """A out of each bank now."""
        return [meter.current for meter in self.meters]

    @property
    def sagging(self) -> bool:
        """Whether a converter is at its limit of current, so that the power falls."""
        return any(self._sags(k, current) for k, current in enumerate(self.currents))

    def own_use(self) -> float:
        """W that auxiliaries and ready converters take from the grid."""
        heat = sum(b.above * b.design.cooling for b in self.banks)
        auxiliary = self.design.auxiliary * (1.0 + self._sway(self.t))
        return auxiliary + max(heat, 0.0) / self.design.cooling + self.design.standby

    def ask(self, power: float) -> None:
        """From now on `power` in W at the point of coupling, as the controller's meter reads it."""
        if power * self._power <= 0.0:
            self.ended = [0, 0]
            self.tapering = [False, False]
        self._power = power
        self._since = self.t
        self.asked = True

    def stopped(self) -> bool:
        """Whether neither bank may go on in the direction that is asked for."""
        return all(self._may_not(k) for k in (0, 1))

    def _may_not(self, k: int) -> bool:
        sign = 1 if self._power > 0.0 else -1
        return not self.closed[k] or self.ended[k] == sign

    def advance(self, t: float, *, until_stopped: bool = False) -> None:
        """Go on to `t`, or until neither bank may go on; an earlier time changes nothing."""
        while self.t < t:
            if until_stopped and self.stopped():
                return
            self._step(t)

    def _step(self, t: float) -> None:
        dt = min(t - self.t, self._length())
        use = self.own_use()
        powers = self._shares(use)
        if self._meet_limits(powers):
            powers = self._shares(use)
        currents = [self._current(k, powers[k], dt) for k in (0, 1)]
        dt = min(self._allowed(k, currents[k], dt) for k in (0, 1))
        if any(self._sags(k, currents[k]) for k in (0, 1)):
            dt = min(dt, SAGGING)
        self._move(powers, currents, use, dt)
        for k in (0, 1):
            if self.tapering[k]:
                self._look_at_taper(k, currents[k])
            elif self.banks[k].ended(currents[k]):
                self._reach(k, currents[k])

    def _look_at_taper(self, k: int, current: float) -> None:
        if self._power < 0.0 and -current <= FULL * self.banks[k].capacity:
            self.estimators[k].full()
            self._end(k, -1.0)

    def _length(self) -> float:
        """Seconds of the next step, as far as nothing else ends it."""
        since, longest = self.t - self._since, self.longest if self._power else RESTING
        if self.longest == UNWATCHED:
            return min(max(since, AT_ONCE), longest)
        growth = GROWTH if self._power else RELAXING
        return min(max(growth * since, SHORTEST), longest)

    def _shares(self, use: float) -> tuple[float, float]:
        if not self._power:
            return 0.0, 0.0
        total = self._power * (1.0 - self.design.metering) + use
        if total * self._power <= 0.0:
            return 0.0, 0.0
        sign = 1.0 if self._power > 0.0 else -1.0
        barred = [self._may_not(k) for k in (0, 1)]
        limits = [0.0 if barred[k] else self._most(k, sign) for k in (0, 1)]
        weights = [
            0.0 if barred[k] else weight(self.design.banks[k], self.estimators[k].charge, sign)
            for k in (0, 1)
        ]
        return split(total, weights, limits)

    def _most(self, k: int, sign: float) -> float:
        bank = self.banks[k]
        if not self.tapering[k]:
            return most(bank, sign)
        return abs(self._limited(k, bank.tapered(-bank.design.converter.current, SHORTEST)))

    def _current(self, k: int, power: float, dt: float) -> float:
        """A that flows for `power` in W at the grid, at most what the converter takes."""
        if not power:
            return 0.0
        bank = self.banks[k]
        found = bank.current_for(direct(bank.design.converter, power), dt)
        limit = bank.design.converter.current
        found = min(max(found, -limit), limit)
        return bank.tapered(found, dt) if self.tapering[k] else found

    def _meet_limits(self, powers: tuple[float, float]) -> bool:
        """Bar the banks that are at a limit; whether any was found there."""
        found = False
        for k in (0, 1):
            current = self._current(k, powers[k], 0.0)
            if current and self._outside(k, current):
                self._end(k, current)
                found = True
            elif not self.tapering[k] and self.banks[k].ended(current):
                self._reach(k, current)
                found = True
        return found

    def _outside(self, k: int, current: float) -> bool:
        """Whether the estimated charge has left the window that the controller keeps."""
        (low, high), charge = self.window, self.estimators[k].charge
        return charge <= low > 0.0 if current > 0.0 else charge >= high < 1.0

    def _reach(self, k: int, current: float) -> None:
        """The cells of bank `k` are at a limit: in charge the current tapers, in discharge it
        ends."""
        if current > 0.0:
            self._end(k, current)
            return
        self.tapering[k] = True
        self._since = self.t

    def _end(self, k: int, current: float) -> None:
        self.ended[k] = 1 if current > 0.0 else -1
        self.tapering[k] = False
        self._since = self.t

    def _allowed(self, k: int, current: float, dt: float) -> float:
        """At most `dt` in s: until the bank meets a limit of its cells or of the window."""
        if not current:
            return dt
        if self.tapering[k]:
            return min(dt, LONGEST)
        dt = min(dt, self._within_window(k, current))
        return until_limit(self.banks[k], current, dt, far=dt <= LONGEST)

    def _within_window(self, k: int, current: float) -> float:
        low, high = self.window
        edge, estimator = (low if current > 0.0 else high), self.estimators[k]
        if edge in (0.0, 1.0):
            return self.longest
        left = abs(estimator.charge - edge) * estimator.capacity * 3600.0 / abs(current)
        return max(left, EDGE)

    def skip(self, wears: Wears, blocks: list[tuple[float, OneCycle]], plan: CyclePlan) -> None:
        """Whole cycles of `plan` have passed in `blocks` of (number, cycle) and left `wears`: both
        banks are where they were, only older; the meters have counted."""
        for count, cycle in blocks:
            self.t += count * cycle.period
            use = 2.0 * plan.rest * (self.design.auxiliary + self.design.standby)
            self.meter.given += count * plan.discharge_power * cycle.discharging
            self.meter.taken += count * (plan.charge_power * cycle.charging + use)
            for k, one in enumerate(cycle.banks):
                self.meters[k].given += count * one.given
                self.meters[k].taken += count * one.taken
                self.banks[k].passed += 2.0 * count * one.charge
        for bank, wear in zip(self.banks, wears, strict=True):
            bank.wear, bank.air = wear, self.air(self.t)
            bank.age()
        self._since = self.t

    def _move(
        self, powers: tuple[float, float], currents: list[float], use: float, dt: float
    ) -> None:
        self.asked = False
        fed = 0.0
        for k, bank in enumerate(self.banks):
            fed += self._pass(k, bank, currents[k], dt, powers[k])
        # The mean of the step: at a limit the power sags within it.
        self.envelope.change(fed - use, self.t)
        self.meter.count(fed - use, 0.0, dt)
        self.t += dt
        for bank, estimator, current in zip(self.banks, self.estimators, currents, strict=True):
            bank.air = self.air(self.t)
            estimator.step(current, dt, self.t)

    def _at_limit(self, k: int, current: float) -> bool:
        return self.tapering[k] or self._sags(k, current)

    def _sags(self, k: int, current: float) -> bool:
        return abs(current) >= self.banks[k].design.converter.current

    def _limited(self, k: int, current: float) -> float:
        bank = self.banks[k]
        return alternating(bank.design.converter, bank.voltage(current) * current)

    def _pass(self, k: int, bank: StorageBank, current: float, dt: float, power: float) -> float:
        """Let `current` in A flow for `dt` s; mean W at the grid, `power` unless it is limited."""
        before = bank.voltage(current)
        bank.pass_current(current, dt)
        mean = (before + bank.voltage(current)) / 2.0
        self.meters[k].count(mean * current, current, dt)
        if not self._at_limit(k, current):
            return power
        return alternating(bank.design.converter, mean * current)
