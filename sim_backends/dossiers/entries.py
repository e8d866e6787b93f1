"""Entries of a simulated dossier that show a row, sound and in the number asked for."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from sim_backends.dossiers import numbers
from sim_backends.dossiers.rows import Row

Entry = dict[str, Any]

FIRST_DAY = datetime.date(2023, 1, 1)
LAST_DAY = datetime.date(2025, 11, 30)

_KINDS = ("report", "certificate", "contract", "record", "design", "software", "data")
_HOLDERS = ("Institute of Energy Materials", "North Campus University", "Riverside Devices Ltd")
_COUNTRIES = ("Germany", "Chile", "Kenya", "Japan", "Italy", "Thailand", "Poland", "Laos")
_CODES = ("DE", "CL", "KE", "JP", "IT", "TH", "PL", "LA")
_NAMED = {"countries": _COUNTRIES, "partner_countries": _COUNTRIES}


class Maker:
    """Makes entries with titles and files of their own, from one random stream."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._made = 0

    def show(self, row: Row, count: int, figure: float) -> list[Entry]:
        """Sound entries for `row`: `count` things, or the stated `figure` in the row's unit."""
        makers: dict[str, Callable[[], list[Entry]]] = {
            "present": lambda: [self._entry(row) for _ in range(count)],
            "entries": lambda: [self._numbered(row) for _ in range(count)],
            "members": lambda: self._members(row, count),
            "amounts": lambda: self._amounts(row, figure),
            "stated": lambda: [self._entry(row, amount=figure, unit=row.unit)],
            "cost": lambda: self._costs(row, figure),
        }
        return makers[row.way]()

    def _entry(self, row: Row, **more: Any) -> Entry:
        self._made += 1
        days = (LAST_DAY - FIRST_DAY).days
        topic = row.quantity.replace("_", " ")
        return {
            "kind": row.kind or self._rng.choice(_KINDS),
            "shows": row.key,
            "title": f"{topic.capitalize()}, document {self._made}",
            "holder": self._rng.choice(_HOLDERS),
            "date": FIRST_DAY + datetime.timedelta(days=self._rng.randrange(days)),
            "file": f"files/{self._made:04d}.pdf",
            **more,
        }

    def _numbered(self, row: Row) -> Entry:
        entry = self._entry(row)
        year = entry["date"].year
        if row.kind == "patent":
            entry["number"] = numbers.patent(self._rng, year)
        elif row.kind == "standard":
            entry["number"] = numbers.standard(self._rng, year, _sort(row.quantity))
        elif row.kind == "copyright":
            entry["number"] = numbers.software_copyright(self._rng, year)
        elif row.kind == "paper":
            entry["doi"] = numbers.doi(self._rng)
            if row.quantity == "joint_papers":
                entry["countries"] = ["CN", self._rng.choice(_CODES)]
        return entry

    def _members(self, row: Row, count: int) -> list[Entry]:
        """One entry each; many things, and what has a name of its own, as members of one entry."""
        if row.quantity == "foreign_institutions":
            codes = self._rng.sample(_CODES, min(count, len(_CODES)))
            return [self._entry(row, members=[f"Institute {c}"], countries=[c]) for c in codes]
        if count > 6 or row.quantity in _NAMED:
            names = _NAMED.get(row.quantity) or tuple(f"No. {n + 1}" for n in range(count))
            return [self._entry(row, members=list(names[:count]))] if count else []
        return [self._entry(row) for _ in range(count)]

    def _amounts(self, row: Row, figure: float) -> list[Entry]:
        """The figure in two documents, in whole things where it is whole."""
        first = float(int(figure * 0.6)) if figure > 1 else figure
        parts = [part for part in (first, round(figure - first, 6)) if part]
        return [self._entry(row, amount=part, unit=row.unit) for part in parts]

    def _costs(self, row: Row, figure: float) -> list[Entry]:
        """Materials as consumption times price, labour and depreciation as amounts."""
        product = row.unit.partition("/")[2].strip("()")
        price = 50.0
        materials = self._entry(
            row,
            consumption={"value": figure * 0.6 / price, "unit": f"kg/({product})"},
            price={"value": price, "unit": "yuan/kg"},
        )
        shares = (0.25, 0.15)
        return [materials, *(self._entry(row, amount=figure * s, unit=row.unit) for s in shares)]


def _sort(quantity: str) -> str:
    """Sort of standard that a row asks for."""
    if quantity.startswith("international"):
        return "international"
    return "national" if quantity.startswith("national") else ""
