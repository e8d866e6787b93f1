"""What travels from an instrument to a verdict: identity, reading, figure, evidence.

A driver makes `Reading`s; a run journals them; a method reduces them to `Figure`s; a procedure
returns them as `Evidence`; `labctl.verdict.judge` decides. All are frozen plain data.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from labctl.traceable import Calibrated, Override, Unstated
from labctl.words import Words


class Identity(msgspec.Struct, frozen=True):
    """Who answered: as read from the instrument, never from the bench file.

    `simulated` is true when the serial starts with `SIM-` or the identity could not be read.
    """

    maker: str
    model: str
    serial: str
    firmware: str = ""

    @property
    def simulated(self) -> bool:
        """Whether a verdict built on this instrument must be marked simulated."""
        return self.serial == "" or self.serial.upper().startswith("SIM-")


class Accuracy(msgspec.Struct, frozen=True):
    """One line of a data sheet: error of a reading on one range of one function.

    The limits of error are +-(`gain` x |reading| + `offset`), rectangular (METROLOGY.md), where
    `gain` is a plain fraction (0.012 % is 1.2e-4) and `offset` is in `unit`. `resolution` is the
    step of the display in `unit`, `noise` the standard deviation of one reading in `unit`.
    `source` names the data sheet with page or table.

    The limits hold from `reference_low` to `reference_high` in degC round the instrument; outside,
    +-(`temperature_gain` x |reading| + `temperature_offset`) is added per K, in fractions and in
    `unit`. Limits that a sheet states for the day of calibration grow by +-(`drift_gain` x
    |reading| + `drift_offset`) in a year; limits that it states for a year hold the drift already.
    """

    function: str
    range: float
    unit: str
    gain: float
    offset: float
    source: str
    resolution: float = 0.0
    noise: float = 0.0
    temperature_gain: float = 0.0
    temperature_offset: float = 0.0
    reference_low: float = 18.0
    reference_high: float = 28.0
    drift_gain: float = 0.0
    drift_offset: float = 0.0


Distribution = Literal["normal", "t", "rectangular", "triangular", "u-shaped"]
"""Distribution of a stated contribution to the uncertainty (JCGM 101, 6.4)."""


class Spread(msgspec.Struct, frozen=True):
    """The distribution of a stated contribution; `freedom` are the degrees of freedom of a t."""

    distribution: Distribution
    freedom: float = 0.0


class Reading(msgspec.Struct, frozen=True):
    """One value read from one instrument.

    `t` is run time in seconds, `utc` Unix time in seconds, `address` the wire it came from
    (`visa://TCPIP::10.0.0.5::5025::SOCKET`), `serial` the instrument's own serial number.
    `accuracy` is None for a state that carries no uncertainty (a cycle counter).
    """

    value: float
    unit: str
    t: float
    utc: float
    address: str
    serial: str
    accuracy: Accuracy | None = None


class Figure(msgspec.Struct, frozen=True, tag="figure"):
    """A result: estimate `value`, standard uncertainty `u`, 95 % interval [`lo`, `hi`], in `unit`.

    `lo` and `hi` bound the probabilistically symmetric 95 % interval of the Monte Carlo
    distribution. A count or an exact figure has u = 0 and lo = hi = value. `reasons` are marks
    that bound the verdict (`extrapolated`, `not capable`).
    """

    value: float
    unit: str
    u: float = 0.0
    lo: float | None = None
    hi: float | None = None
    reasons: tuple[str, ...] = ()

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval, in `unit`."""
        return self.value if self.lo is None else self.lo

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval, in `unit`."""
        return self.value if self.hi is None else self.hi

    @property
    def expanded(self) -> float:
        """Expanded uncertainty U: half the width of the 95 % interval, in `unit`."""
        return (self.high - self.low) / 2


class Range(msgspec.Struct, frozen=True, tag="range"):
    """A range that was covered, for criteria and conditions with `covers`; ends are figures.

    `low_physical`, `high_physical`: that end is a physical bound (0), which takes no guard band.
    `between` are the points between the ends that were tested, in the unit of `low`, `failed`
    those of all points at which what was asked for did not hold.
    """

    low: Figure
    high: Figure
    low_physical: bool = False
    high_physical: bool = False
    between: tuple[float, ...] = ()
    failed: tuple[float, ...] = ()


class Present(msgspec.Struct, frozen=True, tag="present"):
    """An ability or deliverable: `there` says whether it was shown, `shown_by` says how."""

    there: bool
    shown_by: str = ""


class Count(msgspec.Struct, frozen=True, tag="count"):
    """A count of members that are themselves decisions: `sure` pass, `possible` do not fail.

    An exact count has sure == possible.
    """

    sure: float
    possible: float
    unit: str


class Rate(msgspec.Struct, frozen=True, tag="rate"):
    """A rate: `events` in `trials` that do not depend on each other, of `planned` ones.

    The number of trials is fixed before the first; a procedure that has done fewer states what it
    has. Trials that depend on each other are counted in blocks (`labctl.uncertainty.rates`).
    """

    events: int
    trials: int
    planned: int
    unit: str = "dimensionless"


Result = Figure | Range | Present | Count | Rate


class Observed(msgspec.Struct, frozen=True):
    """A condition as observed during the test.

    For a numeric condition: `quantity`, the mean `value` with `u` in `unit`, the extremes `low`
    and `high` of what was read, and `share`, the part of the exposure (0..1) inside the tolerance
    as counted by the procedure's method with `worst_excursion`, the longest single excursion as a
    part of the exposure. `read_at` is the amount of an exposure, in `unit`, that the figure was
    read at or interpolated to, where more than that was run. For a condition in words: `aspect`,
    `text`, `declared_by`. `members` are the names counted, for `must_include` and `choose_from`.
    """

    quantity: str = ""
    value: float | None = None
    unit: str = ""
    u: float = 0.0
    low: float | None = None
    high: float | None = None
    share: float = 1.0
    worst_excursion: float = 0.0
    aspect: str = ""
    text: str = ""
    declared_by: str = ""
    members: tuple[str, ...] = ()
    read_at: float | None = None


class Attachment(msgspec.Struct, frozen=True):
    """A file kept with the run under its SHA-256."""

    name: str
    sha256: str
    media_type: str
    size: int


class Contribution(msgspec.Struct, frozen=True):
    """One line of an uncertainty budget: `u` is its share of a figure's u, in the figure's unit."""

    figure: str
    source: str
    u: float
    detail: str = ""


class Instrument(msgspec.Struct, frozen=True):
    """An instrument as used in a run: role, driver, address, identity as read."""

    role: str
    driver: str
    address: str
    identity: Identity


class Evidence(msgspec.Struct, frozen=True):
    """What a procedure returns.

    `results` by criterion key; `conditions` as observed; `left_out` names contributions that the
    uncertainty does not contain; `how` says in sentences how the figure was computed. `invalid`
    says what makes it no evidence (a gap that is not tolerated), `changed` what of code or bench
    was changed while it was taken. `unstated` are contributions that the figures need and nobody
    stated, `calibrations` those of the instruments over the time of their readings, `overrides`
    who let the item begin although one of them ends before it. Of the `kind` imported it was read
    from files that somebody else measured (`labctl.analysis`), and passes nothing.
    """

    results: dict[str, Result]
    conditions: tuple[Observed, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    budget: tuple[Contribution, ...] = ()
    left_out: tuple[Words, ...] = ()
    missing: tuple[str, ...] = ()
    how: tuple[Words, ...] = ()
    kind: Literal["measured", "evaluated", "document", "imported"] = "measured"
    invalid: tuple[Words, ...] = ()
    changed: tuple[str, ...] = ()
    unstated: tuple[Unstated, ...] = ()
    calibrations: tuple[Calibrated, ...] = ()
    overrides: tuple[Override, ...] = ()


class Provenance(msgspec.Struct, frozen=True):
    """Where evidence came from: kept beside it in the journal and printed in the report."""

    instruments: tuple[Instrument, ...]
    bench: str
    bench_sha256: str
    procedure: str
    code_version: str
    code_sha256: str
    packages: dict[str, str]
    operator: str
    simulated: bool
    seed: int
    started_utc: float
    ended_utc: float
    sample: str = ""
