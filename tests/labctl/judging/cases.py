"""The rules for verdicts as a table: a sentence of the rules, a row, a result, what it comes to.

`reason` is part of what is said; `agreement` is the default one where none is given.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from labctl.agreement import Agreement, Tolerance
from labctl.evidence import Count, Figure, Present, Rate, Result
from labctl.indicator import Criterion
from labctl.judging.outcome import Outcome
from tests.labctl.judged import criterion, figure, span

P, CP, CF, F, N = (
    Outcome.PASS,
    Outcome.CONDITIONAL_PASS,
    Outcome.CONDITIONAL_FAIL,
    Outcome.FAIL,
    Outcome.INCOMPLETE,
)
SIMPLE, GUARDED = Agreement(rule="simple"), Agreement(rule="guarded")


class Case(NamedTuple):
    """One line of the table."""

    rule: Criterion
    result: Result | None
    outcome: Outcome
    reason: str = ""
    agreement: Agreement | None = None


def upper(strict: bool = False, **more: Any) -> Criterion:
    return criterion("<" if strict else "<=", 20, "V", **{"quantity": "cell_voltage", **more})


def lower(strict: bool = False, **more: Any) -> Criterion:
    return criterion(">" if strict else ">=", 20, "V", **{"quantity": "cell_voltage", **more})


def volts(y: float, expanded: float = 0.0, **more: Any) -> Figure:
    return figure(y, expanded, "V", **more)


def patents(sure: float, possible: float) -> Count:
    return Count(sure, possible, "patent")


SKEWED = Figure(19.0, "V", 0.5, 18.9, 20.5)
"""A figure whose interval reaches further up than down: the interval decides, not y +- U."""

ONE_SIDED = [
    # PASS hi <= T; CONDITIONAL PASS y <= T < hi; CONDITIONAL FAIL lo <= T < y; FAIL T < lo
    Case(upper(), volts(18, 1), P),
    Case(upper(), volts(19, 1), P),
    Case(upper(), volts(19.5, 1), CP),
    Case(upper(), volts(20, 1), CP),
    Case(upper(), volts(20.5, 1), CF),
    Case(upper(), volts(21, 1), CF),
    Case(upper(), volts(21.5, 1), F),
    Case(upper(), SKEWED, CP),
    # y = T under a strict < is CONDITIONAL FAIL
    Case(upper(strict=True), volts(20, 1), CF),
    Case(upper(strict=True), volts(20), CF),
    Case(upper(strict=True), volts(19.9, 1), CP),
    Case(upper(strict=True), volts(19, 1), P),
    # lower limits mirrored
    Case(lower(), volts(21, 1), P),
    Case(lower(), volts(20, 1), CP),
    Case(lower(), volts(19.5, 1), CF),
    Case(lower(), volts(19, 1), CF),
    Case(lower(), volts(18.5, 1), F),
    Case(lower(strict=True), volts(20, 1), CF),
    Case(lower(strict=True), volts(20.5, 1), CP),
    # a figure with u alone stands for y +- 1.96 u
    Case(upper(), Figure(19, "V", 0.5), P),
    Case(upper(), Figure(19, "V", 0.52), CP),
    # units are converted, wrong ones named
    Case(upper(), Figure(19_000, "mV"), P),
    Case(upper(), Figure(19, "A"), N, "'A'"),
    Case(upper(), None, N, "no result"),
]

BETWEEN = criterion("between", (10.0, 20.0), "V", quantity="cell_voltage")
WITHIN = criterion("within", 2, "%", quantity="relative_deviation")
ABOUT = criterion("about", 100, "V", quantity="cell_voltage", tolerance=10.0)

WINDOWS = [
    # both ends
    Case(BETWEEN, volts(15, 1), P),
    Case(BETWEEN, volts(10.5, 1), CP),
    Case(BETWEEN, volts(19.5, 1), CP),
    Case(BETWEEN, volts(9.5, 1), CF),
    Case(BETWEEN, volts(20.5, 1), CF),
    Case(BETWEEN, volts(8, 1), F),
    Case(BETWEEN, volts(22, 1), F),
    Case(WITHIN, figure(-1, 0.5), P),
    Case(WITHIN, figure(-1.8, 0.5), CP),
    Case(WITHIN, figure(2.2, 0.5), CF),
    Case(WITHIN, figure(-2.6, 0.5), F),
    Case(ABOUT, volts(95, 5), P),
    Case(ABOUT, volts(108, 5), CP),
    Case(ABOUT, volts(89, 5), CF),
    Case(ABOUT, volts(80, 5), F),
    Case(criterion("about", 100, "V", tolerance=10.0, better="higher"), volts(300, 5), P),
    Case(criterion("about", 100, "V", tolerance=10.0, better="lower"), volts(300, 5), F),
    # tolerance of about is a part of the agreement
    Case(ABOUT, volts(89, 1), CP, agreement=Agreement(about={"9.9-99": Tolerance(11, "V")})),
    Case(ABOUT, volts(89, 1), P, agreement=Agreement(about={"9.9-99": Tolerance(20, "%")})),
    Case(ABOUT, volts(89, 1), N, "does not fit", Agreement(about={"9.9-99": Tolerance(1, "A")})),
    # an interval wider than the window gives the reason `not capable`
    Case(BETWEEN, volts(15, 6), CP, "not capable"),
    Case(BETWEEN, volts(15, 5), P),
    Case(BETWEEN, volts(15, 6), CP, "not capable", SIMPLE),
    Case(BETWEEN, volts(15, 6), F, "not capable", GUARDED),
]

COVERS = criterion("covers", (400.0, 600.0), "nm", quantity="wavelength")
SHARE = criterion("covers", (0.0, 100.0), "%", quantity="indium_fraction")
WORKING = criterion("covers", (-40.0, 60.0), "degC", quantity="operating_temperature")


def covered(low: float, high: float, expanded: float = 0.0, unit: str = "nm", **more: Any):
    return span(figure(low, expanded, unit), figure(high, expanded, unit), **more)


RANGES = [
    # each end is a one-sided decision of its own
    Case(COVERS, covered(390, 610, 10), P),
    Case(COVERS, covered(395, 610, 10), CP),
    Case(COVERS, covered(390, 605, 10), CP),
    Case(COVERS, covered(405, 610, 10), CF),
    Case(COVERS, covered(390, 580, 10), F),
    Case(COVERS, covered(420, 590, 15), F),
    # points between are tested
    Case(COVERS, covered(390, 610, 10, between=()), N, "no point between"),
    Case(COVERS, covered(390, 610, 10, between=(395.0, 605.0)), N, "no point between"),
    Case(COVERS, covered(390, 610, 10, failed=(500.0,)), F, "did not hold at 500"),
    Case(COVERS, covered(390, 610, 10, failed=(605.0,)), P),
    Case(COVERS, covered(0.39, 0.61, 0.01, "um", failed=(0.5,)), F, "did not hold at 500"),
    # an end at a physical bound (0) has no guard band
    Case(SHARE, covered(0, 100, 1, "%"), CP),
    Case(SHARE, covered(0, 102, 1, "%", low_physical=True), P),
    Case(SHARE, covered(-2, 100, 1, "%", high_physical=True), P),
    Case(SHARE, covered(0.5, 102, 1, "%", low_physical=True), F),
    Case(COVERS, covered(400, 610, 10, low_physical=True), N, "no physical bound"),
    # for a working range it is enough that the stimulus reached the end within its tolerance
    Case(WORKING, covered(-38.5, 58.5, 0.4, "degC"), P, "within 2"),
    Case(WORKING, covered(-38.5, 58.5, 1.0, "degC"), CP),
    Case(WORKING, covered(-30, 60, 0.4, "degC"), F),
    Case(
        WORKING,
        covered(-38.5, 58.5, 0.4, "degC"),
        F,
        agreement=Agreement(tolerances={"operating_temperature": Tolerance(1.0, "K")}),
    ),
    # ... and the function held
    Case(WORKING, covered(-38.5, 58.5, 0.4, "degC", failed=(20.0,)), F, "did not hold at 20"),
    Case(COVERS, covered(610, 390, 1), N, "reversed"),
    Case(COVERS, figure(500, 1, "nm"), N, "expected a range"),
]

RULES = [
    # rules simple and guarded exist beside the non-binary one
    Case(lower(), volts(20.5, 1), CP),
    Case(lower(), volts(20.5, 1), P, agreement=SIMPLE),
    Case(lower(), volts(20.5, 1), F, agreement=GUARDED),
    Case(lower(), volts(19.5, 1), F, agreement=SIMPLE),
    Case(lower(), volts(21, 1), P, agreement=GUARDED),
]

COUNTED = criterion(">=", 5, "patent", quantity="patents")
ALL = criterion("==", 100, "%", quantity="success_rate")
NONE = criterion("==", 0, "event", quantity="explosions")
ALARMS = criterion("<=", 5, "%", quantity="false_alarm_rate")
BITS = criterion("<=", 1e-9, "dimensionless", quantity="bit_error_rate")
RECALL = criterion(">=", 80, "%", quantity="recall")
HALF = criterion("between", (40, 60), "%", quantity="success_rate")

NUMBERS = [
    # counts whose members are decisions are a range [members that PASS, that do not FAIL]
    Case(COUNTED, patents(5, 7), P),
    Case(COUNTED, patents(4, 5), CF),
    Case(COUNTED, patents(3, 4), F),
    Case(criterion("<=", 5, "patent", quantity="patents"), patents(5, 6), CP),
    Case(criterion("<", 5, "patent", quantity="patents"), patents(5, 5), F),
    Case(criterion("<", 5, "patent", quantity="patents"), patents(3, 4), P),
    Case(criterion("<", 5, "patent", quantity="patents"), patents(4, 5), CP),
    Case(criterion(">", 5, "patent", quantity="patents"), patents(5, 6), CF),
    Case(COUNTED, patents(6, 5), N, "only 5 possible"),
    # == 0 and == 100 % refer to the declared finite set
    Case(NONE, Count(0, 0, "event"), P),
    Case(NONE, Count(1, 1, "event"), F),
    Case(NONE, Count(0, 1, "event"), CP),
    Case(ALL, Rate(50, 50, 50), P),
    Case(ALL, Rate(49, 50, 50), F),
    Case(ALL, Rate(49, 49, 50), N, "49 of 50 trials"),
    Case(ALL, Rate(48, 49, 50), F),
    Case(HALF, Rate(50, 100, 1000), N, "100 of 1000 trials"),
    # rates are decided by Clopper-Pearson bounds: <= 5 % is passed by 0 in 72, 1 in 110, 3 in 173
    Case(ALARMS, Rate(0, 72, 72), P),
    Case(ALARMS, Rate(0, 71, 71), CP),
    Case(ALARMS, Rate(1, 110, 110), P),
    Case(ALARMS, Rate(1, 109, 109), CP),
    Case(ALARMS, Rate(3, 173, 173), P),
    Case(ALARMS, Rate(3, 172, 172), CP),
    Case(ALARMS, Rate(6, 100, 100), CF),
    Case(ALARMS, Rate(20, 100, 100), F),
    Case(RECALL, Rate(900, 1000, 1000), P),
    # bit errors: 3.7/limit error-free bits
    Case(BITS, Rate(0, 3_700_000_000, 3_700_000_000), P),
    Case(BITS, Rate(0, 3_600_000_000, 3_600_000_000), CP),
    # the number of trials is fixed before; FAIL may come early
    Case(ALARMS, Rate(0, 72, 100), N, "72 of 100 trials"),
    Case(ALARMS, Rate(40, 72, 100), F),
    Case(ALARMS, Rate(0, 100, 72), N, "fixed at 72"),
    Case(ALARMS, Rate(5, 4, 72), N, "5 events in 4 trials"),
    Case(ALARMS, Rate(0, 0, 0), N, "0 events in 0 trials of 0"),
    Case(ALARMS, Rate(0.5, 72, 72), N, "not a whole number"),  # pyright: ignore[reportArgumentType]
    Case(ALARMS, figure(0), N, "expected a rate with its trials"),
    Case(ALARMS, Rate(0, 72, 72, "V"), N, "'V'"),
]

BOW = criterion("<", 25, "um", quantity="wafer_bow")
LIFE = criterion(">=", 1000, "h", quantity="lifetime")

MARKED = [
    # magnitudes are judged from the signed figure against +-limit
    Case(BOW, figure(-24, 0.5, "um"), P, "against ±25"),
    Case(BOW, figure(-24, 2, "um"), CP),
    Case(BOW, figure(-26, 2, "um"), CF),
    Case(BOW, figure(-30, 2, "um"), F),
    Case(BOW, figure(30, 2, "um"), F),
    # a device still alive is a censored reading; PASS on hours needs them to have been run
    Case(LIFE, figure(1000, 0, "h", reasons=("censored",)), P),
    Case(LIFE, figure(1200, 100, "h", reasons=("censored",)), P),
    Case(LIFE, figure(1000, 1, "h", reasons=("censored",)), N, "still alive below the limit"),
    Case(LIFE, figure(900, 0, "h", reasons=("censored",)), N, "still alive below the limit"),
    Case(criterion(">", 1000, "h"), figure(1000, 0, "h", reasons=("censored",)), N, "still alive"),
    Case(criterion("<=", 10, "h"), figure(11, 0, "h", reasons=("censored",)), F),
    Case(criterion("<=", 10, "h"), figure(9, 0, "h", reasons=("censored",)), N),
    Case(LIFE, figure(400, 10, "h"), F),
    # an extrapolation gives at most CONDITIONAL PASS, reason `extrapolated`
    Case(LIFE, figure(2000, 100, "h", reasons=("extrapolated",)), CP, "extrapolated"),
    Case(LIFE, figure(2000, 100, "h", reasons=("extrapolated",)), CP, "extrapolated", SIMPLE),
    Case(LIFE, figure(500, 100, "h", reasons=("extrapolated",)), F, "extrapolated"),
    # abilities
    Case(criterion("present", unit=""), Present(True, "seen"), P, "seen"),
    Case(criterion("present", unit=""), Present(False), F),
    Case(criterion("present", unit=""), figure(1), N, "expected an ability"),
    Case(upper(), Present(True), N, "expected a figure or a count"),
]

TABLE = {
    "one-sided": ONE_SIDED,
    "windows": WINDOWS,
    "covers": RANGES,
    "rules": RULES,
    "counts and rates": NUMBERS,
    "marks": MARKED,
}
