"""Recognising the sample before an item's first step, after gaps and after holds.

A sample that is not the item's takes the item off its bench: it is held until a person lets it go
on, and recognised anew then. Where nobody can, the run ends and can be resumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labctl import clock
from labctl.asking.answering import Answering
from labctl.holding import PAUSED, Control
from labctl.item import Item
from labctl.journal.reader import Reader
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Landing
from labctl.quantity import Quantity
from labctl.requests import RunRequest
from labctl.sample import Sample, Stated
from labctl.samples.comparing import Reference, bands_for, mismatches
from labctl.samples.exposures import exposed_since
from labctl.samples.fingerprint import Band, Fingerprint, Fingerprinting, Occasion, last_match
from labctl.samples.past import Before, Past, note_exposed
from labctl.samples.scanning import scanned, wants_scan


@dataclass(frozen=True)
class Recognition:
    """Recognises `sample` in place on `bench` for the item `number`, which goes on at `landing`.

    `people` are asked for its barcode, `control` holds the item; `attended`: people can let a held
    run go on. `past` knows what was done to it before.
    """

    number: int
    sample: Sample
    bench: OpenBench
    landing: Landing | None
    journal: Journal
    control: Control
    people: Answering
    past: Past
    attended: bool

    async def __call__(self) -> None:
        """Return where it is the sample, or nothing could have become of it; else never."""
        occasion = self._occasion()
        if occasion is None:
            return
        if wants_scan(self.bench, self.landing):
            with self.control.waiting():
                code = await scanned(self.people, self.journal, self.number, self.sample.id)
            if code != self.sample.id:
                await self._refuse(f"the barcode {code} was scanned")
        before = await self.past.looked_up() if self._first else Before()
        note_exposed(self.journal, self.number, self.sample.id, before.exposed)
        rig = self.bench.rig
        if isinstance(rig, Fingerprinting):
            taken = await self._taken(rig, occasion, before.fingerprint)
            if not taken.matches:
                await self._refuse("; ".join(taken.told))

    @property
    def _known(self) -> tuple[Fingerprint, ...]:
        """The fingerprints of this item so far."""
        return () if self.landing is None else self.landing.standing.fingerprints

    @property
    def _first(self) -> bool:
        """Whether the sample was not recognised yet in this item."""
        return last_match(self._known) is None

    def _occasion(self) -> Occasion | None:
        """Why it has to be recognised now; None where it need not be."""
        if self.landing is None:
            return "start"
        if self.landing.standing.unrecognised or self.landing.lost:
            return "hold" if self.landing.held else "resume"
        return None

    async def _taken(
        self, rig: Fingerprinting, occasion: Occasion, earlier: Fingerprint | None
    ) -> Fingerprint:
        """A fingerprint as it is now, compared and journalled."""
        bands = rig.fingerprint_bands()
        values = dict(await rig.fingerprint(self.sample))
        references = await self._references(rig, earlier)
        told = [mismatches(values, one, bands) for one in references]
        fitting = [one for one, wrong in zip(references, told, strict=True) if not wrong]
        best = next(iter((*fitting, *references)), None)
        taken = Fingerprint(
            *reversed(clock.stamp()),
            occasion=occasion,
            values=values,
            reference={} if best is None else dict(best.values),
            against="" if best is None else best.source,
            matches=bool(fitting) or not references,
            told=() if fitting or not told else told[0],
        )
        self.journal.fact(self.number, "fingerprint", (*self._known, taken))
        return taken

    async def _references(
        self, rig: Fingerprinting, earlier: Fingerprint | None
    ) -> list[Reference]:
        """What it is compared with: one of them has to fit; none where nothing is known of it."""
        bands, stated = rig.fingerprint_bands(), stated_bands(self.sample.fingerprint)
        before = last_match(self._known)
        if before is not None:
            aged = await self._exposed_since(before.t)
            return [Reference(before.values, bands_for(bands, stated, aged=aged), "this item")]
        found: list[Reference] = []
        if self.sample.fingerprint:
            values = {name: one.quantity for name, one in self.sample.fingerprint.items()}
            found.append(Reference(values, bands_for(bands, stated, aged=False), "sheet"))
        if earlier is not None:
            aged_bands = bands_for(bands, stated, aged=True)
            found.append(Reference(earlier.values, aged_bands, earlier.against))
        return found

    async def _exposed_since(self, t: float) -> bool:
        """Whether the item exposed its sample after run time `t` in s, or was exposing it."""
        if self.landing is not None and self.landing.standing.exposed:
            return True
        await self.journal.flush()
        with Reader(self.journal.path) as reader:
            return exposed_since(reader, self.number, t)

    async def _refuse(self, why: str) -> None:
        """Take the item off its bench; never returns."""
        text = f"this is not the sample {self.sample.id}: {why}; put {self.sample.id} in"
        if self.attended:
            self.control.hold(PAUSED, f"{text}; a person lets the run go on")
        else:
            self.control.trip(text)
        await self.control.checkpoint()


def recognition_of(
    request: RunRequest,
    journal: Journal,
    control: Control,
    people: Answering,
    bench: OpenBench,
    item: Item,
    landing: Landing | None,
    *,
    fresh: bool,
) -> Recognition:
    """How the sample of `item` is recognised; `fresh`: it should not have been exposed before.

    A run in this process takes no orders: nobody can let it go on.
    """
    folder, id = journal.path.parent, item.sample.id
    past = Past(None if bench.simulated else folder.parent, folder.name, item.number, id, fresh)
    attended = request.desk is not None
    return Recognition(
        item.number, item.sample, bench, landing, journal, control, people, past, attended
    )


def stated_bands(stated: Mapping[str, Stated]) -> dict[str, Band]:
    """The bands that a sheet states, by name."""
    given = {name: one.band for name, one in stated.items()}
    return {name: _about(band) for name, band in given.items() if band is not None}


def _about(width: Quantity) -> Band:
    """`width` to either side."""
    if width.unit == "%":
        return Band(-width.value / 100.0, width.value / 100.0)
    return Band(-width.value, width.value, width.unit)
