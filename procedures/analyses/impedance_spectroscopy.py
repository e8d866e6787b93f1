"""Series resistance of an impedance spectrum that somebody else has measured."""

from __future__ import annotations

import csv

import numpy as np
from numpy.typing import NDArray

from labctl.analysis import Analysed, Axis, Curve, Given, Plot, Setting, Source, analysis
from labctl.evidence import Result
from labctl.i18n import N_
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.circuit import Array, Circuit, Complex, fit

HOW = N_(
    "A circuit of an inductance, a resistance and depressed arcs is fitted to real and imaginary "
    "part, weighed by the magnitude; the resistance in series with all arcs, with the uncertainty "
    "that the residuals tell. The intercept is the real part where the imaginary part changes sign."
)
LEFT_OUT = (
    N_("choice of the circuit and of the frequencies that it is fitted to"),
    N_("temperature, contacts and leads as they were"),
)
COLUMNS = 3
RELATIVE = 0.01
"""Each part of an impedance counts with this part of its magnitude."""


@analysis(
    "impedance_spectroscopy",
    N_("Series resistance of a spectrum (CSV of frequency in Hz, real and imaginary part in ohm)."),
    settings=(
        Setting("lowest", N_("lowest frequency of the fit"), unit="Hz", default="0 Hz"),
        Setting("arcs", N_("arcs of the circuit"), unit="dimensionless", default="2", low=1),
        Setting("area", N_("area, for the area-specific resistance"), unit="cm**2", low=0.0),
    ),
)
def spectrum(given: Given) -> Analysed:
    """Series resistance and intercept, and the area-specific one where the area is given."""
    source, mc = given.files[0], given.monte_carlo
    frequency, impedance = _read(source, given.quantity("lowest").value)
    arcs = round(given.quantity("arcs").value)
    sigma = RELATIVE * np.tile(np.abs(impedance), 2)
    try:
        circuit = fit(frequency, impedance, sigma, arcs)
    except ValueError as error:
        raise source.refused(str(error), "give fewer arcs, or a lower frequency") from error

    def resistance(one: MonteCarlo) -> Draws:
        return circuit.resistance + circuit.u * one.normal("circuit", "residuals of the fit")

    results: dict[str, Result] = {"series_resistance": mc.figure(resistance(mc), "ohm")}
    missing: list[str] = []
    crossing = intercept(impedance)
    if crossing is None:
        missing.append("the imaginary part does not change its sign: no intercept")
    else:
        results["real_axis_intercept"] = mc.figure(np.full((mc.draws + 1, 1), crossing), "ohm")
    if given.has("area"):
        areas = mc.quantity("area", given.quantity("area"))
        specific = mc.figure(resistance(mc) * areas, "ohm*cm**2")
        results["area_specific_resistance"] = specific
    return Analysed(
        results=results,
        how=(HOW,),
        left_out=LEFT_OUT,
        missing=tuple(missing),
        budget=mc.budget(resistance, "series_resistance"),
        plots=(_plot(frequency, impedance, circuit),),
    )


def intercept(impedance: Complex) -> float | None:
    """Real part in ohm where the imaginary part last changes its sign, by a straight line; None
    where it does not. `impedance` is ordered by frequency."""
    imaginary = impedance.imag
    crossings: NDArray[np.intp] = np.flatnonzero(imaginary[:-1] * imaginary[1:] < 0.0)
    if not len(crossings):
        return None
    at = int(crossings[-1])
    share = imaginary[at] / (imaginary[at] - imaginary[at + 1])
    return float(impedance.real[at] + share * (impedance.real[at + 1] - impedance.real[at]))


def _read(source: Source, lowest: float) -> tuple[Array, Complex]:
    rows: list[tuple[float, float, float]] = []
    for number, row in enumerate(csv.reader(source.text("utf-8-sig").splitlines()), 1):
        if not row or row[0].startswith("#"):
            continue
        try:
            frequency, real, imaginary = (float(field) for field in row[:COLUMNS])
        except ValueError as error:
            if not rows and number == 1:
                continue  # the names of the columns
            what = f"line {number} has no three numbers"
            raise source.refused(what, "give frequency, real and imaginary part") from error
        if frequency >= lowest:
            rows.append((frequency, real, imaginary))
    if not rows:
        raise source.refused("has no reading", "give a lower lowest frequency")
    data = np.array(sorted(rows))
    return data[:, 0], data[:, 1] + 1j * data[:, 2]


def _plot(frequency: Array, impedance: Complex, circuit: Circuit) -> Plot:
    drawn = circuit.impedance(np.geomspace(frequency[0], frequency[-1], 200))
    return Plot(
        "nyquist",
        N_("Impedance"),
        Axis(N_("real part"), "ohm"),
        Axis(N_("negative imaginary part"), "ohm"),
        (
            Curve("measured", *_sides(impedance)),
            Curve("fit", *_sides(drawn), line=True, points=False),
        ),
        equal=True,
    )


def _sides(impedance: Complex) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Real and negative imaginary parts in ohm."""
    return tuple(impedance.real.tolist()), tuple((-impedance.imag).tolist())
