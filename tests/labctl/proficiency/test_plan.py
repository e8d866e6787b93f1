"""Which devices a procedure is tried on."""

from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.proficiency.limits import Side, continuous, sides
from labctl.proficiency.plan import known_devices, pilot, plan_of
from tests.labctl.judged import criterion, indicator

ANY = (float("-inf"), float("inf"))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (criterion(">=", 20.0), (Side(20.0, -1),)),
        (criterion("<", 10.0), (Side(10.0, 1),)),
        (criterion("within", 2.0), (Side(-2.0, -1), Side(2.0, 1))),
        (criterion("between", (3.0, 5.0)), (Side(3.0, -1), Side(5.0, 1))),
        (criterion("about", 500.0, tolerance=25.0, better="higher"), (Side(475.0, -1),)),
        (criterion("about", 500.0, tolerance=25.0), (Side(475.0, -1), Side(525.0, 1))),
        (criterion("present"), ()),
        (criterion("==", 5.0), ()),
    ],
)
def test_the_wrong_side_of_each_rule(row: object, expected: tuple[Side, ...]) -> None:
    assert sides(row) == expected  # type: ignore[arg-type]


def test_half_of_the_true_values_are_near_the_limit_and_all_have_own_benches() -> None:
    one = load().get("1.1-03")
    plan = plan_of(one, 100, 7, 0.2, lambda seed: ANY)
    away = [abs(trial.true - 20.0) for trial in plan.draws]
    assert all(distance <= 0.8 for distance in away[1::2])
    assert max(away) > 1.5
    assert 30 < sum(trial.true > 20.0 for trial in plan.draws) < 70
    assert [trial.true for trial in plan.wrong] == pytest.approx([19.99] * 100)
    assert [trial.true for trial in plan.right] == pytest.approx([20.01] * 50)
    assert len({trial.seed for trial in plan.trials}) == 250
    assert pilot(one, 7).true == 20.0


def test_true_values_stay_within_what_a_device_can_have() -> None:
    one = load().get("1.1-03")
    plan = plan_of(one, 60, 7, 0.2, lambda seed: (19.5, 20.5))
    assert all(19.52 <= trial.true <= 20.48 for trial in plan.draws)


def test_a_rate_is_drawn_between_nothing_and_twice_its_limit() -> None:
    one = load().get("6.7-04")
    plan = plan_of(one, 100, 7, 3.0, lambda seed: ANY)
    true = [trial.true for trial in plan.draws]
    assert 0.0 < min(true) < 1.0
    assert 9.0 < max(true) < 10.0


def test_the_same_seed_gives_the_same_devices() -> None:
    one = load().get("1.1-04")
    first, again, other = (plan_of(one, 10, seed, 0.1, lambda _: ANY) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_counts_are_right_or_wrong_and_cycles_any_number() -> None:
    assert not continuous(load().get("6.8-07"))
    assert continuous(indicator(criterion(">=", 10_000.0, unit="cyc")))


def test_documents_and_several_rows_are_right_or_wrong() -> None:
    assert not continuous(indicator(criterion(">=", 5), evidence="document"))
    assert not continuous(indicator(criterion(">=", 5), criterion("<", 5, key="other")))
    assert not continuous(indicator(criterion("present")))
    assert continuous(indicator(criterion(">=", 5)))
    plan = known_devices("dossier", 100, 3)
    assert [trial.dut for trial in plan.trials].count("failing") == 50
    assert len({trial.seed for trial in plan.trials}) == 100
