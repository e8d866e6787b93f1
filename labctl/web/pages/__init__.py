"""The pages of the console, drawn by NiceGUI into the application of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from labctl.web.house import House


def mount(app: FastAPI, house: House) -> None:
    """Mount the pages of `house` into `app`; once a process, since NiceGUI has one application."""
    from labctl.web.pages.site import build

    build(app, house)
