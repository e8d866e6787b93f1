"""Altered bytes of a bundle, and which line of `labctl verify` tells of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from labctl.bundle.files import walked
from labctl.bundle.make import Crate
from labctl.bundle.seal import read
from labctl.bundle.stamping import stamp
from labctl.keys import KeyList, Signer
from labctl.verification import crate, moment
from labctl.verification.author import author
from tests.labctl.bundle.authority import Authority
from tests.labctl.bundle.bundles import bundled, examined, listing, signer, told


@dataclass(frozen=True)
class Kept:
    """A bundle that was signed and time-stamped, with the list on which both stand."""

    crate: Crate
    who: Signer
    authority: Authority
    keys: KeyList


def made(tmp: Path) -> Kept:
    """One in the folder `tmp`."""
    who, authority = signer(), Authority()
    crate = bundled(tmp, who)
    keys = listing(who, believed=authority)
    stamp(crate.folder, authority.answer(read(crate.folder).canonical), keys.authority)
    return Kept(crate, who, authority, keys)


def seals_tell(folder: Path, keys: KeyList) -> set[str]:
    """Which lines tell of an altered bundle by its seals alone, without reading its journal."""
    sealed = crate.check(folder)
    found = {"integrity"} if sealed.problems else set[str]()
    if author(folder, sealed.manifest, keys, None).state != "known":
        found.add("author")
    if moment.stamped(folder, sealed.manifest, keys).state != "proven":
        found.add("time")
    return found


def altered(path: Path, places: Iterable[int]) -> Iterator[int]:
    """Alter one bit of the file `path` at one place after the other; each is put back."""
    with open(path, "r+b", buffering=0) as file:
        for place in places:
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 1 << place % 8]))
            yield place
            file.seek(place)
            file.write(bytes([byte]))


def sweep(kept: Kept, step: int) -> Counter[str]:
    """Every `step`th byte of every file: how often which lines told of it, by file."""
    counts = Counter[str]()
    for name, path in sorted(walked(kept.crate.folder)):
        for _place in altered(path, range(0, path.stat().st_size, step)):
            lines = ", ".join(sorted(seals_tell(kept.crate.folder, kept.keys)))
            counts[f"{name}: {lines or 'NOBODY'}"] += 1
    archive = kept.crate.archive
    for _place in altered(archive, range(0, archive.stat().st_size, 100 * step)):
        lines = ", ".join(sorted(told(examined(archive, kept.keys))))
        counts[f"{archive.name}: {lines or 'NOBODY'}"] += 1
    return counts
