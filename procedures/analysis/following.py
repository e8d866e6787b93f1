"""How a power follows a commanded one: delay, gain and what is left. Pure.

The command stands between its changes; the answer is compared with the command a delay ago. Delay,
gain and offset are those that leave least of the answer (least squares over a grid of delays).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Following:
    """`delay` in s, `gain` (1 where all of the command is done), `offset` and rms of the `rest` in
    W; `explained` is the part (0..1) of the answer's variance that the command explains;
    `weights` (n,) times the answer give the gain."""

    delay: float
    gain: float
    offset: float
    rest: float
    explained: float
    weights: Array


def held_command(time: Array, changes: Array, levels: Array) -> Array:
    """The command in W at each `time` (n,): the level of the last of `changes` (k,) before it.

    Before the first change the first of `levels` (k,) stands.
    """
    index = np.searchsorted(changes, time, side="right") - 1
    return levels[np.clip(index, 0, len(levels) - 1)]


def following(
    time: Array, answer: Array, changes: Array, levels: Array, delays: Array
) -> Following:
    """How `answer` in W at `time` in s, both (n,), follows the command that steps to `levels` in W
    at `changes` in s, both (k,); `delays` in s are tried, ascending.

    The first of several equally good delays is taken. `ValueError` for a command that is constant
    over the answer at every delay, or fewer than three points.
    """
    if len(time) < 3:
        raise ValueError(f"{len(time)} points tell no delay")
    tried = [
        _fit(answer, held_command(time - delay, changes, levels), float(delay)) for delay in delays
    ]
    usable = [one for one in tried if one is not None]
    if not usable:
        raise ValueError("the command does not change: it tells no gain")
    return min(usable, key=lambda one: one.rest)


def _fit(answer: Array, command: Array, delay: float) -> Following | None:
    """Gain and offset of `answer` on `command` at one delay; None where the command stands."""
    centred = command - command.mean()
    square = float(centred @ centred)
    if square == 0.0:
        return None
    weights = centred / square
    gain = float(weights @ answer)
    offset = float(answer.mean() - gain * command.mean())
    left = answer - offset - gain * command
    spread = float(np.sum((answer - answer.mean()) ** 2))
    rest = float(np.sqrt(np.mean(left**2)))
    explained = 1.0 - float(left @ left) / spread if spread > 0.0 else 0.0
    return Following(delay, gain, offset, rest, explained, weights)
