"""The page *Indicators*: the map, searched and filtered, and one indicator."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.discovery import procedure_names
from labctl.errors import UsageError
from labctl.i18n import N_, _, current, using
from labctl.report.wording import name_of, word
from labctl.web.pages import shell, starting
from labctl.web.roles import Verb
from labctl.web.view.indicators import Filter, IndicatorRow, directions, indicator_rows
from labctl.web.view.runs import newest_outcomes

if TYPE_CHECKING:
    from labctl.web.house import House
    from labctl.web.pages.visit import Visit

SIZE = 60
"""Rows of a page of the table."""

KINDS = ("measured", "evaluated", "document")
OUTCOMES = ("PASS", "CONDITIONAL PASS", "CONDITIONAL FAIL", "FAIL", "INVALID", "INCOMPLETE")
NEVER = N_("none so far")


async def show(visit: Visit) -> None:
    """Draw the table; the filter stands in the address, so that it is there after a reload."""
    asked = dict(visit.request.query_params)
    wanted, page, language = _filter(asked), 0, current()
    with shell.frame(visit, _("Indicators"), "/indicators"):
        shell.html("heading.html.j2", text=_("Indicators"))
        filters = ui.element("div").classes("filters")
        table = shell.html("loading.html.j2")
        pager = ui.element("div").classes("pager")

    async def refresh(to: int = 0) -> None:
        nonlocal page
        page = to
        with using(language):
            found = await asyncio.to_thread(_rows, visit, wanted, page)
            table.set_content(shell.rendered("indicators.html.j2", **found))
            ui.run_javascript(shell.address(_asked(wanted)))
            turn(found["count"])

    def turn(count: int) -> None:
        pager.clear()
        last = (count - 1) // SIZE
        with pager:
            if page > 0:
                shell.button(_("Back"), "◀", visit.handler(lambda: refresh(page - 1)))
            if page < last:
                shell.button(_("Further"), "▶", visit.handler(lambda: refresh(page + 1)))

    def changes(name: str) -> Any:
        async def changed(event: Any) -> None:
            nonlocal wanted
            wanted = _with(wanted, name, str(event.args or ""))
            await refresh()

        return visit.handler(changed)

    with filters:
        _fields(visit, wanted, changes)
    ui.timer(0.01, refresh, once=True)


async def show_one(visit: Visit, id: str) -> None:
    """Draw the indicator `id`, with what is needed to run it."""
    catalogue = visit.house.catalogue
    if id not in catalogue:
        with shell.frame(visit, _("Indicators"), "/indicators"):
            text = _("There is no indicator {id}.").format(id=id)
            shell.html("missing.html.j2", text=text, back="/indicators")
        return
    bound = await asyncio.to_thread(procedures, visit.house)
    with shell.frame(visit, f"{id} {name_of(catalogue.get(id))}", "/indicators"):
        outcomes = await asyncio.to_thread(newest_outcomes, visit.house.settings.runs)
        only = Filter(query=id)
        row = next(one for one in indicator_rows(catalogue, only, bound, outcomes) if one.id == id)
        shell.html("indicator.html.j2", row=row, procedure=bound.get(id, ""))
        if row.runnable and visit.may(Verb.START):
            starting.draw(visit, row)


def _fields(visit: Visit, wanted: Filter, changes: Any) -> None:
    catalogue, every = visit.house.catalogue, {"": _("all")}
    shell.search(_("Look for words or an id"), wanted.query, changes("query"))
    fields = {**every, **{one: one for one in catalogue.fields}}
    shell.select(_("Field"), fields, wanted.field, changes("field"))
    shell.select(
        _("Direction"), {**every, **directions(catalogue)}, wanted.direction, changes("direction")
    )
    kinds = {**every, **{kind: word(kind) for kind in KINDS}}
    shell.select(_("Kind"), kinds, wanted.kind, changes("kind"))
    states = {**every, "never": _(NEVER), **{one: word(one) for one in OUTCOMES}}
    shell.select(_("Newest verdict"), states, wanted.tried or wanted.outcome, changes("state"))


def _filter(asked: dict[str, str]) -> Filter:
    found = Filter()
    for name in ("query", "field", "direction", "kind", "state"):
        found = _with(found, name, asked.get(name, ""))
    return found


def _with(wanted: Filter, name: str, value: str) -> Filter:
    if name != "state":
        return replace(wanted, **{name: value})
    if value == "never":
        return replace(wanted, tried="never", outcome="")
    return replace(wanted, tried="", outcome=value)


def _asked(wanted: Filter) -> dict[str, str]:
    state = wanted.tried or wanted.outcome
    return {
        "query": wanted.query,
        "field": wanted.field,
        "direction": wanted.direction,
        "kind": wanted.kind,
        "state": state,
    }


def procedures(house: House) -> dict[str, str]:
    """Names of the procedures by indicator; all modules of procedures are imported once."""
    own, by_kind = procedure_names(house.labs)
    found = ((one.id, own.get(one.id) or by_kind.get(one.evidence)) for one in house.catalogue)
    return {id: name for id, name in found if name is not None}


def _rows(visit: Visit, wanted: Filter, page: int) -> dict[str, Any]:
    outcomes = newest_outcomes(visit.house.settings.runs)
    try:
        found = indicator_rows(visit.house.catalogue, wanted, procedures(visit.house), outcomes)
    except UsageError:
        found: list[IndicatorRow] = []
    return {"rows": found[page * SIZE : (page + 1) * SIZE], "count": len(found)}
