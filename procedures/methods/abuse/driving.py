"""What drives a module beyond its limits: a charge that does not end, and a plate that heats.

Both by one supply, looked at whenever the loggers are read. The module's own protection is in
place: it may open its contactor, and nothing is done to hinder it.
"""

from __future__ import annotations

import msgspec

from drivers.roles.dc_power_supply import SupplyReading
from labctl.run import Run
from procedures.methods.abuse.looking import READ
from rigs.abuse import AbuseRig

OVER_VOLTAGE, RATE = 1.15, 1.0
"""Set voltage over that of the full string, and charging current over the rated one in 1/h: the
supply does not stop a charge that the protection lets through."""

TARGET, RAMP = 130.0, 5.0 / 60.0
"""degC of the heating test, and its ramp in K/s (GB/T 36276-2018, annex A; remembered)."""

PLATE_VOLTAGE, PLATE_CURRENT = 9.5, 40.0
"""Most voltage in V and current in A of the heating plate."""

PROPORTIONAL, INTEGRAL = 1.6, 0.3
"""V2 of the plate for a K, at once and at each reading: the plate's heat goes with the square of
its voltage. For a cell of 1 kg on a plate of some tenths of an ohm; another asks for others."""

RUNAWAY = 40.0
"""K above the target from which the sample heats itself: the plate is switched off for good."""


class Protection(msgspec.Struct, frozen=True):
    """What the module's own protection told: its `state`, `alarms` in the register map's words;
    `current` in A and `voltage` in V that the supply drove at `utc` in s."""

    utc: float
    state: str
    alarms: tuple[str, ...]
    current: float
    voltage: float


class Heat(msgspec.Struct, frozen=True):
    """Where the control stands: `square` of the plate's voltage by its integral in V2, and whether
    it is `off` for good."""

    square: float = 0.0
    off: bool = False


async def overcharge(rig: AbuseRig, full: float, cells: int, rated: float) -> bool:
    """Contactor closed, supply on: `cells` of `full` V in series are charged on at `rated` A."""
    await rig.bms.connect(True)
    await rig.supply.set_voltage(OVER_VOLTAGE * cells * full)
    await rig.supply.set_current_limit(RATE * rated)
    await rig.supply.output(True)
    return True


async def told(run: Run, rig: AbuseRig, name: str) -> Protection:
    """What protection and supply tell now; the readings go to the journal under `name`."""
    seen: SupplyReading = await rig.supply.measure()
    state, alarms = await rig.bms.state(), await rig.bms.alarms()
    await run.record(f"{name}/supply_current", seen.current)
    await run.record(f"{name}/supply_voltage", seen.voltage)
    current = seen.current
    return Protection(current.utc, state, alarms, current.value, seen.voltage.value)


async def plate_on(rig: AbuseRig) -> bool:
    """Supply on the plate, at no voltage."""
    await rig.supply.set_voltage(0.0)
    await rig.supply.set_current_limit(PLATE_CURRENT)
    await rig.supply.output(True)
    return True


async def off(rig: AbuseRig) -> bool:
    """Supply off."""
    await rig.supply.output(False)
    return True


def heated(before: Heat, celsius: float, wanted: float) -> tuple[Heat, float]:
    """The control's next state and the plate's voltage in V, from the hottest place in degC and the
    temperature that is `wanted` at the next look. Pure."""
    if before.off or celsius > TARGET + RUNAWAY:
        return Heat(0.0, True), 0.0
    error = wanted - celsius
    square = min(max(before.square + INTEGRAL * error, 0.0), PLATE_VOLTAGE**2)
    volts = min(max(square + PROPORTIONAL * error, 0.0), PLATE_VOLTAGE**2) ** 0.5
    return Heat(square), volts


def wanted_at(elapsed: float, start: float) -> float:
    """degC that are wanted at the next reading, `elapsed` s after a begin at `start` degC."""
    return min(start + RAMP * (elapsed + READ), TARGET)
