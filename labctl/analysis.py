"""Analyses: the reductions of a method, run on files of data that somebody else measured.

    @analysis(
        "pv_iv_sweep",
        "power and fill factor of current-voltage curves",
        settings=(Setting("area", "area of the cell", unit="cm**2"),),
    )
    def curves(given: Given) -> Analysed:
        ...

Modules in the folder `analyses` of a lab's procedures package are found by themselves;
`labctl analyse NAME FILE...` runs one. What it gives is evidence marked as imported: no verdict
passes by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from labctl.errors import Defect, LabError, UsageError
from labctl.evidence import Accuracy, Contribution, Reading, Result
from labctl.quantity import Quantity
from labctl.words import Words

if TYPE_CHECKING:
    from labctl.uncertainty.montecarlo import MonteCarlo


class Setting(msgspec.Struct, frozen=True):
    """What the user may say with `--set NAME=VALUE`; `text` tells him what it is.

    With a `unit` ("dimensionless" for a plain number) it is a quantity from `low` to `high` in that
    unit, without one it is words, one of `options` if there are any. `default` is written as the
    user would write it; without one the analysis may go on without it, unless it is `needed`.
    """

    name: str
    text: str
    unit: str = ""
    default: str = ""
    needed: bool = False
    options: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Source:
    """A file: its `name` without folders, its bytes `data` and their SHA-256."""

    name: str
    data: bytes
    sha256: str

    def text(self, *encodings: str) -> str:
        """The file as text, in the first of `encodings` (UTF-8) that fits; lines end with \\n.

        `LabError` where none fits.
        """
        for encoding in encodings or ("utf-8-sig",):
            try:
                return self.data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            except UnicodeDecodeError:
                continue
        tried = ", ".join(encodings) or "utf-8"
        raise self.refused(f"is no text in {tried}", "export it as UTF-8")

    def refused(self, why: str, remedy: str = "") -> LabError:
        """The error to raise where the file cannot be used: `why` goes on after its name."""
        return UsageError(f"{self.name} {why}", remedy=remedy)

    def readings(
        self,
        channel: str,
        values: Sequence[float],
        unit: str,
        *,
        t: Sequence[float] = (),
        accuracy: Accuracy | None = None,
    ) -> list[Reading]:
        """`values` in `unit` as readings, at `t` in s or one a second, of no instrument.

        Without `accuracy` they are drawn as exact, and the evidence says that they are not known
        to be. `LabError` where `t` is of another length.
        """
        times = list(t) or [float(index) for index in range(len(values))]
        if len(times) != len(values):
            raise self.refused(f"has {len(times)} times for {len(values)} values of {channel}")
        address = f"file:{self.name}#{channel}"
        pairs = zip(values, times, strict=True)
        return [Reading(float(x), unit, s, s, address, "", accuracy) for x, s in pairs]


@dataclass(frozen=True)
class Given:
    """What an analysis is given: the files, the settings as stated, and a Monte Carlo for U.

    `stated` holds quantities and words by the name of their setting.
    """

    files: tuple[Source, ...]
    stated: Mapping[str, Quantity | str]
    monte_carlo: MonteCarlo
    declared: Mapping[str, Setting] = field(default_factory=dict[str, Setting])

    def has(self, name: str) -> bool:
        """Whether the setting was stated or has a default."""
        return name in self.stated

    def quantity(self, name: str) -> Quantity:
        """The quantity `name` in its setting's unit; `UsageError` where it was not stated."""
        value = self._value(name)
        if not isinstance(value, Quantity):
            raise Defect(f"the setting {name} has no unit: it is words")
        return value

    def words(self, name: str) -> str:
        """The words `name`; `UsageError` where they were not stated."""
        value = self._value(name)
        if not isinstance(value, str):
            raise Defect(f"the setting {name} has a unit: it is a quantity")
        return value

    def _value(self, name: str) -> Quantity | str:
        if name in self.stated:
            return self.stated[name]
        if name not in self.declared:
            raise Defect(f"the analysis declares no setting {name!r}")
        raise UsageError(
            f"{name} is not stated: {self.declared[name].text}", remedy=f"--set {name}=..."
        )


class Axis(msgspec.Struct, frozen=True):
    """What is drawn along an axis: `label` in words and `unit`."""

    label: str
    unit: str = ""
    log: bool = False


class Curve(msgspec.Struct, frozen=True):
    """Points of a plot in the units of its axes; `line` joins them, `points` marks each."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    line: bool = True
    points: bool = False


class Plot(msgspec.Struct, frozen=True):
    """A plot called `name` (of a file: letters, digits, - and _) under a `title`.

    `equal` gives both axes one scale, as a Nyquist plot has.
    """

    name: str
    title: str
    x: Axis
    y: Axis
    curves: tuple[Curve, ...]
    equal: bool = False


class Analysed(msgspec.Struct, frozen=True):
    """What an analysis found.

    `results` by name: the quantity, as `power_conversion_efficiency`, with what it is of before it
    where there are many, as `cell 3/power_conversion_efficiency`. A figure without u tells that
    none could be computed. `how` and `left_out` as in evidence; `missing` is what the files do not
    hold, `budget` the lines of the figures' budgets.
    """

    results: dict[str, Result]
    how: tuple[Words, ...]
    left_out: tuple[Words, ...] = ()
    missing: tuple[str, ...] = ()
    budget: tuple[Contribution, ...] = ()
    plots: tuple[Plot, ...] = ()


AnalysisFunction = Callable[[Given], Analysed]


@dataclass(frozen=True)
class Analysis:
    """An analysis as it was declared; `files` is the least and the largest number of them.

    `text` says what it gives and which files it reads, `libraries` are the distributions that read
    them, whose versions are kept.
    """

    name: str
    text: str
    function: AnalysisFunction
    settings: tuple[Setting, ...] = ()
    files: tuple[int, int] = (1, 1)
    libraries: tuple[str, ...] = ()

    @property
    def dotted(self) -> str:
        """Dotted name of the function."""
        return f"{self.function.__module__}.{self.function.__qualname__}"


_registered: dict[str, Analysis] = {}


def analysis(
    name: str,
    text: str,
    *,
    settings: Sequence[Setting] = (),
    files: tuple[int, int] = (1, 1),
    libraries: Sequence[str] = (),
) -> Callable[[AnalysisFunction], AnalysisFunction]:
    """Declare a function as the analysis `name`, that of the method whose reductions it uses.

    A lab's own begin with the lab's name (`acme/leak_rate`). A second one of a name, and two
    settings of a name, are a `Defect`.
    """

    def declare(function: AnalysisFunction) -> AnalysisFunction:
        one = Analysis(name, text, function, tuple(settings), files, tuple(libraries))
        known = _registered.get(name)
        if known is not None and known.dotted != one.dotted:
            raise Defect(f"two analyses are named {name}: {known.dotted} and {one.dotted}")
        if len({each.name for each in settings}) < len(settings):
            raise Defect(f"{one.dotted} declares a setting twice")
        _registered[name] = one
        return function

    return declare


def registered() -> dict[str, Analysis]:
    """The analyses by name, of all modules imported so far."""
    return dict(sorted(_registered.items()))
