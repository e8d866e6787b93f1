"""Models 713, 714, 802, 803 and 804 of the storage inverter: the side of the battery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from sim_backends.emulators.sunspec.bank import Model, Put, Values
from sim_backends.emulators.sunspec.bms import SOC_RANGE
from sim_backends.emulators.sunspec.inverter import START, STOP, Inverter
from sim_backends.emulators.sunspec.management import Management
from sim_backends.models.battery_pack import Array

_LITHIUM_ION = 4


class Told(Protocol):
    """What the management system tells to start and stop."""

    told: int
    """SetInvState of model 802."""


def capacity_713(bms: Management) -> Model:
    """DER storage capacity."""

    def values() -> Values:
        rated = bms.rated.energy
        return {
            "WHRtg": rated, "WHAvail": rated * bms.charge * bms.health,
            "SoC": 100 * bms.charge, "SoH": 100 * bms.health,
            "Sta": 2 if bms.latched else 1 if bms.warnings else 0,
        }  # fmt: skip

    return Model(713, values, {"WH_SF": 0, "Pct_SF": -1})


def measure_714(bms: Management, inverter: Inverter) -> Model:
    """DER DC measurement with the battery as its one port."""

    def values() -> Values:
        return {
            "PrtAlrms": int(bool(bms.latched)), "DCA": bms.current,
            "DCW": bms.current * bms.voltage, "DCWhInj": inverter.direct_out,
            "DCWhAbs": inverter.direct_in,
        }  # fmt: skip

    def port() -> Values:
        return {
            **values(), "PrtTyp": 1, "ID": 1, "IDStr": "battery", "DCV": bms.voltage,
            "Tmp": float(bms.modules.mean()),
            "DCSta": 3 if bms.latched else int(bms.closed), "DCAlrm": 0,
        }  # fmt: skip

    scales = {"DCA_SF": -2, "DCV_SF": -1, "DCW_SF": 0, "DCWH_SF": 0, "Tmp_SF": -1}
    return Model(714, values, scales, lambda: [port()], 1)


def battery_802(bms: Management, inverter: Told, now: Callable[[], float]) -> Model:
    """Battery base."""

    def values() -> Values:
        return _rating(bms) | _state(bms, inverter, now()) | _measured(bms)

    scales = {
        "AHRtg_SF": -1, "WHRtg_SF": 0, "WChaDisChaMax_SF": 0, "SoC_SF": -1, "DoD_SF": -1,
        "SoH_SF": -1, "V_SF": -1, "CellV_SF": -3, "A_SF": -2, "AMax_SF": -1, "W_SF": 0,
    }  # fmt: skip
    scales |= bms.scales
    return Model(802, values, scales, puts=_puts_802(bms, inverter, now))


def _rating(bms: Management) -> dict[str, float | int]:
    return {
        "AHRtg": bms.rated.capacity, "WHRtg": bms.rated.energy, "WChaRteMax": bms.rated.power,
        "WDisChaRteMax": bms.rated.power,
        "SoCMax": 100 * SOC_RANGE[1], "SoCMin": 100 * SOC_RANGE[0],
        "SocRsvMax": 100 * bms.reserve[1], "SoCRsvMin": 100 * bms.reserve[0], "Typ": _LITHIUM_ION,
        "LocRemCtl": 0,
    }  # fmt: skip


def _state(bms: Management, inverter: Told, t: float) -> dict[str, float | int]:
    return {
        "SoC": 100 * bms.charge, "DoD": 100 * (1 - bms.charge), "SoH": 100 * bms.health,
        "NCyc": int(bms.throughput / (2 * bms.rated.capacity)), "ChaSt": _charging(bms),
        "Hb": int(t) % 65535, "CtrlHb": bms.controller, "AlmRst": 0, "State": bank_state(bms),
        "Evt1": bms.events(), "Evt2": 0, "EvtVnd1": 0, "EvtVnd2": 0,
        "SetOp": 1 if bms.closed or bms.closing is not None else 2, "SetInvState": inverter.told,
        "ReqInvState": 0, "ReqW": 0,
    }  # fmt: skip


def _measured(bms: Management) -> dict[str, float | int]:
    charge, discharge = bms.limits()
    high, low = extremes(bms.cells, bms.rated.modules)
    return {
        "V": bms.voltage,
        "VMax": bms.rated.high * bms.rated.cells, "VMin": bms.rated.low * bms.rated.cells,
        "CellVMax": float(bms.cells.max()), "CellVMaxStr": 1, "CellVMaxMod": high,
        "CellVMin": float(bms.cells.min()), "CellVMinStr": 1, "CellVMinMod": low,
        "CellVAvg": float(bms.cells.mean()), "A": bms.current, "AChaMax": charge,
        "ADisChaMax": discharge, "W": bms.current * bms.voltage,
    }  # fmt: skip


def extremes(values: Array, modules: int) -> tuple[int, int]:
    """Numbers, from 1, of the modules that hold the highest and the lowest of `values`."""
    size = len(values) // modules
    return int(np.argmax(values)) // size + 1, int(np.argmin(values)) // size + 1


def _charging(bms: Management) -> int:
    """ChaSt: off 1, empty 2, discharging 3, charging 4, full 5, holding 6."""
    if not bms.closed:
        return 1
    if abs(bms.current) > 0.3:
        return 3 if bms.current > 0 else 4
    low, high = bms.reserve
    return 2 if bms.charge <= low else 5 if bms.charge >= high else 6


def bank_state(bms: Management) -> int:
    """State: disconnected 1, initializing 2, connected 3, SoC protection 5, fault 99."""
    if bms.latched:
        return 99
    if bms.closing is not None:
        return 2
    if not bms.closed:
        return 1
    low, high = bms.reserve
    return 3 if low < bms.charge < high else 5


def _puts_802(bms: Management, inverter: Told, now: Callable[[], float]) -> dict[str, Put]:
    def put_reserve(index: int) -> Callable[[float], None]:
        def put(percent: float) -> None:
            bms.reserve[index] = percent / 100.0

        return put

    def put_reset(one: float) -> None:
        if one:
            bms.reset()

    def put_inverter(state: float) -> None:
        inverter.told = int(state)

    return {
        "SocRsvMax": Put(50.0, 100.0, put_reserve(1)), "SoCRsvMin": Put(0.0, 49.9, put_reserve(0)),
        "CtrlHb": Put(0, 65534, lambda count: bms.beat(count, now())),
        "AlmRst": Put(0, 1, put_reset),
        "SetOp": Put(1, 2, lambda operation: bms.operate(operation == 1, now())),
        "SetInvState": Put(STOP, START, put_inverter),
    }  # fmt: skip
