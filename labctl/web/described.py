"""The description of the API: its errors are problem documents, whose media type is their own."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from labctl.web.problems import MEDIA, ProblemDocument

ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": text}
    for status, text in (
        (401, "Nobody is logged in"),
        (403, "The role does not allow it, or the request comes from another site"),
        (404, "There is no such thing"),
        (409, "It cannot be done now"),
        (413, "The body is too large"),
        (422, "The request is malformed"),
        (429, "Too many wrong passwords"),
        (503, "A file cannot be read or written now"),
    )
}
"""What every route may answer beside what it is for."""


def describe(app: FastAPI) -> None:
    """Let `app` describe itself so."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(title=app.title, version=app.version, routes=app.routes)
            app.openapi_schema = _with_problems(found)
        return app.openapi_schema

    app.openapi = document


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    response["content"] = {MEDIA: {"schema": schema}}
    return document
