"""Which lab is checked, and by what."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.errors import BenchError
from labctl.labs import Lab
from labctl.testing.check import Conformance


def chosen(labs: Sequence[Lab], name: str) -> Lab:
    """The lab called `name`, or whose top-level package is; `BenchError` names those there are."""
    for lab in labs:
        if name == lab.name or name in tops(lab):
            return lab
    known = ", ".join(f"{lab.name} ({', '.join(sorted(tops(lab)))})" for lab in labs)
    raise BenchError(
        f"no lab {name!r} is installed; there are {known}",
        remedy="install its package into this environment: python -m pip install -e .",
    )


def tops(lab: Lab) -> set[str]:
    """The top-level packages that a lab brings."""
    return {package.split(".")[0] for package in lab.packages.values()}


def conformance(labs: Sequence[Lab]) -> Conformance:
    """What checks every lab; `BenchError` where labctl's own lab is not among `labs`."""
    for lab in labs:
        if lab.conformance is not None:
            return lab.conformance
    raise BenchError("labctl's own lab offers no checks", remedy="install labctl-hil again")
