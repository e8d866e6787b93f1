"""Models 803 and 804: the bank's one string and its modules."""

from __future__ import annotations

from sim_backends.emulators.sunspec.bank import Model, Values
from sim_backends.emulators.sunspec.dc_models import extremes
from sim_backends.emulators.sunspec.management import Management

_SCALES = {"CellV_SF": -3, "ModTmp_SF": -1, "A_SF": -2, "SoH_SF": -1, "SoC_SF": -1, "V_SF": -1}


def _scales(bms: Management) -> dict[str, int]:
    return _SCALES | {name: power for name, power in bms.scales.items() if name in _SCALES}


def bank_803(bms: Management) -> Model:
    """Lithium-ion bank with one string."""

    def values() -> Values:
        high, low = extremes(bms.modules, bms.rated.modules)
        return {
            "NStrCon": int(bms.closed), "ModTmpMax": float(bms.modules.max()), "ModTmpMaxStr": 1,
            "ModTmpMaxMod": high, "ModTmpMin": float(bms.modules.min()), "ModTmpMinStr": 1,
            "ModTmpMinMod": low, "ModTmpAvg": float(bms.modules.mean()),
            "StrVMax": bms.voltage, "StrVMaxStr": 1, "StrVMin": bms.voltage, "StrVMinStr": 1,
            "StrVAvg": bms.voltage, "StrAMax": bms.current, "StrAMaxStr": 1,
            "StrAMin": bms.current, "StrAMinStr": 1, "StrAAvg": bms.current, "NCellBal": 0,
        }  # fmt: skip

    def string() -> Values:
        shared = {f"Str{name}": value for name, value in _cells(bms).items()}
        return {
            **shared, "StrNMod": bms.rated.modules, "StrSt": 1 | bms.closed << 1, "StrConFail": 0,
            "StrSoC": 100 * bms.charge, "StrSoH": 100 * bms.health, "StrA": bms.current,
            "StrDisRsn": int(bool(bms.latched)), "StrConSt": int(bms.closed),
            "StrEvt1": bms.events(), "StrEvt2": 0,
        }  # fmt: skip

    return Model(803, values, _scales(bms), lambda: [string()], 1)


def string_804(bms: Management) -> Model:
    """The lithium-ion string with its modules."""

    def values() -> Values:
        return {
            **_cells(bms), "Idx": 1, "NMod": bms.rated.modules, "St": 1 | bms.closed << 1,
            "ConFail": 0, "NCellBal": 0, "SoC": 100 * bms.charge, "DoD": 100 * (1 - bms.charge),
            "NCyc": int(bms.throughput / (2 * bms.rated.capacity)), "SoH": 100 * bms.health,
            "A": bms.current, "V": bms.voltage, "ConSt": int(bms.closed), "Evt1": bms.events(),
            "Evt2": 0, "SetEna": None, "SetCon": 1 if bms.closed else 2,
        }  # fmt: skip

    scales = _scales(bms) | {"DoD_SF": -1}
    return Model(804, values, scales, lambda: _modules(bms), bms.rated.modules)


def _cells(bms: Management) -> dict[str, float | int]:
    high, low = extremes(bms.cells, bms.rated.modules)
    hot, cold = extremes(bms.modules, bms.rated.modules)
    return {
        "CellVMax": float(bms.cells.max()), "CellVMaxMod": high,
        "CellVMin": float(bms.cells.min()), "CellVMinMod": low,
        "CellVAvg": float(bms.cells.mean()), "ModTmpMax": float(bms.modules.max()),
        "ModTmpMaxMod": hot, "ModTmpMin": float(bms.modules.min()), "ModTmpMinMod": cold,
        "ModTmpAvg": float(bms.modules.mean()),
    }  # fmt: skip


def _modules(bms: Management) -> list[Values]:
    rows = bms.cells.reshape(bms.rated.modules, -1)
    return [
        {
            "ModNCell": len(cells), "ModSoC": 100 * bms.charge, "ModSoH": 100 * bms.health,
            "ModCellVMax": float(cells.max()), "ModCellVMaxCell": int(cells.argmax()) + 1,
            "ModCellVMin": float(cells.min()), "ModCellVMinCell": int(cells.argmin()) + 1,
            "ModCellVAvg": float(cells.mean()), "ModCellTmpMax": float(warmth),
            "ModCellTmpMin": float(warmth), "ModCellTmpAvg": float(warmth),
        }
        for cells, warmth in zip(rows, bms.modules, strict=True)
    ]  # fmt: skip
