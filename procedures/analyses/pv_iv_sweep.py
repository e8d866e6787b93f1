"""Figures of a current-voltage curve that somebody else has measured."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.analysis import Analysed, Axis, Curve, Given, Plot, Setting, Source, analysis
from labctl.evidence import Result
from labctl.i18n import N_
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis import iv

Array = NDArray[np.float64]

FEWEST = 12
"""Points that a curve must have."""

HOW = N_(
    "Maximum power by a polynomial of power in voltage (after ASTM E948); short-circuit current by "
    "a line, open-circuit voltage by a parabola through the points nearest to them (IEC 60904-1). "
    "Nothing is corrected: the figures are those of the light and temperature of the file."
)
LEFT_OUT = (
    N_("reference cell, spectral mismatch and uniformity of the light"),
    N_("hysteresis: the file holds one sweep"),
)


@dataclass(frozen=True)
class _Curve:
    """Voltage in V and generated current in A, shape (n,)."""

    source: Source
    volts: Array
    amperes: Array

    def drawn(self, mc: MonteCarlo, near: NDArray[np.bool_] | None = None) -> tuple[Draws, Draws]:
        """Draws of both, shape (draws + 1, n), of the points `near`."""
        chosen = slice(None) if near is None else near
        return (
            mc.readings(self.source.readings("voltage", self.volts[chosen].tolist(), "V")),
            mc.readings(self.source.readings("current", self.amperes[chosen].tolist(), "A")),
        )


@analysis(
    "pv_iv_sweep",
    N_("Maximum power, fill factor and efficiency of an I-V curve (CSV with a row of names)."),
    settings=(
        Setting(
            "columns", N_("names of the columns of voltage in V and current in A"), default="V,I"
        ),
        Setting("area", N_("area of the device, for its efficiency"), unit="cm**2", low=0.0),
        Setting("irradiance", N_("irradiance, for the efficiency"), unit="W/m**2", low=0.0),
    ),
)
def curve(given: Given) -> Analysed:
    """Figures of the one curve in the file, as it was measured."""
    found, mc = _read(given.files[0], given.words("columns")), given.monte_carlo
    results = _figures(mc, found)
    missing: tuple[str, ...] = ("area and irradiance: no efficiency",)
    if given.has("area") and given.has("irradiance"):
        missing = ()
        results["power_conversion_efficiency"] = mc.figure(_efficiency(given, found), "%")
    return Analysed(results, (HOW,), LEFT_OUT, missing, plots=_plots(found))


def _figures(mc: MonteCarlo, found: _Curve) -> dict[str, Result]:
    top = iv.maximum_power(*found.drawn(mc, _near(found)))
    volts, amperes = found.drawn(mc)
    opened = iv.open_circuit_voltage(volts, amperes)
    short = iv.short_circuit_current(volts, amperes)
    return {
        "maximum_power": mc.figure(top.power, "W"),
        "voltage_at_maximum_power": mc.figure(top.voltage, "V"),
        "open_circuit_voltage": mc.figure(opened, "V"),
        "short_circuit_current": mc.figure(short, "A"),
        "fill_factor": mc.figure(100.0 * iv.fill_factor(top.power, opened, short), "%"),
    }


def _efficiency(given: Given, found: _Curve) -> Draws:
    mc = given.monte_carlo
    power = iv.maximum_power(*found.drawn(mc, _near(found))).power
    area = mc.quantity("area", given.quantity("area").to("m**2"))[:, 0]
    light = mc.quantity("irradiance", given.quantity("irradiance"))[:, 0]
    return 100.0 * iv.efficiency(power, light, area)


def _near(found: _Curve) -> NDArray[np.bool_]:
    near = iv.window_around_maximum(found.volts, found.amperes)
    if np.count_nonzero(near) < 2 * iv.DEGREE:
        raise found.source.refused(
            f"has {np.count_nonzero(near)} points near the maximum, {2 * iv.DEGREE} are needed",
            "sweep it with more points",
        )
    return near


def _plots(found: _Curve) -> tuple[Plot, ...]:
    volts = tuple(found.volts.tolist())
    across = Axis(N_("voltage"), "V")
    power = tuple((found.volts * found.amperes).tolist())

    def plot(name: str, title: str, axis: Axis, values: tuple[float, ...]) -> Plot:
        return Plot(name, title, across, axis, (Curve(axis.label, volts, values, points=True),))

    current = tuple(found.amperes.tolist())
    return (
        plot("curve", N_("Current-voltage curve"), Axis(N_("current"), "A"), current),
        plot("power", N_("Power-voltage curve"), Axis(N_("power"), "W"), power),
    )


def _read(source: Source, columns: str) -> _Curve:
    """The curve in the file, by rising voltage, its current positive while it generates."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(source.text().splitlines())]
    names = [name.strip() for name in columns.split(",")]
    head = next((n for n, row in enumerate(rows) if all(name in row for name in names)), None)
    if head is None or len(names) != 2:
        raise source.refused(
            f"has no row with the names {columns}", "say with --set columns=VOLTAGE,CURRENT"
        )
    places = [rows[head].index(name) for name in names]
    try:
        pairs = np.array([
            [float(row[at]) for at in places] for row in rows[head + 1 :] if any(row)
        ])
    except (ValueError, IndexError) as error:
        raise source.refused(f"has a row without two numbers: {error}", "export it anew") from error
    return _checked(source, pairs)


def _checked(source: Source, pairs: Array) -> _Curve:
    if len(pairs) < FEWEST or not np.all(np.isfinite(pairs)):
        raise source.refused(f"holds {len(pairs)} points, at least {FEWEST} numbers are needed")
    volts, amperes = pairs[np.argsort(pairs[:, 0], kind="stable")].T
    if amperes[np.argmin(np.abs(volts))] < 0.0:
        amperes = -amperes
    if (volts * amperes).max() <= 0.0:
        raise source.refused("holds no point at which the device delivers power")
    return _Curve(source, volts, amperes)
