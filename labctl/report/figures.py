"""Plots as inline SVG. matplotlib is imported here only, and this module only by the report."""

from __future__ import annotations

import io
import itertools
import re
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any, cast
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from labctl.i18n import _
from labctl.report.curves import Log, Sweep
from labctl.report.notation import unit_text
from labctl.report.wording import plain

_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.edgecolor": "#444444",
    "legend.frameon": False,
    "axes.formatter.use_mathtext": False,
}
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Colours that people with a colour vision deficiency can tell apart (Okabe and Ito)."""

_DIRECTIONS = {"": ("-", "o"), "forward": ("-", "o"), "reverse": ("--", "s")}
_SIZE = (6.7, 3.4)
_PANEL = 1.15


def sweep_figure(sweeps: Sequence[Sweep], salt: str) -> str:
    """Current against voltage of all `sweeps`, power points marked, as an SVG element.

    A state of the sample has a colour, a direction has a line style; repetitions are drawn faintly
    behind the first sweep of their kind. `salt` keeps the ids inside the SVG apart from those of
    other plots on the same page.
    """
    scale, unit = _current_unit(sweeps)
    states = dict.fromkeys(sweep.kind[0] for sweep in sweeps)
    colours = dict(zip(states, itertools.cycle(COLOURS)))
    first = {sweep.kind: sweep for sweep in reversed(sweeps)}
    with drawing(salt, _SIZE) as (figure, (axes,)):
        for sweep in sweeps:
            again = first[sweep.kind] is not sweep
            _draw_sweep(axes, sweep, scale, colours[sweep.kind[0]], again)
        axes.axhline(0, color="#444444", linewidth=0.8)
        _show_generated(axes)
        axes.set_xlabel(_("voltage in V"))
        axes.set_ylabel(_("current in {unit}").format(unit=unit))
        axes.legend(loc="lower left")
        alt = _("Current-voltage curves: {names}").format(
            names="; ".join(dict.fromkeys(map(sweep_label, sweeps)))
        )
        return svg(figure, salt, alt)


def log_figure(logs: Sequence[Log], salt: str) -> str:
    """Slow logs below each other against one axis of time in hours, as an SVG element."""
    with drawing(salt, (_SIZE[0], 0.5 + _PANEL * len(logs)), len(logs)) as (figure, panels):
        for log, axes in zip(logs, panels, strict=True):
            axes.plot(log.hours, log.values, color=COLOURS[0], linewidth=0.8)
            axes.set_ylabel(unit_text(log.unit) or "1")
            axes.set_title(log_label(log), loc="left", fontsize=8, pad=2)
            axes.margins(x=0.01)
            axes.ticklabel_format(axis="y", useOffset=False)
        panels[-1].set_xlabel(_("time in h"))
        figure.align_ylabels(panels)
        return svg(figure, salt, "; ".join(map(_log_words, logs)))


def _log_words(log: Log) -> str:
    return _("{name} against time, {count} readings from {low:.5g} to {high:.5g} {unit}").format(
        name=log_label(log),
        count=log.count,
        low=min(log.values),
        high=max(log.values),
        unit=unit_text(log.unit),
    )


def sweep_label(sweep: Sweep) -> str:
    """What a sweep and its repetitions are called: `before, forward`."""
    state, direction = sweep.kind
    return ", ".join(plain(part) for part in (*state.split("/"), direction) if part)


def power_text(sweep: Sweep) -> str:
    """The largest power of a sweep with a handy unit: `21.7 mW`."""
    voltage, current = sweep.power_point
    power = abs(voltage * current)
    scale, unit = (1.0, "W") if power >= 1 else (1e3, "mW")
    return f"{scale * power:.4g} {unit}"


def log_label(log: Log) -> str:
    """The name of a slow log as words, without the prefix of its kind."""
    return ", ".join(plain(part) for part in log.channel.split("/")[1:])


def _current_unit(sweeps: Sequence[Sweep]) -> tuple[float, str]:
    """Factor from A and the unit in which the largest current has a handy number."""
    largest = max(abs(current) for sweep in sweeps for current in sweep.current)
    if largest >= 1:
        return 1.0, "A"
    return (1e3, "mA") if largest >= 1e-3 else (1e6, "μA")


def _draw_sweep(axes: Any, sweep: Sweep, scale: float, colour: str, again: bool) -> None:
    line, marker = _DIRECTIONS[sweep.kind[1]]
    current = [sweep.sign * scale * i for i in sweep.current]
    if again:
        axes.plot(sweep.voltage, current, line, color=colour, linewidth=0.6, alpha=0.4, zorder=1)
        return
    label = f"{sweep_label(sweep)}: {power_text(sweep)}"
    axes.plot(sweep.voltage, current, line, color=colour, linewidth=1.3, label=label)
    voltage, best = sweep.power_point
    point = {"markersize": 6, "markerfacecolor": "white", "markeredgewidth": 1.5}
    axes.plot([voltage], [sweep.sign * scale * best], marker, color=colour, **point)


def _show_generated(axes: Any) -> None:
    """Cut the axis a little below zero: beyond the open-circuit voltage a cell draws current that
    would squeeze the part of the curve that matters."""
    low, high = axes.get_ylim()
    axes.set_ylim(bottom=max(low, -0.2 * high))


@contextmanager
def drawing(
    salt: str, size: tuple[float, float], panels: int = 1
) -> Generator[tuple[Figure, list[Any]]]:
    """A figure of `size` in inches with `panels` below each other, in the report's style.

    The browser draws the text with its own fonts, so a glyph that matplotlib's font lacks (every
    Chinese character) does no harm.
    """
    style = {**_STYLE, "svg.hashsalt": salt}
    with warnings.catch_warnings(), cast(Any, matplotlib).rc_context(style):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasSVG(figure)
        yield figure, [*figure.subplots(panels, sharex=True, squeeze=False)[:, 0]]


def svg(figure: Any, salt: str, alt: str) -> str:
    """The figure as an SVG element that can stand in a page: sized by the page, named for
    readers who cannot see it, free of the date it was drawn."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    body = text[text.index("<svg") :]
    view = re.search(r'viewBox="[^"]+"', body)
    start = body.index(">") + 1
    title = f'<title id="{salt}">{escape(alt)}</title>'
    open_tag = f'<svg {view[0] if view else ""} role="img" aria-labelledby="{salt}">'
    return open_tag + title + _without_metadata(body[start:])


def _without_metadata(body: str) -> str:
    """Drop the block that names outside vocabularies, and the ids that nothing refers to: every
    plot has the same ones, and an id may stand on a page only once."""
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'<g id="[^"]*"', "<g", body)
    return body.replace("xlink:href", "href")
