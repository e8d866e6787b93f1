"""Plots of analyses as SVG, in the style of the report's figures."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from labctl.i18n import _
from labctl.report.notation import unit_text

if TYPE_CHECKING:
    from labctl.analysis import Axis, Curve, Plot

SIZE, SQUARE = (6.7, 3.6), (6.7, 5.0)
"""Width and height in inches, of a plot and of one whose axes have one scale."""


def plot_svg(plot: Plot, salt: str) -> str:
    """The plot as an SVG element; `salt` keeps its ids apart from those of others on a page."""
    from labctl.report.figures import COLOURS, drawing, svg

    with drawing(salt, SQUARE if plot.equal else SIZE) as (figure, (axes,)):
        for curve, colour in zip(plot.curves, itertools.cycle(COLOURS), strict=False):
            _draw(axes, curve, colour)
        axes.set_xlabel(axis_label(plot.x))
        axes.set_ylabel(axis_label(plot.y))
        axes.set_xscale("log" if plot.x.log else "linear")
        axes.set_yscale("log" if plot.y.log else "linear")
        if plot.equal:
            axes.set_aspect("equal", adjustable="datalim")
        if len(plot.curves) > 1:
            axes.legend()
        return svg(figure, salt, alternative(plot))


def axis_label(axis: Axis) -> str:
    """What stands at an axis: `voltage in V`."""
    unit = unit_text(axis.unit)
    label = _(axis.label)
    return _("{quantity} in {unit}").format(quantity=label, unit=unit) if unit else label


def alternative(plot: Plot) -> str:
    """The plot in words, for readers who cannot see it."""
    curves = (
        _("{name}: {count} points, {low:.5g} to {high:.5g}").format(
            name=_(one.label), count=len(one.y), low=min(one.y), high=max(one.y)
        )
        for one in plot.curves
        if one.y
    )
    return f"{_(plot.title)} ({axis_label(plot.x)}, {axis_label(plot.y)}). " + "; ".join(curves)


def _draw(axes: Any, curve: Curve, colour: str) -> None:
    axes.plot(
        curve.x,
        curve.y,
        linestyle="-" if curve.line else "none",
        marker="o" if curve.points or not curve.line else "",
        markersize=3.5,
        linewidth=1.2,
        color=colour,
        label=_(curve.label),
    )
