"""The templates of new files, which lie beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,
    )


def rendered(template: str, **values: str) -> str:
    """The text of `<template>.j2` with `values`; a value that is missing is an error."""
    return _environment().get_template(f"{template}.j2").render(**values)
