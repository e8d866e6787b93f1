"""What every page has round it: skip link, navigation, language, who is logged in."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nicegui import ui

from labctl.i18n import N_, Language, _, current
from labctl.report import wording
from labctl.web.roles import NAMES
from labctl.web.view import words

if TYPE_CHECKING:
    from nicegui.elements.html import Html

    from labctl.web.pages.visit import Visit

TEMPLATES = Path(__file__).parent / "templates"
HTML = {"en": "en", "zh": "zh-CN"}
"""What the attribute `lang` says."""

OTHER: dict[Language, tuple[Language, str]] = {"en": ("zh", "中文"), "zh": ("en", "English")}

PLACES = (
    ("/runs", N_("Runs")),
    ("/indicators", N_("Indicators")),
    ("/benches", N_("Benches")),
    ("/samples", N_("Samples")),
)
"""The pages that every visitor finds above each."""


@contextmanager
def frame(visit: Visit, heading: str, here: str) -> Generator[None]:
    """The page named `heading`, which belongs to the place `here`, drawn inside the block."""
    head(heading)
    places = [(path, _(name), path == here) for path, name in PLACES]
    role = _(NAMES[visit.user.role])
    html("bar.html.j2", places=places, user=visit.user, role=role, other=OTHER[current()])
    with ui.element("div").classes("page").props('id="content" tabindex="-1"'):
        yield
    _lost_line()


def head(heading: str) -> None:
    """What stands in the head of a page: its title, its language, our style."""
    ui.page_title(f"{heading} · labctl")
    ui.add_head_html('<link rel="stylesheet" href="/console/console.css">')
    ui.add_head_html('<script src="/console/console.js" defer></script>')
    ui.add_head_html(f'<script>document.documentElement.lang = "{HTML[current()]}"</script>')


def html(template: str, *, classes: str = "", **context: Any) -> Html:
    """An element that shows a template of ours."""
    found = ui.html(rendered(template, **context), sanitize=False)
    return found.classes(classes) if classes else found


def rendered(template: str, **context: Any) -> str:
    """A template of ours in the current language; all that is put into it is escaped."""
    return _environment().get_template(template).render(**context)


def select(
    label: str, options: Mapping[str, str], value: str, changed: Callable[[Any], Any]
) -> None:
    """A choice among `options` (value -> text), with its label above."""
    with ui.element("label").classes("field"):
        ui.html(_escaped(label), sanitize=False, tag="span")
        with ui.element("select").on("change", changed, js_handler="(e) => emit(e.target.value)"):
            for key, text in options.items():
                option = ui.element("option")
                option.props["value"] = key
                if key == value:
                    option.props("selected")
                with option:
                    ui.html(_escaped(text), sanitize=False, tag="span")


def search(label: str, value: str, changed: Callable[[Any], Any]) -> None:
    """A field for words to look for; `changed` is told while they are typed."""
    with ui.element("label").classes("field wide"):
        ui.html(_escaped(label), sanitize=False, tag="span")
        box = ui.element("input").props("type=search autocomplete=off")
        # Not as text of properties, in which a quotation mark would end it.
        box.props["value"] = value
        box.on(
            "input",
            changed,
            throttle=0.3,
            leading_events=False,
            js_handler="(e) => emit(e.target.value)",
        )


def button(text: str, icon: str, pressed: Callable[..., Any], *, tone: str = "") -> ui.element:
    """A button with a sign and a word."""
    found = ui.element("button").classes(f"button {tone}".strip()).props('type="button"')
    with found:
        ui.html(
            f'<span class="sign" aria-hidden="true">{icon}</span> {_escaped(text)}',
            sanitize=False,
            tag="span",
        )
    found.on("click", pressed, args=[])
    return found


def _lost_line() -> None:
    """What a browser shows while it has no line to the server; what is typed is kept there."""
    text = _("The line to the server is lost. The run goes on; this page comes back by itself.")
    with ui.element("div").classes("lost").props('role="status"'):
        ui.html(f'<span class="sign" aria-hidden="true">⚠</span> {_escaped(text)}', sanitize=False)


def _escaped(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))


@cache
def _environment() -> Environment:
    env: Any = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(_=_, sign=words.sign, tone=words.tone)
    env.filters.update(
        word=wording.word,
        plain=wording.plain,
        moment=wording.moment,
        iso_moment=wording.iso_moment,
    )
    return env


def address(query: Mapping[str, str]) -> str:
    """JavaScript that writes `query` into the page's address, so that it stays after a reload."""
    from urllib.parse import urlencode

    text = urlencode({key: value for key, value in query.items() if value})
    shown = json.dumps(f"?{text}" if text else "")
    return f"history.replaceState(history.state, '', location.pathname + {shown})"
