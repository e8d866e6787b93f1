from __future__ import annotations

import re
from xml.etree import ElementTree

import msgspec

from labctl.analysis import Axis, Curve, Plot
from labctl.report.plots import alternative, axis_label, plot_svg

NYQUIST = Plot(
    "nyquist",
    "Impedance",
    Axis("real part", "ohm"),
    Axis("minus imaginary part", "ohm"),
    (
        Curve("measured", (1.0, 2.0, 3.0), (0.0, 1.0, 0.0), line=False),
        Curve("fit", (1.0, 3.0), (0.1, 0.2)),
    ),
    equal=True,
)


def test_a_plot_has_its_axes_and_every_curve() -> None:
    svg = plot_svg(NYQUIST, "p")
    ElementTree.fromstring(svg)
    for text in ("real part in Ω", "minus imaginary part in Ω", "measured", "fit"):
        assert f">{text}</text>" in svg
    assert 'id="p"' in svg


def test_equal_axes_have_one_scale() -> None:
    apart = plot_svg(NYQUIST, "p")
    assert apart == plot_svg(NYQUIST, "p")
    view = re.search(r'viewBox="0 0 (\S+) (\S+)"', apart)
    assert view is not None and float(view[2]) / float(view[1]) > 0.7


def test_a_logarithmic_axis_and_one_without_a_unit() -> None:
    plot = Plot(
        "bode",
        "Magnitude",
        Axis("frequency", "Hz", log=True),
        Axis("count"),
        (Curve("all", (1.0, 10.0, 1000.0), (1.0, 2.0, 3.0)),),
    )
    assert axis_label(plot.y) == "count"
    straight = msgspec.structs.replace(plot, x=Axis("frequency", "Hz"))
    assert plot_svg(plot, "q") != plot_svg(straight, "q")
    assert alternative(plot) == "Magnitude (frequency in Hz, count). all: 3 points, 1 to 3"
