"""A row of a verdict as a reader sees it: result, uncertainty, limit, risk.

The digits come from the decision itself (`labctl.judging.rounding`), so that what is printed
never contradicts it.
"""

from __future__ import annotations

from labctl.i18n import _
from labctl.judging.record import RowVerdict
from labctl.judging.rounding import printed
from labctl.report.notation import rule, signs, with_unit

NOTHING = "–"
"""Stands where there is no number."""


def result_text(row: RowVerdict) -> str:
    """Value ± U with the unit; a range with both ends; an ability in words."""
    if isinstance(row.value, bool):
        return _("shown") if row.value else _("not shown")
    if row.value is None:
        return NOTHING
    ends = row.ends or (row,)
    return with_unit(" … ".join(_estimate(end, bool(row.unit)) for end in ends), row.unit or "")


def _estimate(row: RowVerdict, in_brackets: bool) -> str:
    """`21.40 ± 0.35`; in brackets where a unit follows, so that it belongs to both numbers."""
    text = printed(row)
    if not text.U:
        return signs(text.value)
    both = f"{signs(text.value)} ± {signs(text.U)}"
    return f"({both})" if in_brackets else both


def value_text(row: RowVerdict) -> str:
    """The value alone with its unit."""
    if row.ends:
        return with_unit(" … ".join(signs(printed(end).value) for end in row.ends), row.unit or "")
    return with_unit(signs(printed(row).value), row.unit or "") if _has(row) else result_text(row)


def expanded_text(row: RowVerdict) -> str:
    """U with its unit, of both ends of a range."""
    texts = [signs(printed(end).U) for end in row.ends or (row,)] if _has(row) else []
    shown = " … ".join(text or "0" for text in texts)
    return with_unit(shown, row.unit or "") if shown else NOTHING


def factor_text(row: RowVerdict) -> str:
    """The coverage factor k = U/u."""
    factors = [end.k for end in row.ends or (row,) if end.k is not None]
    return " … ".join(f"{k:.2f}" for k in factors) or NOTHING


def interval_text(row: RowVerdict) -> str:
    """The 95 % interval; of a range the outer ends."""
    texts = [printed(end) for end in row.ends or (row,)]
    if not _has(row) or not any(text.lo for text in texts):
        return NOTHING
    low, high = texts[0].lo or texts[0].value, texts[-1].hi or texts[-1].value
    return f"[{signs(low)}, {signs(high)}]"


def limit_text(row: RowVerdict) -> str:
    """The rule and its limit."""
    tolerance = row.tolerance if row.op == "about" else None
    return rule(row.op, row.limit, row.unit or "", tolerance, row.better)


def risk_text(row: RowVerdict) -> str:
    """The specific risk: how probable it is that the decision is wrong."""
    if row.risk is None:
        return NOTHING
    if row.risk == 0 and not row.u:
        return "0 %"
    return "< 0.01 %" if row.risk < 1e-4 else f"{100 * row.risk:.2g} %"


def _has(row: RowVerdict) -> bool:
    return row.value is not None and not isinstance(row.value, bool)
