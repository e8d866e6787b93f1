"""A contribution is stated in one way, and its distribution reaches the draws."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.evidence import Spread
from labctl.uncertainty import MonteCarlo, circumstances_of
from rigs.bench import Bench, load_bench
from rigs.benches import simulated_bench

OLD = 'value = 0.004\ndistribution = "normal"'


def bench(folder: Path, lines: str) -> Bench:
    """The simulated bench whose spectral mismatch is stated by `lines`."""
    text = simulated_bench("photovoltaic").read_text(encoding="utf-8")
    assert OLD in text
    path = folder / "bench.toml"
    path.write_text(text.replace(OLD, lines), encoding="utf-8")
    return load_bench(path)


@pytest.mark.parametrize(
    ("lines", "u", "spread"),
    [
        (OLD, 0.004, None),
        ("U = 0.01\nk = 2", 0.005, None),
        ('U = 0.02\nk = 2\ndistribution = "t"\nfreedom = 9', 0.01, Spread("t", 9.0)),
        (
            'half_width = 0.03\ndistribution = "rectangular"',
            0.03 / math.sqrt(3),
            Spread("rectangular"),
        ),
        (
            'half_width = 0.03\ndistribution = "triangular"',
            0.03 / math.sqrt(6),
            Spread("triangular"),
        ),
        ('half_width = 0.03\ndistribution = "u-shaped"', 0.03 / math.sqrt(2), Spread("u-shaped")),
        ('value = 0.01\ndistribution = "rectangular"', 0.01, Spread("rectangular")),
    ],
)
def test_each_way_gives_a_standard_uncertainty(
    tmp_path: Path, lines: str, u: float, spread: Spread | None
) -> None:
    found = bench(tmp_path, lines)
    assert found.contributions()["spectral_mismatch"].u == pytest.approx(u)
    assert found.distributions().get("spectral_mismatch") == spread


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "states nothing"),
        ("value = 0.01\nU = 0.02\nk = 2", "states value and U"),
        ("U = 0.02", ".k: an expanded uncertainty"),
        ("value = 0.02\nk = 2", ".k: belongs to an expanded"),
        ('U = 0.02\nk = 2\ndistribution = "rectangular"', ".k: an expanded uncertainty"),
        ("half_width = 0.02", ".distribution: a half width has no normal"),
        ('value = 0.02\ndistribution = "t"', ".freedom: a t has degrees of freedom"),
        ("value = 0.02\nfreedom = 3", ".freedom: a t has degrees of freedom"),
        ("value = inf", "the standard uncertainty is inf"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, lines: str, words: str) -> None:
    with pytest.raises(BenchError) as caught:
        bench(tmp_path, lines)
    assert "uncertainty.0" in caught.value.message
    assert words in caught.value.message


def test_the_draws_have_the_distribution_that_is_stated() -> None:
    spreads = {"mismatch": Spread("rectangular"), "offset": Spread("t", 5.0)}
    mc = MonteCarlo(50_000, 2, circumstances=circumstances_of((), None, spreads))
    flat = mc.normal("bench/mismatch/remounted")[1:, 0]
    assert abs(flat).max() < math.sqrt(3) + 1e-9
    assert flat.std() == pytest.approx(1.0, rel=0.02)
    assert mc.normal("bench/offset")[1:, 0].std() == pytest.approx(math.sqrt(5 / 3), rel=0.05)
    assert abs(mc.normal("sample/mismatch")[1:, 0]).max() > 3.0
