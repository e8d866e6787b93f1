"""How each row of a document indicator is counted (docs/dossier.md, "How rows are counted")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from labctl import units
from labctl.i18n import N_
from labctl.item import Wanted


class Tally(Enum):
    """Ways of turning the entries that count into a result."""

    PRESENT = N_("there, when one entry counts")
    ONE = N_("one each")
    DISTINCT = N_("distinct members, an entry without members as one")
    SUM = N_("sum of the amounts, an entry without one as 1")
    STATED = N_("the amount stated, the same in all entries")
    COST = N_("sum of the cost entries")


class Needs(Enum):
    """What an entry must show beyond its kind."""

    NOTHING = ""
    INVENTION = "an invention, no utility model or design"
    JOINT = "authors in China and in another country"
    INTERNATIONAL = "a standard of ISO, IEC or ITU"
    NATIONAL_OR_INDUSTRY = "a national standard or one of an industry"
    FOREIGN = "the country of its owner, other than China"
    PARTNERS = "the partners' names as members"


@dataclass(frozen=True)
class Rule:
    """How one quantity is counted: `kind` is the only kind of entry that counts, "" for any."""

    tally: Tally
    kind: str = ""
    needs: Needs = Needs.NOTHING


_RULES: dict[str, Rule] = {
    "patent_applications": Rule(Tally.ONE, "patent", Needs.INVENTION),
    "patents_filed_or_granted": Rule(Tally.ONE, "patent", Needs.INVENTION),
    "papers": Rule(Tally.ONE, "paper"),
    "joint_papers": Rule(Tally.ONE, "paper", Needs.JOINT),
    "standards": Rule(Tally.ONE, "standard"),
    "standard_sets": Rule(Tally.ONE, "standard"),
    "proposed_standards": Rule(Tally.ONE, "standard"),
    "international_standards": Rule(Tally.ONE, "standard", Needs.INTERNATIONAL),
    "national_or_industry_standards": Rule(Tally.ONE, "standard", Needs.NATIONAL_OR_INDUSTRY),
    "software_copyrights": Rule(Tally.ONE, "copyright"),
    "workshops": Rule(Tally.ONE, "event"),
    "partner_countries": Rule(Tally.DISTINCT, needs=Needs.PARTNERS),
    "foreign_institutions": Rule(Tally.DISTINCT, needs=Needs.FOREIGN),
    "cell_cost": Rule(Tally.COST, "cost"),
    "production_cost": Rule(Tally.COST, "cost"),
}
_SUMS = (
    *("sales", "installed_capacity", "processed_data_volume", "downloads_or_stars", "data_items"),
    *("test_cases", "packages", "devices", "units_in_demonstration_cluster", "animal_experiments"),
)
_STATED = (
    *("process_node", "wafer_diameter", "technology_readiness_level", "parameters"),
    *("production_capacity", "satisfaction_rate", "osseointegration_success"),
)


def rule_of(wanted: Wanted) -> Rule:
    """The rule of a row. A quantity of its own: counted where its unit is a count, else stated."""
    if wanted.present:
        return Rule(Tally.PRESENT)
    if wanted.quantity in _RULES:
        return _RULES[wanted.quantity]
    if wanted.quantity in _SUMS:
        return Rule(Tally.SUM)
    if wanted.quantity in _STATED or not units.is_count(wanted.unit):
        return Rule(Tally.STATED)
    return Rule(Tally.DISTINCT)
