"""A lab's package with one analysis, for tests: the largest power of a curve in a CSV file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from labctl import analysis
from labctl.labs import LABCTL_API, Lab, OpenBench

MODULE = '''
"""Power of a curve."""
from labctl.analysis import Analysed, Axis, Curve, Given, Plot, Setting, analysis
from labctl.evidence import Figure

@analysis(
    "power",
    "Largest power of a curve.",
    settings=(
        Setting("area", "area of the cell", unit="cm**2", low=0.0),
        Setting("sign", "sign of the current", options=("generated", "consumed"), needed=True),
        Setting("temperature", "temperature", unit="degC", default="25 degC u=0.5 K"),
    ),
    libraries=("numpy",),
)
def power(given: Given) -> Analysed:
    """The largest product in W, and per area in W/cm**2."""
    [source] = given.files
    rows = [line.split(",") for line in source.text().splitlines()[1:]]
    if not rows:
        raise source.refused("holds no point", "export it again")
    voltage, current = ([float(row[n]) for row in rows] for n in (0, 1))
    mc = given.monte_carlo
    product = mc.readings(source.readings("voltage", voltage, "V"))
    product = (product * mc.readings(source.readings("current", current, "A"))).max(axis=1)
    results = {"power": Figure(float(product[0]), "W")}
    if given.has("area"):
        per_area = product / mc.quantity("area", given.quantity("area"))[:, 0]
        results["areal_power"] = mc.figure(per_area, "W/cm**2")
    curve = Curve("measured", tuple(voltage), tuple(current))
    axes = Axis("voltage", "V"), Axis("current", "A")
    plot = Plot("curve", "Current-voltage curve", *axes, (curve,))
    how = f"Largest product; the current is {given.words('sign')}."
    return Analysed(results, (how,), ("hysteresis",), plots=(plot,))
'''


async def _open_bench(*args: object, **options: object) -> OpenBench:
    raise AssertionError("not opened here")


@contextmanager
def lab(folder: Path, module: str = MODULE) -> Iterator[Lab]:
    """The only installed lab, its package below `folder`."""
    name = f"analyses_{folder.name}"
    (folder / name / "analyses").mkdir(parents=True)
    for package in (folder / name, folder / name / "analyses"):
        (package / "__init__.py").write_text("", encoding="utf-8")
    (folder / name / "analyses" / "power.py").write_text(module, encoding="utf-8")
    one = Lab("acme", LABCTL_API, {"procedures": name}, _open_bench)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(folder)
        patched.setattr(analysis, "_registered", {})
        patched.setattr("labctl.analysing.carrying.installed_labs", lambda: (one,))
        try:
            yield one
        finally:
            for loaded in [each for each in sys.modules if each.startswith(name)]:
                del sys.modules[loaded]


def curve(folder: Path) -> Path:
    """A file with a curve whose largest product is 0.72 W."""
    path = folder / "curve.csv"
    path.write_text("V,I\n0,1\n0.8,0.9\n1,0\n", encoding="utf-8")
    return path
