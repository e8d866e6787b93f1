"""Indicators, and the acceptance table of a direction."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query

from labctl.i18n import _
from labctl.web.access import TheHouse, allowed
from labctl.web.api.shapes import Indicators
from labctl.web.house import House
from labctl.web.problems import Problem, unknown
from labctl.web.roles import Verb

router = APIRouter(tags=["indicators"], dependencies=[Depends(allowed(Verb.SEE))])

Words = Annotated[str, Query(max_length=200)]


@router.get("/indicators")
def indicators(
    house: TheHouse,
    q: Words = "",
    field: Words = "",
    evidence: Words = "",
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=2000)] = 100,
) -> Indicators:
    """Indicators that match the words `q`, of a `field` and of a kind of `evidence`."""
    found = [
        one
        for one in house.catalogue.search(q)
        if field in ("", one.field) and evidence in ("", one.evidence)
    ]
    rows = [msgspec.to_builtins(one) for one in found[offset : offset + limit]]
    return Indicators(count=len(found), indicators=rows)


@router.get("/indicators/{id:path}")
def indicator(id: str, house: TheHouse) -> dict[str, Any]:
    """One indicator as the map has it, and its procedure's dotted name (null: none)."""
    if id not in house.catalogue:
        raise unknown("indicator", id)
    one = house.catalogue.get(id)
    row = msgspec.to_builtins(one)
    return {**row, "procedure": _procedure(house, id)}


@router.get("/directions")
def directions(house: TheHouse) -> list[dict[str, str]]:
    """All directions."""
    return [
        {"id": one.id, "field": one.field, "title_en": one.title_en, "title_zh": one.title_zh}
        for one in house.catalogue.directions
    ]


@router.get("/directions/{id:path}/acceptance")
def acceptance(id: str, house: TheHouse, sample: Words = "") -> dict[str, Any]:
    """The acceptance table of a direction, of one sample or of all."""
    from labctl.acceptance.document import as_document
    from labctl.acceptance.table import make
    from labctl.jsontext import finite
    from labctl.laboratory import laboratory

    if id not in {one.id for one in house.catalogue.directions}:
        raise unknown("direction", id)
    if not house.settings.runs.is_dir():
        raise Problem(409, _("there are no runs yet"), remedy=_("start one"))
    table = make(house.catalogue.direction(id), house.settings.runs, sample)
    return finite(as_document(table, laboratory()))


@lru_cache(maxsize=2048)
def _procedure(house: House, id: str) -> str | None:
    from labctl.cli.find import procedures_of

    return procedures_of([house.catalogue.get(id)], house.labs).get(id)
