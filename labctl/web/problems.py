"""Errors as problem documents (RFC 9457), each with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from labctl.errors import Defect, JournalError, LabError, LinkError
from labctl.i18n import _
from labctl.jsontext import finite

MEDIA = "application/problem+json"


class ProblemDocument(BaseModel):
    """What an error's answer holds: `status` and `title` are HTTP's, `kind` is labctl's own."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    kind: str = ""
    remedy: str = ""
    who: str | None = None
    errors: list[dict[str, str]] = []


class Problem(Exception):
    """Ends a request with `status` and a problem document."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        remedy: str = "",
        kind: str = "usage",
        who: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.remedy = remedy
        self.kind = kind
        self.who = who
        self.headers = dict(headers or {})


def unknown(what: str, id: str) -> Problem:
    """404: there is no such thing."""
    text = _("there is no {what} {id!r}").format(what=what, id=id[:100])
    return Problem(404, text, remedy=_("ask for the list; ids are taken from there"))


def answer(problem: Problem, errors: list[dict[str, str]] | None = None) -> Response:
    """The response that tells `problem`."""
    document = ProblemDocument(
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        detail=problem.detail,
        kind=problem.kind,
        remedy=problem.remedy,
        who=problem.who,
        errors=errors or [],
    )
    return JSONResponse(
        document.model_dump(), problem.status, headers=problem.headers, media_type=MEDIA
    )


def status_of(error: LabError) -> int:
    """What an error of labctl is in HTTP: whoever asked was wrong (409), or we are (500, 503)."""
    if isinstance(error, Defect):
        return 500
    return 503 if isinstance(error, JournalError | LinkError) else 409


def install(app: FastAPI) -> None:
    """Let `app` tell every error so."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(LabError, _lab_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return answer(error)


async def _lab_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, LabError)
    problem = Problem(status_of(error), error.message, remedy=error.remedy, kind=error.kind)
    return answer(problem)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"at": ".".join(str(part) for part in one["loc"]), "why": str(one["msg"])}
        for one in error.errors()
    ]
    text = "; ".join(f"{one['at']}: {one['why']}" for one in errors)
    problem = Problem(422, text or str(finite(error.body)), remedy=_("see /api/v1/openapi.json"))
    return answer(problem, errors)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    remedy = _("send less") if error.status_code == 413 else _("see /api/v1/openapi.json")
    text = str(error.detail)
    return answer(Problem(error.status_code, text, remedy=remedy, headers=headers))
