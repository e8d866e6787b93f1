"""What a sheet and a bench say of a station, and the figures that follow from readings."""

from __future__ import annotations

import math

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.uncertainty import MonteCarlo
from procedures.methods.hybrid_storage import energy
from procedures.methods.hybrid_storage.cycling import Cycle, plan_of
from procedures.methods.hybrid_storage.estimation import Instant, Profile, error_of, errors
from procedures.methods.hybrid_storage.plant import ENERGY, HALL, Plant
from procedures.methods.trace import trace
from rigs.current_transformer import CurrentTransformer

KWH = 3.6e6


def read(value: float, unit: str, name: str, sheet: Accuracy | None = None) -> Reading:
    return Reading(value, unit, 0.0, 0.0, f"test://{name}", f"SIM-{name}", sheet)


AIR = trace([read(25.0, "degC", "logger")] * 2)


def plant(**more: Quantity) -> Plant:
    """A station of 200 kWh and 500 kW behind transformers of 200 to 1."""
    properties = {
        "rated_energy": Quantity(200.0, "kW*h"),
        "rated_power": Quantity(500.0, "kW"),
        "state_of_charge_low": Quantity(2.5, "%"),
        "state_of_charge_high": Quantity(97.5, "%"),
        **more,
    }
    sample = Sample("S-1", "station", properties=properties)
    transformer = CurrentTransformer("CT", Quantity(200.0, "dimensionless", 0.1), "test")
    return Plant(sample, transformer, {HALL: Quantity(0.0, "K", 0.15)})


def cycle(charged: float, cycled: float, idle: float = 0.0, air: float = 25.0) -> Cycle:
    """A cycle with energies in kWh and power in W at the primary side, read at the rests' ends."""
    sheet = Accuracy("energy", 1.0, "J", 1e-3, 0.0, "test")

    def phases(total: float, unit: str) -> tuple[Reading, ...]:
        return tuple(read(total / 3.0 / 200.0, unit, f"wt-{n}", sheet) for n in (1, 2, 3))

    return Cycle(
        phases(charged * KWH, "J"),
        phases(cycled * KWH, "J"),
        phases(idle, "W"),
        at_charged=8200.0,
        at_cycled=15800.0,
        charge_seconds=7600.0,
        discharge_seconds=7000.0,
        rest=600.0,
        air=trace([read(air, "degC", "logger")] * 2),
    )


def test_powers_and_ranges_follow_from_the_sheet() -> None:
    one = plant()
    assert one.power(0.5) == pytest.approx(100e3)
    assert one.secondary(690e3) == pytest.approx(5.0)
    wide, window = plan_of(one, 0.5), plan_of(one, 0.5, window=True, count=7)
    assert (wide.low, wide.high, wide.count) == (0.0, 100.0, 1)
    assert (window.low, window.high, window.count) == (2.5, 97.5, 7)
    assert wide.charge_power == wide.discharge_power == pytest.approx(100e3)


def test_what_nobody_states_is_named() -> None:
    named = [one.name for one in plant().unstated(ENERGY, bench=(HALL, "channel_skew"))]
    assert named == ["channel_skew", ENERGY]


def test_energy_is_that_of_the_primary_side_at_25_degrees() -> None:
    one = plant(**{ENERGY: Quantity(0.004, "1/K", 0.0004)})
    mc = MonteCarlo(4000, 1)
    seen = cycle(231.0, 18.0, idle=0.0, air=26.0)
    found = energy.flows_of(mc, one, seen)
    assert found.delivered[0] / KWH == pytest.approx(213.0)
    # Transformer 0.05 %, three meters of +-0.1 % whose errors are their own: the difference of two
    # sums of one meter has one gain.
    wanted = math.hypot(5e-4, 1e-3 / math.sqrt(3.0) / math.sqrt(3.0))
    assert np.std(found.delivered[1:]) / found.delivered[0] == pytest.approx(wanted, rel=0.05)
    warmed = one.warmed(mc, ENERGY, seen.air.readings())
    assert warmed[0] == pytest.approx(1.004)
    assert np.std(warmed[1:]) == pytest.approx(math.hypot(0.004 * 0.15, 0.0004), rel=0.05)


def test_the_gain_of_meters_and_transformers_cancels_in_an_efficiency() -> None:
    found = energy.flows_of(MonteCarlo(2000, 1), plant(), cycle(231.0, 21.0))
    ratio = found.delivered / found.taken
    assert ratio[0] == pytest.approx(210.0 / 231.0)
    assert np.std(ratio[1:]) < 1e-9


def test_the_largest_error_carries_the_scatter_of_its_profiles() -> None:
    def profile(error: float) -> Profile:
        instants = [
            Instant(
                tuple(read(80.0 + e, "%", "bank") for e in (0.3, error)),
                tuple(read(-1000.0, "C", "meter") for _ in range(2)),
            ),
        ]
        empty = tuple(read(-5000.0, "C", "meter") for _ in range(2))
        return Profile(tuple(instants), Instant(instants[0].told, empty), AIR)

    found = error_of(MonteCarlo(20_000, 1), [profile(error) for error in (-1.8, -2.0, -2.2)])
    assert found[0] == pytest.approx(2.0)
    low, high = np.quantile(found[1:], [0.025, 0.975])
    # Two banks, of which one does not scatter: a t of four degrees of freedom.
    wanted = 2.0 * 2.776 * 0.2 / math.sqrt(2.0) / math.sqrt(3.0)
    assert high - low == pytest.approx(wanted, rel=0.06)


def test_where_both_banks_are_as_bad_each_draw_has_its_own_worse_one() -> None:
    meters = [
        Accuracy("charge", 1.0, "C", 0.0, offset, f"meter {n}")
        for n, offset in enumerate((5.0, 10.0))
    ]

    def instant(told: float, passed: float) -> Instant:
        seen = [read(passed, "C", f"meter {n}", line) for n, line in enumerate(meters)]
        return Instant((read(told, "%", "bank"), read(told, "%", "bank")), (seen[0], seen[1]))

    one = Profile((instant(22.0, -4000.0),), instant(0.0, -5000.0), AIR)
    found = error_of(MonteCarlo(20_000, 1), [one, one, one])
    assert found[0] == pytest.approx(2.0)
    # Offsets move the counted charge of the two by 0.02 and 0.04 points: the larger of both lies
    # above where either would be alone.
    alone = [errors(MonteCarlo(20_000, 1), one, bank)[1:, 0] for bank in (0, 1)]
    assert np.mean(found[1:]) == pytest.approx(np.mean(np.maximum(*alone)), abs=2e-3)
    assert np.mean(found[1:]) > 2.0 + 0.005


def test_errors_of_an_estimate_are_those_against_the_counted_charge() -> None:
    told = Accuracy("state_of_charge", 100.0, "%", 0.0, 10.0, "test", 0.1)
    meter = Accuracy("charge", 1.0, "C", 1e-3, 0.0, "test")

    def instant(percent: float, error: float) -> Instant:
        passed = -(1.0 - percent / 100.0) * 5000.0
        seen = read(percent + error, "%", "bank", told), read(passed, "C", "meter", meter)
        return Instant((seen[0], seen[0]), (seen[1], seen[1]))

    profile = Profile((instant(80.0, 1.5), instant(40.0, -2.0)), instant(0.0, 0.0), AIR)
    found = errors(MonteCarlo(2000, 1), profile, 1)
    assert found[0] == pytest.approx([1.5, -2.0])
    # What the bank's own sheet allows has no part in it: its error is what is sought.
    assert np.std(found[1:], axis=0) == pytest.approx([0.1 / math.sqrt(12.0)] * 2, rel=0.1)
