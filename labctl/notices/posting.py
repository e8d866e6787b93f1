"""One HTTP POST of a JSON document, by the standard library."""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from labctl.notices.undelivered import Undelivered

TIMEOUT = 15.0
"""Seconds for which the other end may be silent."""

MOST = 65536
"""Bytes of an answer that are read."""

AGAIN = {408, 425, 429}
"""HTTP errors of 4xx that pass by themselves, as all of 5xx do."""

LONGEST_WAIT = 600.0


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: a message would arrive as a request without it."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        """Refuse."""
        return None


def context(ca: str) -> ssl.SSLContext:
    """How certificates are checked: by those of the system and, if named, of the file `ca`."""
    made = ssl.create_default_context()
    if ca:
        try:
            made.load_verify_locations(ca)
        except (OSError, ssl.SSLError) as error:
            raise Undelivered(
                f"the certificates {ca} cannot be read: {error}", final=True
            ) from error
    return made


def post(url: str, document: dict[str, Any], ca: str = "") -> str:
    """Post `document`; the answer. `Undelivered` names the host, never the whole address."""
    host = urlsplit(url).hostname or "?"
    request = urllib.request.Request(
        url,
        json.dumps(document, ensure_ascii=False).encode("utf-8"),
        {"Content-Type": "application/json; charset=utf-8", "User-Agent": "labctl"},
        method="POST",
    )
    opener = urllib.request.build_opener(
        _Straight(), urllib.request.HTTPSHandler(context=context(ca))
    )
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return answer.read(MOST).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(host, error) from None
    except urllib.error.URLError as error:
        raise _unreached(host, error.reason) from None
    except (OSError, http.client.HTTPException) as error:
        raise _unreached(host, error) from None


def _refused(host: str, error: urllib.error.HTTPError) -> Undelivered:
    try:
        said = error.read(200).decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException):
        said = ""
    text = f"{host} answered {error.code} {error.reason}: {said}".rstrip(": ")
    final = error.code < 500 and error.code not in AGAIN
    return Undelivered(text, final=final, wait=_wait(error.headers.get("Retry-After", "")))


def _wait(text: str) -> float:
    """Seconds of a Retry-After; 0 where it says nothing, or a date."""
    return min(float(text), LONGEST_WAIT) if text.isdecimal() else 0.0


def _unreached(host: str, reason: object) -> Undelivered:
    # A certificate that does not fit is no passing fault.
    final = isinstance(reason, ssl.SSLCertVerificationError)
    return Undelivered(f"{host} cannot be reached: {reason}", final=final)
