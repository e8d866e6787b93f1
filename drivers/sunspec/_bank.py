"""What the points of a battery's models mean in the words of the role: pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from drivers.sunspec._values import Values

BatteryState = Literal["off", "standby", "charge", "discharge", "fault"]

EVENTS: dict[int, tuple[str, ...]] = {
    802: ("Evt1", "Evt2", "EvtVnd1", "EvtVnd2"),
    701: ("Alrm",),
    103: ("Evt1", "Evt2"),
}
"""Bit fields of events, by model."""

OPEN = ("DISCONNECTED", "INITIALIZING")
CLOSED = ("CONNECTED", "STANDBY", "SOC_PROTECTION")


def state_of(battery: Values) -> BatteryState:
    """State of model 802: contactor (`State`), then charge (`ChaSt`, else the sign of `A`)."""
    word = battery.word("State")
    if word == "FAULT":
        return "fault"
    if word in OPEN:
        return "off"
    charge = battery.word("ChaSt")
    if charge is None:
        return _by_current(battery)
    if charge == "DISCHARGING":
        return "discharge"
    return "charge" if charge == "CHARGING" else "standby"


def events_of(values: Values) -> tuple[str, ...]:
    """Names of the events that stand in a model, as its definition spells them."""
    names = EVENTS.get(values.definition.number, ())
    return tuple(event for name in names if name in values.places for event in values.flags(name))


def alarms_among(events: Iterable[str]) -> tuple[str, ...]:
    """The events that are no mere warnings: a command needs none of them to stand."""
    return tuple(event for event in events if not event.endswith("_WARNING"))


def _by_current(battery: Values) -> BatteryState:
    current = battery.raw("A")
    if not isinstance(current, int) or current == 0:
        return "standby"
    return "discharge" if current > 0 else "charge"
