"""Standards of a rehearsal: simulated values, known as well as the real bench states."""

from __future__ import annotations

import pytest

from rigs.bench_entries import QuantityEntry, RatioEntry, ShuntEntry, TransformerEntry
from rigs.likeness import like_shunt, like_transformer


def transformer(value: float, u: float) -> TransformerEntry:
    return TransformerEntry(serial="CT", certificate="C", ratio=RatioEntry(value, u))


def shunt(value: float, unit: str, u: float) -> ShuntEntry:
    return ShuntEntry(serial="R", certificate="C", resistance=QuantityEntry(value, unit, u))


def test_a_ratio_is_the_simulated_one_with_the_relative_u_of_the_real_one() -> None:
    made = like_transformer(transformer(200.0, 0.1), transformer(40.0, 0.008))
    assert made is not None and made.serial == "CT"
    assert made.ratio.value == 40.0 and made.ratio.u == pytest.approx(0.02)


def test_a_resistance_may_be_stated_in_another_unit() -> None:
    made = like_shunt(shunt(2.0, "mohm", 0.001), shunt(0.01, "ohm", 1e-9))
    assert made is not None
    assert made.resistance.unit == "ohm" and made.resistance.u == pytest.approx(5e-6)


def test_what_is_nonsense_or_not_there_is_kept_for_the_rig_to_refuse() -> None:
    nonsense = transformer(0.0, 0.1)
    assert like_transformer(nonsense, transformer(40.0, 0.008)) is nonsense
    assert like_transformer(None, transformer(40.0, 0.008)) is None
    wrong = shunt(2.0, "V", 0.001)
    assert like_shunt(wrong, shunt(0.01, "ohm", 1e-9)) is wrong
