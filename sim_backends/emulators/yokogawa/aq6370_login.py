"""Log-in on the analyser's socket (remote control manual, "Ethernet interface").

`OPEN "anonymous"` is answered with `AUTHENTICATE CRAM-MD5.`, any line after that with `ready` (so
other parties' drivers of the model take it; the manual writes READY). Nothing else is answered or
executed before. `CLOSE` logs out. Other users, which have passwords, and CRAM-MD5 itself are not
modelled: they never become ready.
"""

from __future__ import annotations

import re

_OPEN = re.compile(r'\s*OPEN\s+"([^"]*)"\s*\Z', re.IGNORECASE)
_USER = "anonymous"


class Login:
    """Who may talk now. An instrument has one; a second connection finds it as it is."""

    def __init__(self) -> None:
        self.inside = False
        self._user: str | None = None

    def take(self, line: str) -> tuple[bool, str]:
        """Whether `line` is for the log-in and not for the instrument, and the answer to it."""
        opened = _OPEN.match(line)
        if opened:
            self.inside, self._user = False, opened.group(1)
            return True, "AUTHENTICATE CRAM-MD5."
        if line.strip().upper() == "CLOSE":
            self.inside, self._user = False, None
            return True, ""
        if self.inside:
            return False, ""
        user, self._user = self._user, None
        self.inside = user == _USER
        return True, "ready" if self.inside else ""
