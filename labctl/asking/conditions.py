"""Conditions in words: stated by the sample's sheet, a script or a person before a test.

On a simulated bench whose sheet says nothing nobody is asked, and the condition stays unobserved.
"""

from __future__ import annotations

from labctl.asking.answering import CONDITIONS
from labctl.asking.asked import Asker
from labctl.asking.prompts import TextPrompt
from labctl.evidence import Observed
from labctl.i18n import N_
from labctl.indicator import Condition, Indicator
from labctl.words import Text

FIXED = frozenset({"must_include", "choose_from", "for_example"})
"""Aspects that are no statement of the operator: they list members."""


async def declare(indicator: Indicator, asker: Asker) -> list[Observed]:
    """The indicator's conditions in words as somebody states them, each asked once in the run."""
    found: list[Observed] = []
    for condition in indicator.conditions:
        if condition.in_words and condition.aspect not in FIXED:
            prompt = prompt_of(condition)
            if asker.owed(prompt):
                given = await asker.ask(prompt)
                found += _observed(condition, given.value, given.who)
    return found


def prompt_of(condition: Condition) -> TextPrompt:
    """Asks what the condition really is; "y" confirms its own text, nothing leaves it open."""
    words = {"aspect": condition.aspect.replace("_", " "), "text": condition.text}
    text = Text(N_("{aspect}: {text}"), words)
    name = f"{CONDITIONS}{condition.aspect}"
    return TextPrompt(name, text, proposed=condition.text, optional=True)


def _observed(condition: Condition, text: str, who: str) -> list[Observed]:
    if not text:
        return []
    return [Observed(aspect=condition.aspect, text=text, declared_by=who)]
