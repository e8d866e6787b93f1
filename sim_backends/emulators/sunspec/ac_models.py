"""Models 103, 701, 702 and 704 of the storage inverter: the side of the grid."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from sim_backends.emulators.sunspec.bank import Model, Put, Values
from sim_backends.emulators.sunspec.inverter import FAULT, OFF, RATED, RUNNING, STANDBY, Inverter
from sim_backends.emulators.sunspec.inverter import THROTTLED as LIMITED

# InvSt of model 701 as St of model 103: off 1, running 4, throttled 5, fault 7,
# standby 8.
_OLD_STATES = {OFF: 1, RUNNING: 4, LIMITED: 5, FAULT: 7, STANDBY: 8}
_ANSWERS_TO_FIXED_WATTS = 1 << 1 | 1 << 0
_MOST_SECONDS = 4294967294.0


def inverter_103(inverter: Inverter, volts: Callable[[], float]) -> Model:
    """Three-phase inverter monitoring; `volts` gives the DC voltage in V."""

    def values() -> Values:
        power, voltage = inverter.measured_power(), inverter.measured_voltage()
        current = abs(power) / (3 * voltage) if voltage else 0.0
        line = voltage * sqrt(3)
        return {
            "A": 3 * current, "AphA": current, "AphB": current, "AphC": current,
            "PPVphAB": line, "PPVphBC": line, "PPVphCA": line,
            "PhVphA": voltage, "PhVphB": voltage, "PhVphC": voltage,
            "W": power, "Hz": inverter.mains_frequency, "VA": abs(power), "VAr": 0.0,
            "PF": 100.0 if power else None, "WH": inverter.injected,
            "DCA": abs(inverter.direct) / volts() if volts() else 0.0,
            "DCV": volts(), "DCW": inverter.direct, "TmpCab": 35.0,
            "St": _OLD_STATES[inverter.state()], "Evt1": 0, "Evt2": 0,
        }  # fmt: skip

    scales = {
        "A_SF": -2, "V_SF": -1, "W_SF": 0, "Hz_SF": -2, "VA_SF": 0, "VAr_SF": 0, "PF_SF": -1,
        "WH_SF": 0, "DCA_SF": -2, "DCV_SF": -1, "DCW_SF": 0, "Tmp_SF": -1,
    }  # fmt: skip
    return Model(103, values, scales)


def measure_701(inverter: Inverter) -> Model:
    """DER AC measurement."""

    def values() -> Values:
        power, voltage = inverter.measured_power(), inverter.measured_voltage()
        state = inverter.state()
        current = power / (3 * voltage) if voltage else 0.0
        whole: dict[str, float | int] = {
            "ACType": 2, "St": int(state not in (OFF, FAULT)), "InvSt": state,
            "ConnSt": int(inverter.grid_is_there and state != FAULT), "Alrm": 0, "DERMode": 1,
            "W": power, "VA": abs(power), "Var": 0.0, "A": 3 * current,
            "PF": (1.0 if power >= 0 else -1.0),
            "LLV": voltage * sqrt(3), "LNV": voltage, "Hz": inverter.mains_frequency,
            "TotWhInj": inverter.injected, "TotWhAbs": inverter.absorbed,
            "TmpCab": 35.0,
        }  # fmt: skip
        for phase, pair in (("L1", "VL1L2"), ("L2", "VL2L3"), ("L3", "VL3L1")):
            whole |= {
                f"W{phase}": power / 3, f"VA{phase}": abs(power) / 3, f"A{phase}": current,
                f"V{phase}": voltage, pair: voltage * sqrt(3),
                f"TotWhInj{phase}": inverter.injected / 3,
                f"TotWhAbs{phase}": inverter.absorbed / 3,
            }  # fmt: skip
        return whole

    scales = {
        "A_SF": -2, "V_SF": -1, "Hz_SF": -2, "W_SF": 0, "PF_SF": -3, "VA_SF": 0, "Var_SF": 0,
        "TotWh_SF": 0, "Tmp_SF": -1,
    }  # fmt: skip
    return Model(701, values, scales)


def capacity_702(inverter: Inverter) -> Model:
    """DER capacity: ratings; the settings beside them stand at their ratings."""

    def values() -> Values:
        rated = dict.fromkeys(
            ("WMaxRtg", "VAMaxRtg", "WChaRteMaxRtg", "WDisChaRteMaxRtg", "WMax", "VAMax",
             "WChaRteMax", "WDisChaRteMax"), RATED)  # fmt: skip
        return {
            **rated, "VNomRtg": 400.0, "VMaxRtg": 480.0, "VMinRtg": 320.0, "AMaxRtg": 16.0,
            "CtrlModes": _ANSWERS_TO_FIXED_WATTS,
        }  # fmt: skip

    return Model(702, values, {"W_SF": 0, "VA_SF": 0, "V_SF": -1, "A_SF": -1})


def control_704(inverter: Inverter, now: Callable[[], float]) -> Model:
    """DER AC controls: fixed active power and the limit of it, nothing else."""
    setting = inverter.setting

    def values() -> Values:
        left = 0.0 if setting.until is None else setting.until - now()
        return {
            "WMaxLimPctEna": int(setting.limited), "WMaxLimPct": setting.limit,
            "WSetEna": int(setting.enabled), "WSetMod": int(setting.by_watts),
            "WSet": setting.watts, "WSetPct": setting.percent,
            "WSetRvrt": setting.revert_watts, "WSetPctRvrt": setting.revert_percent,
            "WSetEnaRvrt": int(setting.revert_enabled), "WSetRvrtTms": setting.revert_after,
            "WSetRvrtRem": left,
        }  # fmt: skip

    scales = {"WMaxLimPct_SF": -1, "WSet_SF": 0, "WSetPct_SF": -1}
    return Model(704, values, scales, puts=_puts_704(inverter, now))


def _puts_704(inverter: Inverter, now: Callable[[], float]) -> dict[str, Put]:
    setting = inverter.setting

    def put_limit(percent: float) -> None:
        setting.limit = percent

    def put_limited(on: float) -> None:
        setting.limited = bool(on)

    def put_enabled(on: float) -> None:
        setting.enabled = bool(on)
        setting.start_timer(now())

    def put_mode(mode: float) -> None:
        setting.by_watts = bool(mode)

    def put_watts(watts: float) -> None:
        setting.watts = watts
        setting.start_timer(now())

    def put_percent(percent: float) -> None:
        setting.percent = percent
        setting.start_timer(now())

    return {
        "WMaxLimPct": Put(0.0, 100.0, put_limit), "WMaxLimPctEna": Put(0, 1, put_limited),
        "WSetEna": Put(0, 1, put_enabled), "WSetMod": Put(0, 1, put_mode),
        "WSet": Put(-RATED, RATED, put_watts), "WSetPct": Put(-100.0, 100.0, put_percent),
        **_puts_back(inverter, now),
    }  # fmt: skip


def _puts_back(inverter: Inverter, now: Callable[[], float]) -> dict[str, Put]:
    setting = inverter.setting

    def put_watts(watts: float) -> None:
        setting.revert_watts = watts

    def put_percent(percent: float) -> None:
        setting.revert_percent = percent

    def put_enabled(on: float) -> None:
        setting.revert_enabled = bool(on)

    def put_seconds(seconds: float) -> None:
        setting.revert_after = seconds
        setting.start_timer(now())

    return {
        "WSetRvrt": Put(-RATED, RATED, put_watts),
        "WSetPctRvrt": Put(-100.0, 100.0, put_percent),
        "WSetEnaRvrt": Put(0, 1, put_enabled),
        "WSetRvrtTms": Put(0.0, _MOST_SECONDS, put_seconds),
    }
