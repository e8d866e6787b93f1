"""Which indicators are tried, of all that were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from labctl.ci.changed import touched
from labctl.ci.choosing import Chosen, Shard
from labctl.cli.find import procedures_of, whole_catalogue
from labctl.discovery import installed_labs
from labctl.errors import UsageError


@dataclass(frozen=True)
class Question:
    """The targets as typed, the shard of them, and the commit that they have to differ from."""

    targets: tuple[str, ...]
    shard: Shard = field(default_factory=Shard)
    base: str = ""


def selected(question: Question) -> Chosen:
    """What a question comes to; `UsageError` where no target has a procedure."""
    labs = installed_labs()
    asked = whole_catalogue(labs).select(*question.targets)
    procedures = procedures_of(asked, labs)
    served = [one for one in asked if one.id in procedures]
    if not served:
        raise UsageError(
            f"no procedure among {' '.join(question.targets)}",
            remedy="labctl indicators lists those that have one",
        )
    own = [one for one in served if question.shard.holds(one.id)]
    if question.base:
        own = touched(own, question.base)
    shared = {one.id: procedures[one.id] for one in own if one.evidence == "document"}
    return Chosen(tuple(own), shared, tuple(asked), procedures)
