"""Settings of the 2400 with their values after `*RST` (user's manual 2400S-900-01, section 18)."""

from __future__ import annotations

from typing import Any

from sim_backends.emulators.keithley.k2400_readings import ELEMENTS

SOURCES = ("VOLTage", "CURRent")


def defaults() -> dict[Any, Any]:
    """All settings, by name or by (name, function)."""
    values: dict[Any, Any] = {
        "source": "VOLTage", "output": False, "off_mode": "NORMal", "clear_auto": False,
        "delay": 0.0, "auto_delay": True, "spacing": "LINear", "points": 2500, "ranging": "BEST",
        "direction": "UP", "abort": "NEVer", "concurrent": True, "functions": {"CURRent"},
        "ohms": "MANual", "filter": False, "filter_count": 10, "filter_kind": "REPeat",
        "trigger_count": 1, "trigger_delay": 0.0, "trigger_source": "IMMediate", "arm_count": 1,
        "arm_source": "IMMediate", "arm_timer": 0.1, "elements": set(ELEMENTS), "format": "ASCii",
        "order": "NORMal", "remote_sense": False, "auto_zero": True, "terminals": "FRONt",
        "trigger_output": "NONE", "arm_output": "NONE", "top": 210.0,
        "statistic": "MEAN", "display": True, "line_auto": True, "event_enable": 0,
    }  # fmt: skip
    for function, limit, reach in (("VOLTage", 105e-6, 21.0), ("CURRent", 21.0, 105e-6)):
        values |= {
            ("level", function): 0.0, ("triggered", function): 0.0, ("auto", function): True,
            ("range", function): 1 if function == "VOLTage" else 2, ("mode", function): "FIXed",
            ("start", function): 0.0, ("stop", function): 0.0, ("step", function): 0.0,
            ("list", function): (0.0,), ("compliance", function): limit,
            ("sense_auto", function): True, ("sense_range", function): reach,
            ("nplc", function): 1.0,
        }  # fmt: skip
    values |= {("ILINe", layer): 1 for layer in ("arm", "trigger")}
    values |= {("OLINe", layer): 2 for layer in ("arm", "trigger")}
    values |= {("sense_auto", "RESistance"): True, ("sense_range", "RESistance"): 2.1e5}
    return values | {("nplc", "RESistance"): 1.0}
