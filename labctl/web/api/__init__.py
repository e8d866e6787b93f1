"""The REST API, a router a subject."""

from labctl.web.api import (
    account,
    admin,
    answering,
    evidence,
    indicators,
    ordering,
    runs,
    starting,
    watching,
)

ROUTERS = (
    account.router,
    indicators.router,
    runs.router,
    watching.router,
    evidence.router,
    starting.router,
    ordering.router,
    answering.router,
    admin.router,
)
"""All routers, mounted under /api/v1."""
