"""Bundles of runs of the tests' own lab."""

from __future__ import annotations

import shutil
from pathlib import Path

from labctl.bundle.make import Crate, write_crate
from labctl.discovery import Bound
from labctl.indicator import Indicator
from labctl.keys import KeyList, Listed, Signer
from labctl.keys.keylist import Authority as Believed
from labctl.verification.examined import Examined, examine
from tests.labctl.bundle.authority import Authority
from tests.labctl.fakelab import FakeLab, measure
from tests.labctl.verification.done import done


def signer(name: str = "ada") -> Signer:
    """A key that lies nowhere."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signer(name, Ed25519PrivateKey.generate())


def listing(*signers: Signer, believed: Authority | None = None) -> KeyList:
    """A list on which all `signers` are authors, and the `believed` authority."""
    keys = tuple(Listed(one.name, "author", one.public, "2020-01-01") for one in signers)
    named = () if believed is None else (Believed("Test Time", believed.certificate),)
    return KeyList(keys, named)


def bundled(tmp: Path, who: Signer | None = None) -> Crate:
    """The bundle of a run of the tests' own lab."""
    return write_crate(done(tmp / "runs"), tmp / "bundle", who)


def resolve(indicator: Indicator) -> Bound:
    """The procedure that made it."""
    return FakeLab().bound(measure)


def examined(path: Path, keys: KeyList | None = None, *, reduce: bool = False) -> Examined:
    return examine(path, keys or KeyList(), None, resolve, reduce=reduce)


def told(found: Examined) -> set[str]:
    """Which of the five questions found something wrong, or not proven as it was."""
    kinds = {one.kind for one in found.report.problems}
    lines = {
        "integrity": bool(kinds - {"verdict"}),
        "decision": "verdict" in kinds,
        "author": found.author.state != "known",
        "time": found.time.state == "wrong",
        "reduction": any(one.wrong for one in found.reduction),
    }
    return {name for name, wrong in lines.items() if wrong}


def copied(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))
