"""The report's page: the template, filled with a run's record."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from labctl.i18n import _, current
from labctl.laboratory import laboratory
from labctl.report import wording
from labctl.report.counts import counts
from labctl.report.facts import facts, simulated
from labctl.report.item_view import item_view
from labctl.report.notation import sentence, typeset
from labctl.report.particulars import Matter, clause_views, departures, externals
from labctl.report.release import release_of
from labctl.report.results import limit_text, result_text
from labctl.report.rules import rule_lines
from labctl.report.tested_items import sample_views

if TYPE_CHECKING:
    from labctl.runfile import RunRecord

TEMPLATES = Path(__file__).parent / "templates"


def page(record: RunRecord) -> str:
    """The report of a run as one HTML document in the current language."""
    items = [item_view(record, item, index) for index, item in enumerate(record.items, start=1)]
    matter = Matter(record, laboratory(), release_of(record.path), sample_views(record))
    marks = [_("SIMULATED")] if simulated(record) else []
    return rendered(
        "report.html.j2",
        record=record,
        items=items,
        facts=facts(record),
        simulated=simulated(record),
        rules=rule_lines(record.agreement.rule),
        counts=counts(record),
        lab=matter.laboratory,
        release=matter.release,
        samples=matter.samples,
        clauses=clause_views(matter),
        departures=list(departures(record)),
        externals=list(externals(record)),
        marks=" · ".join([*marks, *([_("DRAFT")] if matter.release.draft else [])]),
    )


def rendered(template: str, **context: Any) -> str:
    """The page of `template` in the current language, with `context` for it."""
    language = {"en": "en", "zh": "zh-CN"}[current()]
    return _environment().get_template(template).render(language=language, **context)


def css_text(text: str) -> Markup:
    """`text` as a quoted string of CSS, in which nothing can end the string or the style."""
    safe = "".join(c if c.isalnum() or c in " -_.,:·" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{safe}"')


@cache
def _environment() -> Environment:
    env: Any = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(_=_, title=wording.name_of)
    env.filters.update(
        word=wording.word,
        plain=wording.plain,
        moment=wording.moment,
        iso_moment=wording.iso_moment,
        duration=wording.duration,
        result=result_text,
        limit=limit_text,
        typeset=typeset,
        sentence=sentence,
        css_text=css_text,
    )
    return env
