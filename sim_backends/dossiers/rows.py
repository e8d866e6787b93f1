"""Rows of an indicator as the maker of a simulated dossier sees them, and how each is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from labctl.errors import UsageError

Way = Literal["present", "entries", "members", "amounts", "stated", "cost"]

_KINDS = {
    "patent_applications": "patent",
    "patents_filed_or_granted": "patent",
    "papers": "paper",
    "joint_papers": "paper",
    "standards": "standard",
    "standard_sets": "standard",
    "proposed_standards": "standard",
    "international_standards": "standard",
    "national_or_industry_standards": "standard",
    "software_copyrights": "copyright",
    "workshops": "event",
    "cell_cost": "cost",
    "production_cost": "cost",
}
_AMOUNTS = {
    *("sales", "installed_capacity", "processed_data_volume", "downloads_or_stars", "data_items"),
    *("test_cases", "packages", "devices", "units_in_demonstration_cluster", "animal_experiments"),
}
_STATED = {
    *("process_node", "wafer_diameter", "technology_readiness_level", "parameters"),
    *("production_capacity", "satisfaction_rate", "osseointegration_success"),
}


@dataclass(frozen=True)
class Row:
    """One row: what is asked for. `value` is in `unit`; None where a thing must be there."""

    key: str
    quantity: str
    op: str
    value: float | None
    unit: str

    @property
    def kind(self) -> str:
        """Kind of entry that shows it, "" where any may."""
        return _KINDS.get(self.quantity, "")

    @property
    def way(self) -> Way:
        """How the documents show it."""
        if self.op == "present":
            return "present"
        if self.kind == "cost":
            return "cost"
        if self.kind:
            return "entries"
        if self.quantity in _AMOUNTS:
            return "amounts"
        return "stated" if self.quantity in _STATED else "members"

    @property
    def whole(self) -> bool:
        """Whether the row is counted in whole things."""
        return self.way in ("entries", "members")

    @property
    def least(self) -> int:
        """The smallest count that is enough."""
        if self.value is None:
            return 1
        return math.floor(self.value) + 1 if self.op == ">" else math.ceil(self.value)

    def figure(self, good: bool) -> float:
        """A plausible stated figure in `unit` on the good or on the bad side."""
        if self.value is None:
            raise UsageError(f"{self.key} has no figure")
        if self.op == "==":
            return self.value if good else self.value / 2
        better = 1 if self.op in (">", ">=") else -1
        share = 0.03 if self.unit == "%" else 0.12
        figure = self.value * (1 + better * share * (1 if good else -1))
        if self.unit in ("MW", "PB", "nm", "t/year", "%") or self.way == "cost":
            return round(figure, 3)
        whole = math.ceil if (better > 0) is good else math.floor
        return float(whole(figure))


def row(criterion: Mapping[str, Any]) -> Row:
    """The row of one criterion in the map's format; `UsageError` for an op no document shows."""
    quantity = str(criterion["quantity"])
    op, value = str(criterion["op"]), criterion.get("value")
    if op not in ("present", ">", ">=", "<", "<=", "=="):
        raise UsageError(f"a simulated dossier shows no {op} ({quantity})")
    number = float(value) if isinstance(value, int | float) else None
    key = str(criterion.get("key") or quantity)
    return Row(key, quantity, op, number, str(criterion.get("unit", "")))
