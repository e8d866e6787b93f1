"""Labs: what labctl finds by the entry point group `labctl.labs`.

The core knows no driver, rig or procedure. A distribution that has some registers one `Lab`
object; ours registers through the same door (`labctl = "rigs.lab:LAB"`). Ids of another lab's
indicators are qualified by its name (`acme/leak-01`); bare ids (`5.2-01`) are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from labctl.calibration import Certificate
from labctl.console import ConsoleOpener
from labctl.errors import BenchError
from labctl.evidence import Instrument, Spread
from labctl.indicator import Truth
from labctl.interlocks import Watch
from labctl.lacking import Lacking
from labctl.quantity import Quantity
from labctl.reaching import Reach
from labctl.rehearsing import Rehearser
from labctl.rescuing import RescueOpener
from labctl.sample import Sample
from labctl.serving import BenchServer
from labctl.testing.check import Conformance
from labctl.testing.offered import Faults
from labctl.watchdogs import Watchdog

LABCTL_API = 1
"""Version of what a lab may rely on; a lab that states another one is refused."""

GROUP = "labctl.labs"
"""The entry point group."""

OURS = "labctl"
"""Name of the lab that comes with labctl; its ids stand without a prefix."""

OUR_PACKAGES = ("drivers", "rigs", "procedures", "sim_backends")
"""Our top-level packages beside `labctl`."""

HOME = Path(__file__).resolve().parents[1]
"""The folder in which all our packages lie."""


@dataclass(frozen=True)
class SampleRequest:
    """The simulated sample that an item asks its bench for; a real bench ignores it.

    `truth` holds the true value of every criterion, in the criterion's unit, by criterion key;
    it reaches the solver of the simulated device and never a procedure. `dut` says where it
    came from. `aspects` (aspect -> text) and `set_points` are the indicator's conditions, for
    the sheet of the sample and for a simulated dossier.
    """

    indicator_id: str
    truth: Mapping[str, Truth]
    dut: Literal["nominal", "failing", "file"] = "nominal"
    aspects: Mapping[str, str] = field(default_factory=dict[str, str])
    set_points: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])


class OpenBench(Protocol):
    """A bench with its instruments identified and a sample in place, ready for one item."""

    @property
    def rig(self) -> Any:
        """The rig, of the class asked for; it has `async safe()`."""
        ...

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """All instruments with their identities as read."""
        ...

    @property
    def sample(self) -> Sample | None:
        """The simulated sample's sheet; None on a real bench."""
        ...

    @property
    def simulated(self) -> bool:
        """Whether the device under test is simulated."""
        ...

    @property
    def bench_name(self) -> str:
        """Name of the bench, from its file."""
        ...

    @property
    def bench_text(self) -> str:
        """The bench file as it stood."""
        ...

    @property
    def bench_sha256(self) -> str:
        """SHA-256 of the bench file, as hex."""
        ...

    @property
    def contributions(self) -> Mapping[str, Quantity]:
        """The bench's `[[uncertainty]]` entries by name: `u` is the standard uncertainty.

        Relative ones have the unit `dimensionless`.
        """
        ...

    @property
    def certificates(self) -> Mapping[str, Certificate]:
        """The calibration certificates by role (`reference_cell` where it is no role), as far as
        the bench states any; they are those of the instruments that answered."""
        ...

    @property
    def distributions(self) -> Mapping[str, Spread]:
        """The distributions of those contributions that are not normal, by name."""
        ...

    @property
    def ambient(self) -> tuple[float, float] | None:
        """Lowest and highest temperature round the instruments in degC; None if not stated."""
        ...

    @property
    def watches(self) -> Sequence[Watch]:
        """The bench's interlocks."""
        ...

    @property
    def watchdogs(self) -> Sequence[Watchdog]:
        """Its instruments that watch their own line; none where they are simulated."""
        ...

    @property
    def scan_sample(self) -> bool:
        """Whether the sample's barcode is scanned at the start, after gaps and door openings."""
        ...

    def snapshot(self) -> bytes | None:
        """The simulated world and instruments as they are, for `restore`; None on a real bench.
        Nothing may be on its way on a line."""
        ...

    def restore(self, state: bytes, *, drivers: bool) -> None:
        """Put the simulated world and instruments into the state of a snapshot of the same bench.

        With `drivers` what the drivers know of them too, as if nothing had been. `Defect` where the
        snapshot does not fit, after a change of the code."""
        ...

    def acted(self, prompt: str, value: Any) -> None:
        """On a simulated bench: whoever answered the prompt with `value` has done what it asked
        for, with the device and what stands around it. `prompt` is its full name."""
        ...

    async def hold(self) -> None:
        """Take the rig to its hold state, from which the procedure goes on by arranging it."""
        ...

    async def close(self) -> None:
        """Give all lines back; the instruments' states stay as they are."""
        ...


class BenchOpener(Protocol):
    """Opens the bench file `bench` (None: the rig's own simulated bench) for a rig class.

    For a document indicator `bench` is the dossier's folder (None: a simulated dossier). Where
    it fails half way, everything already open is closed before the error leaves. Every transaction
    of every line is written into the folder `trace`, if one is named, a file a role.
    """

    async def __call__(
        self,
        bench: Path | None,
        *,
        rig: type,
        sample: SampleRequest | None,
        seed: int,
        trace: Path | None = None,
        offline: bool = False,
    ) -> OpenBench:
        """The open bench; errors name file, role and address.

        `offline`: no line is opened, and the rig refuses to send anything.
        """
        ...


@dataclass(frozen=True)
class Lab:
    """A lab's own code, as its entry point states it.

    `packages` maps "drivers", "rigs", "procedures" and "sim_backends", as far as the lab has them,
    to its dotted package names; `catalogue` are files of indicators of its own. `serve_bench` puts
    a simulated bench on real sockets; None where the lab simulates nothing. `open_console` is what
    `labctl talk` talks by. `conformance` is what drivers and emulators are checked by, `lacking`
    tells what the drivers of benches lack: ours does both for every lab. `rescue` makes a bench
    safe that another process used; without it a lab's real benches are not run. `rehearse` makes
    simulated counterparts of a bench for `labctl plan`; `reach` says which true values a simulated
    sample can have, `faults` which faults simulated instruments can: `labctl ci` tries them.
    """

    name: str
    labctl_api: int
    packages: Mapping[str, str]
    open_bench: BenchOpener
    catalogue: tuple[Path, ...] = field(default=())
    serve_bench: BenchServer | None = None
    open_console: ConsoleOpener | None = None
    conformance: Conformance | None = None
    lacking: Lacking | None = None
    rescue: RescueOpener | None = None
    rehearse: Rehearser | None = None
    reach: Reach | None = None
    faults: Faults | None = None


def load_labs(entries: Iterable[EntryPoint] | None = None) -> tuple[Lab, ...]:
    """Every installed lab, ours first; `entries` stands in for the installed entry points.

    `BenchError` where one of our package names is shadowed, or a lab states another `labctl_api`,
    cannot be imported, or takes a name that another lab has."""
    check_names()
    found = entry_points(group=GROUP) if entries is None else entries
    ordered = sorted(found, key=lambda entry: (entry.name != OURS, entry.name))
    labs = tuple(_load(entry) for entry in ordered)
    if not any(lab.name == OURS for lab in labs) and entries is None:
        raise BenchError(
            "labctl's own drivers, rigs and procedures are not registered",
            remedy="install labctl: python -m pip install -e .",
        )
    _check_unique(labs)
    return labs


def check_names(names: Iterable[str] = OUR_PACKAGES, home: Path = HOME) -> None:
    """Refuse to go on where a folder or distribution shadows one of our packages `names`, which
    must be found in the folder `home`, that of the package `labctl`."""
    for name in names:
        found = _folder(name)
        if found is not None and found != home / name:
            raise BenchError(
                f"the package {name!r} of labctl is shadowed by {found}",
                remedy=f"rename that folder, or uninstall what brought it, or start labctl from "
                f"another working directory; labctl's own is in {home}",
            )


def _folder(name: str) -> Path | None:
    """Where Python would import `name` from; None where there is no such package."""
    spec = find_spec(name)
    if spec is None:
        return None
    if spec.origin is None:
        return Path(next(iter(spec.submodule_search_locations or [name]))).resolve()
    origin = Path(spec.origin).resolve()
    return origin.parent if origin.name == "__init__.py" else origin


def _load(entry: EntryPoint) -> Lab:
    try:
        lab = entry.load()
    except (ImportError, AttributeError) as error:
        raise BenchError(
            f"lab {entry.name!r} cannot be loaded from {entry.value}: {error}",
            remedy="repair or uninstall the distribution that registers it",
        ) from error
    if not isinstance(lab, Lab):
        raise BenchError(
            f"lab {entry.name!r}: {entry.value} is no labctl.labs.Lab",
            remedy="let the entry point name a Lab object",
        )
    _check_api(lab)
    return lab


def _check_api(lab: Lab) -> None:
    if lab.labctl_api != LABCTL_API:
        newer = lab.labctl_api > LABCTL_API
        raise BenchError(
            f"lab {lab.name!r} was written for labctl_api {lab.labctl_api}; "
            f"this labctl offers {LABCTL_API}",
            remedy="install a newer labctl-hil" if newer else f"update the lab {lab.name!r}",
        )


def _check_unique(labs: tuple[Lab, ...]) -> None:
    names = [lab.name for lab in labs]
    for name in names:
        if names.count(name) > 1:
            raise BenchError(
                f"two installed labs are named {name!r}", remedy="uninstall or rename one"
            )
