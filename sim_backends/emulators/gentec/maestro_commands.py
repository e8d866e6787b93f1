"""Commands of the Maestro: the length of their parameters and what they do or answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.gentec import maestro_head as head

if TYPE_CHECKING:
    from sim_backends.emulators.gentec.maestro import Maestro

Values = dict[str, float]
Handler = Callable[[str], list[str]]
UNKNOWN, INVALID = "Command Error. Command not recognized.", "Command Error. Invalid parameter."
CALIBRATED = 1064
"""Wavelength in nm at which the head was calibrated; `*PWC00000` goes back to it."""


def delivered() -> Values:
    """Settings as delivered; wavelength in nm, zero and offset in W, trigger level in %."""
    return {
        "wavelength": CALIBRATED, "scale": head.HIGHEST, "auto": 1, "zero": 0.0, "zeroed": 0,
        "multiplier": 1.0, "offset": 0.0, "trigger": 2.0, "anticipation": 0,
    }  # fmt: skip


def build(meter: Maestro) -> dict[str, tuple[int, Handler]]:
    """Length of the parameters in characters and handler, by name."""
    table: dict[str, tuple[int, Handler]] = {
        "VER": (0, lambda _: ["MAESTRO Version 1.00.18"]),
        "STS": (0, lambda _: _status(meter)),
        "NVU": (0, lambda _: [f"New Data {'' if meter.fresh else 'Not '}Available"]),
        "DVS": (0, lambda _: [head.printed(i) for i in range(head.LOWEST, head.HIGHEST + 1)]),
        "CAU": (0, lambda _: meter.download(True) or []),
        "CSU": (0, lambda _: meter.download(False) or []),
    }
    for name, (label, get) in _queries(meter).items():
        table[name] = (0, _query(meter, label, get))
    for name, (length, put) in _settings(meter).items():
        table[name] = (length, _setting(meter, put))
    for name in ("ANO", "DBU"):
        table[name] = (1, lambda a: ["ACK"] if a in ("0", "1") else [INVALID])
    return table


def _status(meter: Maestro) -> list[str]:
    scale, wavelength = int(meter.values["scale"]), int(meter.values["wavelength"])
    return head.status(scale, wavelength, meter.serial)


def _queries(meter: Maestro) -> dict[str, tuple[str, Callable[[], str]]]:
    def kept(key: str, form: str) -> Callable[[], str]:
        return lambda: format(meter.values[key], form)

    return {
        "CVU": ("Current Value", lambda: f"{meter.read():.6g}"),
        "GWL": ("PWC", kept("wavelength", ".0f")),
        "GCR": ("Range", kept("scale", ".0f")),
        "GAS": ("AutoScale", kept("auto", ".0f")),
        "GZO": ("Zero", kept("zeroed", ".0f")),
        "GUM": ("User Multiplier", kept("multiplier", "g")),
        "GUO": ("User Offset", kept("offset", "g")),
        "GAN": ("Anticipation", kept("anticipation", ".0f")),
        "GTL": ("Trigger Level", kept("trigger", ".1f")),
        "GMD": ("Mode", lambda: "0"),
    }


def _settings(meter: Maestro) -> dict[str, tuple[int, Callable[[str], None]]]:
    def keep(key: str, parse: Callable[[str], float]) -> Callable[[str], None]:
        return lambda text: meter.values.__setitem__(key, parse(text))

    return {
        "PWC": (5, keep("wavelength", _wavelength)),
        "SCS": (2, lambda a: meter.set_scale(_whole(a, head.LOWEST, head.HIGHEST))),
        "SSU": (0, lambda _: meter.set_scale(int(meter.values["scale"]) + 1)),
        "SSD": (0, lambda _: meter.set_scale(int(meter.values["scale"]) - 1)),
        "SAS": (1, keep("auto", _switch)),
        "ANT": (1, keep("anticipation", _switch)),
        "SOU": (0, lambda _: meter.set_zero(True)),
        "COU": (0, lambda _: meter.set_zero(False)),
        "MUL": (8, keep("multiplier", _number)),
        "OFF": (8, keep("offset", _number)),
        "STL": (4, keep("trigger", lambda a: _number(a, 0.1, 99.9))),
    }


def _query(meter: Maestro, label: str, get: Callable[[], str]) -> Handler:
    return lambda _: [get() if meter.terse else f"{label} : {get()}"]


def _setting(meter: Maestro, put: Callable[[str], None]) -> Handler:
    def handle(parameters: str) -> list[str]:
        try:
            put(parameters)
        except ValueError:
            return [INVALID]
        return ["ACK"] if meter.acknowledges else []

    return handle


def _wavelength(digits: str) -> int:
    nanometres = _whole(digits, 0, 99999)
    if nanometres and not head.SHORTEST <= nanometres <= head.LONGEST:
        raise ValueError(digits)
    return nanometres or CALIBRATED


def _switch(digit: str) -> int:
    return _whole(digit, 0, 1)


def _whole(digits: str, low: int, high: int) -> int:
    if not (digits.isascii() and digits.isdecimal()) or not low <= int(digits) <= high:
        raise ValueError(digits)
    return int(digits)


def _number(text: str, low: float = -1e9, high: float = 1e9) -> float:
    value = float(text)
    if not low <= value <= high:
        raise ValueError(text)
    return value
