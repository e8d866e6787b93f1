from __future__ import annotations

import msgspec
import pytest

from labctl.agreement import Agreement, Tolerance
from labctl.evidence import Observed
from labctl.indicator import Condition
from labctl.judging.outcome import Outcome
from labctl.judging.record import ConditionVerdict
from labctl.verdict import Verdict
from tests.labctl.judged import condition, criterion, figure, indicator, verdict

TEMPERATURE = condition("temperature", 25, "degC")
CURRENT = condition("current_density", 2, "A/cm**2")
LEVEL = condition("output_power_level", 0, "dBm")
HUMIDITY = condition("relative_humidity", 40, "%")
CHANNELS = condition("channels", 4, "channel")
BIAS = condition("external_bias", 0, "V")
STATED = condition("temperature", 50, "degC", tolerance=10.0)


def judged(
    rule: Condition, *observed: Observed, y: float = 30.0, agreement: Agreement | None = None
) -> Verdict:
    subject = indicator(criterion(">=", 20), conditions=[rule])
    return verdict(subject, *observed, efficiency=figure(y, 1.0), agreement=agreement)


def state(rule: Condition, observed: Observed, agreement: Agreement | None = None) -> str:
    return judged(rule, observed, agreement=agreement).conditions[0].state


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        (TEMPERATURE, 27.0, "held"),
        (TEMPERATURE, 23.0, "held"),
        (TEMPERATURE, 27.01, "not held"),
        (STATED, 60.0, "held"),
        (STATED, 61.0, "not held"),
        (CURRENT, 2.04, "held"),
        (CURRENT, 2.05, "not held"),
        (LEVEL, 0.5, "held"),
        (LEVEL, -0.6, "not held"),
        (HUMIDITY, 45.0, "held"),
        (HUMIDITY, 34.0, "not held"),
        (CHANNELS, 4.0, "held"),
        (CHANNELS, 5.0, "not held"),
        (BIAS, 0.0, "held"),
        (BIAS, 1e-6, "not agreed"),
        (condition("ph", 2, "dimensionless"), 2.04, "held"),
        (condition("height", 200, "m", ">="), 200.0, "held"),
        (condition("height", 200, "m", ">="), 199.9, "not held"),
        (condition("device_size", 10, "um", "<"), 10.0, "not held"),
        (condition("device_size", 10, "um", "<"), 9.9, "held"),
        (condition("device_size", 10, "um", "<="), 10.0, "held"),
        (condition("particle_size", 1, "um", ">"), 1.0, "not held"),
        (condition("bandgap", (1.6, 1.75), "eV", "between"), 1.75, "held"),
        (condition("bandgap", (1.6, 1.75), "eV", "between"), 1.76, "not held"),
    ],
)
def test_numbers(rule: Condition, value: float, expected: str) -> None:
    assert state(rule, Observed(rule.quantity, value, rule.unit)) == expected


def test_what_each_state_makes_of_the_test() -> None:
    held = judged(TEMPERATURE, Observed("temperature", 25.0, "degC"))
    assert (held.outcome, held.reasons) == (Outcome.PASS, ())
    off = judged(TEMPERATURE, Observed("temperature", 40.0, "degC"))
    assert (off.outcome, off.reasons) == (
        Outcome.INVALID,
        ("temperature: 40 degC was observed",),
    )
    absent = judged(TEMPERATURE)
    assert (absent.outcome, absent.reasons) == (Outcome.INVALID, ("temperature: not observed",))
    failing = judged(TEMPERATURE, Observed("temperature", 40.0, "degC"), y=1.0)
    assert failing.outcome is Outcome.INVALID
    bias = judged(BIAS, Observed("external_bias", 0.001, "V"))
    assert bias.outcome is Outcome.INCOMPLETE
    assert "needs an agreed tolerance" in bias.reasons[0]


@pytest.mark.parametrize(
    "observed",
    [
        Observed("temperature", None, "degC"),
        Observed("temperature", float("nan"), "degC"),
        Observed("temperature", 25.0, "V"),
        Observed("temperature", 25.0, ""),
        Observed("temperature", 25.0, "degC", u=float("nan")),
        Observed("temperature", 25.0, "degC", low=float("nan")),
        Observed("temperature", float("inf"), "degC"),
        Observed("temperature", "25", "degC"),  # pyright: ignore[reportArgumentType]
    ],
)
def test_what_shows_nothing_is_not_observed(observed: Observed) -> None:
    found = judged(TEMPERATURE, observed)
    assert found.conditions[0].state == "not observed"
    assert found.outcome is Outcome.INVALID
    assert found.reasons[0].startswith("temperature: ")


def test_a_u_beyond_the_tolerance_is_not_observable() -> None:
    assert state(TEMPERATURE, Observed("temperature", 25.0, "degC", u=1.0)) == "held"
    found = judged(TEMPERATURE, Observed("temperature", 25.0, "degC", u=1.1))
    assert found.conditions[0].state == "not observable"
    assert found.outcome is Outcome.INVALID
    assert "exceeds 2 degC" in found.reasons[0]
    window = condition("bandgap", (1.6, 1.8), "eV", "between")
    assert state(window, Observed("bandgap", 1.7, "eV", u=0.2)) == "not observable"


@pytest.mark.parametrize(
    ("share", "excursion", "expected"),
    [
        (1.0, 0.0, "held"),
        (0.99, 0.01, "held"),
        (0.989, 0.001, "not held"),
        (0.995, 0.011, "not held"),
    ],
)
def test_share_of_the_exposure(share: float, excursion: float, expected: str) -> None:
    observed = Observed("temperature", 25.0, "degC", share=share, worst_excursion=excursion)
    assert state(TEMPERATURE, observed) == expected


def test_extremes_outside_need_a_counted_share() -> None:
    outside = Observed("temperature", 25.0, "degC", low=24.0, high=31.0)
    assert state(TEMPERATURE, outside) == "not held"
    counted = msgspec.structs.replace(outside, share=0.999)
    assert state(TEMPERATURE, counted) == "held"


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [("duration", "h"), ("bending_cycles", "cyc"), ("cycle_number", "cyc"), ("dose", "J/m**2")],
)
def test_exposures_may_be_longer_but_not_shorter(quantity: str, unit: str) -> None:
    rule = condition(quantity, 1000, unit)
    for value, outcome in (
        (1000.0, Outcome.PASS),
        (1000.0 - 1e-8, Outcome.PASS),
        (1010.0, Outcome.PASS),
        (1500.0, Outcome.INCOMPLETE),
        (999.0, Outcome.INCOMPLETE),
    ):
        assert judged(rule, Observed(quantity, value, unit)).outcome is outcome
    assert judged(rule).outcome is Outcome.INVALID


def test_a_fail_may_come_early() -> None:
    rule = condition("duration", 1000, "h")
    early = judged(rule, Observed("duration", 1.8e6, "s"), y=1.0)
    assert early.outcome is Outcome.FAIL
    assert early.conditions[0].state == "short"
    assert "500 of 1000 h was run" in early.conditions[0].reason


@pytest.mark.parametrize(
    ("low", "high", "u", "expected"),
    [
        (25.0, 60.0, 0.1, "held"),
        (26.5, 58.5, 0.1, "held"),
        (28.0, 60.0, 0.1, "not held"),
        (25.0, 57.0, 0.1, "not held"),
        (25.0, 60.0, 1.5, "not observable"),
    ],
)
def test_ranges_to_be_covered(low: float, high: float, u: float, expected: str) -> None:
    rule = condition("temperature", (25.0, 60.0), "degC", "covers")
    assert state(rule, Observed("temperature", None, "degC", u, low, high)) == expected
    assert state(rule, Observed("temperature", 40.0, "degC", u)) == "not observed"


def test_units_of_conditions_are_converted() -> None:
    found = judged(TEMPERATURE, Observed("temperature", 299.15, "K", 0.5, 298.15, 300.15))
    (condition_verdict,) = found.conditions
    assert condition_verdict.state == "held"
    assert condition_verdict.value == pytest.approx(26.0)
    assert condition_verdict.u == 0.5
    assert (condition_verdict.low, condition_verdict.high) == pytest.approx((25.0, 27.0))


def test_the_agreement_replaces_a_tolerance() -> None:
    observed = Observed("temperature", 27.0, "degC")
    for tolerances, expected in (
        ({"temperature": Tolerance(1.0, "K")}, "not held"),
        ({"temperature": Tolerance(1.0, "K"), "9.9-99/temperature": Tolerance(3.0, "K")}, "held"),
        ({"temperature": Tolerance(1.0, "V")}, "not agreed"),
    ):
        assert state(TEMPERATURE, observed, Agreement(tolerances=tolerances)) == expected
    share = Agreement(tolerances={"current_density": Tolerance(5.0, "%")})
    assert state(CURRENT, Observed("current_density", 2.09, "A/cm**2"), share) == "held"
    bias = Agreement(tolerances={"external_bias": Tolerance(10.0, "mV")})
    assert state(BIAS, Observed("external_bias", 0.005, "V"), bias) == "held"


def test_of_several_observations_each_must_hold() -> None:
    good, bad = (Observed("temperature", value, "degC") for value in (25.0, 40.0))
    assert judged(TEMPERATURE, good, good).outcome is Outcome.PASS
    assert judged(TEMPERATURE, good, bad).outcome is Outcome.INVALID


def words(aspect: str, text: str) -> Condition:
    return Condition(aspect=aspect, text=text)


def said(rule: Condition, text: str = "", by: str = "operator", *members: str) -> ConditionVerdict:
    observed = Observed(aspect=rule.aspect, text=text, declared_by=by, members=members)
    return judged(rule, observed).conditions[0]


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("pure water", "operator", "held"),
        ("Pure  Water", "operator", "held"),
        ("pure water, 18 MOhm cm", "operator", "held"),
        ("not pure water", "operator", "not held"),
        ("pure water with salt", "operator", "not held"),
        ("pure water", "", "not observed"),
        ("", "operator", "not observed"),
    ],
)
def test_words_are_declared(text: str, by: str, expected: str) -> None:
    assert said(words("medium", "pure water"), text, by).state == expected


def test_words_that_nobody_declared() -> None:
    assert judged(words("medium", "pure water")).outcome is Outcome.INVALID


IONS = words("must_include", "mercury, cadmium (any form), zinc")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (("Mercury", "cadmium", "zinc", "lead"), "held"),
        (("mercury", "cadmium (any form)", "zinc"), "held"),
        (("mercury", "zinc"), "not held"),
        ((), "not observed"),
    ],
)
def test_must_include(members: tuple[str, ...], expected: str) -> None:
    found = said(IONS, "", "", *members)
    assert found.state == expected
    if expected == "not held":
        assert found.reason == "must_include: missing: cadmium"


def test_members_may_stand_in_the_text() -> None:
    assert said(IONS, "zinc, mercury, cadmium, tin").state == "held"


def test_choose_from() -> None:
    rule = words("choose_from", "overheating, overcharge")
    assert said(rule, "", "", "overcharge").state == "held"
    odd = said(rule, "", "", "overcharge", "nail")
    assert (odd.state, odd.reason) == (
        "not held",
        "choose_from: not among those to choose from: nail",
    )


def test_an_example_binds_nobody() -> None:
    rule = words("for_example", "wave energy")
    assert judged(rule).outcome is Outcome.PASS
    assert said(rule, "", "", "solar").state == "held"


def test_what_was_asked_for_is_in_the_record() -> None:
    texts = [
        judged(rule).conditions[0].required
        for rule in (
            TEMPERATURE,
            condition("retention", 60, "%", ">="),
            condition("bandgap", (1.6, 1.75), "eV", "between"),
            condition("temperature", (25.0, 60.0), "degC", "covers"),
            IONS,
        )
    ]
    assert texts == [
        "25 degC",
        ">= 60 %",
        "1.6 to 1.75 eV",
        "covers 25 to 60 degC",
        "mercury, cadmium (any form), zinc",
    ]
