"""Accuracy lines that a bench file states, for instruments whose data sheet no driver knows.

[[roles.multimeter.options.accuracy]]
function = "voltage"
range = 10.0          # full scale in `unit`; the smallest that holds a value is taken
unit = "V"
gain = 25e-6          # plain fraction of the reading
offset = 50e-6        # in `unit`
source = "certificate 2026-117, page 2"
"""

from __future__ import annotations

from collections.abc import Iterable

from drivers.options import Options, finite
from labctl.evidence import Accuracy

KEYS = ("function", "range", "unit", "gain", "offset", "source")


def stated(options: Options, units: dict[str, str]) -> tuple[Accuracy, ...]:
    """The lines of the option `accuracy`; `units` by function. `ValueError` for a wrong one."""
    return tuple(_line(table, units) for table in options.tables("accuracy"))


def held_by(lines: Iterable[Accuracy], function: str, value: float) -> Accuracy | None:
    """The line of the smallest range of `function` that holds `value` in its unit; None without."""
    fitting = [one for one in lines if one.function == function and abs(value) <= one.range]
    return min(fitting, key=lambda one: one.range, default=None)


def _line(table: object, units: dict[str, str]) -> Accuracy:
    if not isinstance(table, dict) or set(table) != set(KEYS):
        raise ValueError(f"an accuracy has exactly {', '.join(KEYS)}")
    function, unit, source = (str(table[key]) for key in ("function", "unit", "source"))
    if units.get(function) != unit:
        known = ", ".join(f"{name} in {of}" for name, of in units.items())
        raise ValueError(f"accuracy of {function!r} in {unit!r}; there are {known}")
    if not source.strip():
        raise ValueError(f"the accuracy of {function} names no source")
    figures = [finite(table[key], f"accuracy {key}") for key in ("range", "gain", "offset")]
    if figures[0] <= 0 or min(figures) < 0:
        raise ValueError(f"the accuracy of {function} has a negative figure")
    return Accuracy(function, figures[0], unit, figures[1], figures[2], source)
