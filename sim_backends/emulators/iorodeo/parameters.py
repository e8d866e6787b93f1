"""getParam and setParam: a test's parameters as JSON, and the firmware's complaints.

Firmware FW0.1.0, getParam and setParam of ps_base_test.cpp and the tests. What is right is taken
even where something else in the same message is wrong; a wrong quiet time or value stops it there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.iorodeo.arduino_json import is_float, is_whole, single, unsigned
from sim_backends.emulators.iorodeo.waveforms import Steps, Test

TIMES = frozenset({"quietTime", "duration", "period"})
"""In us inside, in ms on the line."""

COUNTS = frozenset({"numCycles"})
SIZES = frozenset({"stepValue", "pulseValue"})
BASE = ("quietValue", "quietTime")


def told(test: Test) -> dict[str, Any]:
    """The parameters as getParam tells them."""
    return {key: _told(key, value) for key, value in test.values.items()}


def _told(key: str, value: Any) -> Any:
    if key in TIMES:
        return value // 1000
    if key == "step":
        return [[duration // 1000, volt] for duration, volt in value]
    return value


def take(test: Test, message: dict[str, Any], answer: dict[str, Any]) -> str:
    """Set what `message` brings and note it in `answer`; the complaints, empty for none."""
    if "param" not in message:
        return ", ".join(["key param missing"] * 2)
    given = message["param"]
    if not isinstance(given, dict):
        return ", ".join(["param not JsonObject"] * 2)
    taken: dict[str, Any] = {}
    answer["param"] = taken
    errors = _take_keys(test, BASE, given, taken)
    if errors:
        return ", ".join(errors)
    if isinstance(test, Steps):
        return _take_steps(test, given, taken)
    rest = tuple(key for key in test.values if key not in BASE)
    return ", ".join(_take_keys(test, rest, given, taken))


def _take_keys(
    test: Test, keys: tuple[str, ...], given: dict[str, Any], taken: dict[str, Any]
) -> list[str]:
    errors: list[str] = []
    for key in keys:
        if key not in given:
            continue
        whole = key in TIMES or key in COUNTS
        right: Callable[[Any], bool] = is_whole if whole else is_float
        if not right(given[key]):
            errors.append(f"{key} not {'uint32' if whole else 'a float'}")
            continue
        test.values[key] = _converted(test, key, given[key])
        taken[key] = _told(key, test.values[key])
    return errors


def _converted(test: Test, key: str, value: Any) -> float | int:
    if key in TIMES:
        return unsigned(value) * 1000
    if key in COUNTS:
        return unsigned(value)
    size = single(value)
    if key in SIZES or (key == "amplitude" and "window" in test.values):
        return abs(size)
    return min(abs(size), 1.0) if key == "window" else size


def _take_steps(test: Steps, given: dict[str, Any], taken: dict[str, Any]) -> str:
    if "step" not in given:
        return "step key not found"
    steps = given["step"]
    if not isinstance(steps, list):
        return "step not a JsonArray"
    if len(steps) > test.most:
        return "step array too large"
    for step in steps:
        error = _step_error(step)
        if error:
            return error
    test.values["step"] = [[unsigned(step[0]) * 1000, single(step[1])] for step in steps]
    taken["step"] = _told("step", test.values["step"])
    return ""


def _step_error(step: Any) -> str:
    if not isinstance(step, list):
        return "step item not JsonArary"
    if len(step) != 2:
        return "step item size!=2"
    if not is_whole(step[0]):
        return "step item[0] not uint32"
    return "" if is_float(step[1]) else "step item[1] not float"
