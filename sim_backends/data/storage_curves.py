"""Open-circuit voltages of cells for stationary stores, over evenly standing shares of charge.

Solid-state lithium: nickel-rich oxide against graphite with silicon, the fits of C.-H. Chen et
al., J. Electrochem. Soc. 167 (2020) 080534, appendix, between the stoichiometries 0.27 .. 0.9077
and 0.0279 .. 0.9014 that 4.2 V and 2.5 V stand for there. A solid electrolyte changes the
resistances, not these.

Sodium-ion: layered oxide against hard carbon; middle of charge and discharge at half the rated
current of a commercial cell of 1.5 A*h (Hakadi 18650), read off measured data that M. Max put
under CC0 (github.com/MaxMax-embedded/hakadi_soidum_ion_18650, static_test_05_0c5-2-3.csv); beyond
0 and 1 straight on by eye.
"""

from __future__ import annotations

from math import exp, tanh

STEP = 0.01
FIRST, LAST = -0.05, 1.05
"""Step and ends of the shares."""

_SODIUM = (
    (-0.05, 0.60), (0.0, 1.63), (0.05, 2.23), (0.10, 2.45), (0.15, 2.62), (0.20, 2.72),
    (0.25, 2.78), (0.30, 2.82), (0.35, 2.86), (0.40, 2.92), (0.45, 3.00), (0.50, 3.10),
    (0.55, 3.20), (0.60, 3.30), (0.65, 3.39), (0.70, 3.48), (0.75, 3.57), (0.80, 3.65),
    (0.85, 3.75), (0.90, 3.87), (0.95, 3.98), (1.0, 4.09), (1.05, 4.25),
)  # fmt: skip


def _positive(y: float) -> float:
    """V against lithium of the oxide at stoichiometry `y`."""
    return (
        -0.8090 * y
        + 4.4875
        - 0.0428 * tanh(18.5138 * (y - 0.5542))
        - 17.7326 * tanh(15.7890 * (y - 0.3117))
        + 17.5842 * tanh(15.9308 * (y - 0.3120))
    )


def _negative(x: float) -> float:
    """V against lithium of graphite with silicon at stoichiometry `x`."""
    return (
        1.9793 * exp(-39.3631 * x)
        + 0.2482
        - 0.0909 * tanh(29.8538 * (x - 0.1234))
        - 0.04478 * tanh(14.9159 * (x - 0.2769))
        - 0.0205 * tanh(30.4444 * (x - 0.6103))
    )


def _lithium(share: float) -> float:
    return _positive(0.9077 - 0.6377 * share) - _negative(0.0279 + 0.8735 * share)


def _between(share: float) -> float:
    """V by straight lines between the points of sodium, which stand 0.05 apart."""
    place = (share - FIRST) / 0.05
    index = min(max(int(place), 0), len(_SODIUM) - 2)
    low, high = _SODIUM[index][1], _SODIUM[index + 1][1]
    return low + (place - index) * (high - low)


_SHARES = tuple(
    round(FIRST + STEP * number, 6) for number in range(round((LAST - FIRST) / STEP) + 1)
)

SOLID_LITHIUM = tuple((share, _lithium(share)) for share in _SHARES)
SODIUM = tuple((share, _between(share)) for share in _SHARES)
