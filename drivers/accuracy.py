"""Finding the line of a data sheet that belongs to a reading."""

from __future__ import annotations

import math
from collections.abc import Iterable

from labctl.errors import Defect
from labctl.evidence import Accuracy


def line_of(accuracies: Iterable[Accuracy], function: str, full_scale: float) -> Accuracy:
    """The line of `function` whose range is `full_scale` in its unit; `Defect` without one."""
    for line in accuracies:
        if line.function == function and math.isclose(line.range, full_scale, rel_tol=1e-3):
            return line
    raise Defect(f"no accuracy is known for {function} on the range {full_scale:g}")


def range_for(accuracies: Iterable[Accuracy], function: str, value: float, over: float) -> float:
    """The smallest range of `function` that holds +-`value`, each range used up to `over` x itself.

    `Defect` where none does: callers refuse such values before.
    """
    fitting = [
        line.range
        for line in accuracies
        if line.function == function and abs(value) <= over * line.range
    ]
    if not fitting:
        raise Defect(f"no range of {function} holds {value:g}")
    return min(fitting)
