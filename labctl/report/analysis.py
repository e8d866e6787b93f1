"""The page of an analysis of imported files, and its figures as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from labctl.errors import UsageError
from labctl.evidence import Count, Figure, Present, Range, Rate, Result
from labctl.i18n import _
from labctl.jsontext import json_text
from labctl.judging.outcome import Outcome
from labctl.judging.record import RowVerdict
from labctl.quantity import Quantity
from labctl.report import wording
from labctl.report.notation import number, signs, with_unit
from labctl.report.page import rendered
from labctl.report.plots import plot_svg
from labctl.report.results import result_text
from labctl.report.write import save

if TYPE_CHECKING:
    from labctl.analysing.document import Document

PAGE, DATA = "analysis.html", "analysis.json"


@dataclass(frozen=True)
class ResultView:
    """A result for a reader: its name in words, the figure ± U, and what is said of its U."""

    name: str
    text: str
    note: str


def write(document: Document, folder: Path) -> tuple[Path, ...]:
    """Write page, data and an SVG of each plot into `folder`, which is made; their paths.

    `UsageError` where that cannot be done.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be made: {error.strerror}", remedy="name another folder with --out"
        ) from error
    drawn = {one.name: plot_svg(one, f"plot-{one.name}") for one in document.plots}
    files = {
        PAGE: page(document, drawn),
        DATA: json_text(document.as_dict()) + "\n",
        **{f"{name}.svg": alone(text) for name, text in drawn.items()},
    }
    return tuple(save(text, folder / name) for name, text in files.items())


def alone(svg: str) -> str:
    """An SVG element of a page as a file of its own."""
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return svg.replace("<svg ", f"<svg {space} ", 1) + "\n"


def page(document: Document, drawn: dict[str, str]) -> str:
    """The document as one HTML page in the current language, with the SVGs `drawn` by name."""
    return rendered(
        "analysis.html.j2",
        document=document,
        results=list(views(document)),
        settings={name: _stated(value) for name, value in document.settings.items()},
        plots=[(one, Markup(drawn[one.name])) for one in document.plots],
    )


def views(document: Document) -> Iterator[ResultView]:
    """The results of the document, in its order."""
    for name, result in document.evidence.results.items():
        yield ResultView(wording.path(name), text_of(result), note_of(result))


ARITHMETIC = 1e-9
"""Part of a value by which a computation with floating numbers may scatter."""

DIGITS = 6
"""Digits of a value of which no uncertainty says how many count."""


def text_of(result: Result) -> str:
    """A result as a reader sees it, with U and unit."""
    if isinstance(result, Present):
        return _("shown") if result.there else _("not shown")
    if isinstance(result, Count):
        ends = dict.fromkeys(number(one) for one in (result.sure, result.possible))
        return with_unit(" … ".join(ends), result.unit)
    if isinstance(result, Rate):
        return _("{events} of {trials}").format(events=result.events, trials=result.trials)
    if isinstance(result, Range):
        return f"{text_of(result.low)} … {text_of(result.high)}"
    if untold(result):
        return with_unit(signs(f"{result.value:.{DIGITS}g}"), result.unit)
    return result_text(_row(result))


def untold(figure: Figure) -> bool:
    """Whether a figure has no uncertainty but that of its arithmetic."""
    return figure.u <= ARITHMETIC * abs(figure.value)


def note_of(result: Result) -> str:
    """What is said of a result's uncertainty."""
    if isinstance(result, Figure) and untold(result):
        return _("no uncertainty can be told from the files")
    return ""


def _row(figure: Figure) -> RowVerdict:
    """The figure as the rounding of verdicts takes it; nothing is decided."""
    return RowVerdict(
        key="",
        outcome=Outcome.INCOMPLETE,
        op="",
        unit=figure.unit,
        value=figure.value,
        u=figure.u,
        U=figure.expanded,
        lo=figure.low,
        hi=figure.high,
    )


def _stated(value: Quantity | str) -> str:
    if isinstance(value, str):
        return value
    text = with_unit(number(value.value), value.unit)
    return f"{text}, u = {with_unit(number(value.u), value.unit)}" if value.u else text
