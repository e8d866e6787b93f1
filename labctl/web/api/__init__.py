"""The REST API, a router a subject."""

from labctl.web.api import account

ROUTERS = (account.router,)
"""All routers, mounted under /api/v1."""
