"""Messages to the Neware BTS server: XML over TCP port 502, each ended by LF LF # CR LF.

No manual is public. The commands are those that another party's client for these machines sends
(aurora-neware, of a laboratory that owns them); `neware_answers` reads what comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

END = "\n\n#\r\n"
"""Ends every message, in both directions."""

HEAD = '<?xml version="1.0" encoding="UTF-8" ?><bts version="1.0">'
PAGE = 1000
"""Points of one download, as the other party's client asks for them."""


@dataclass(frozen=True)
class Place:
    """A channel of the server, by the attributes that name it."""

    ip: str
    devtype: int
    devid: int
    subdevid: int
    channel: int

    def attributes(self, *, ip: bool = True) -> str:
        """As XML attributes; `ip` leads where the command has it."""
        lead = f"ip={quoteattr(self.ip)} " if ip else ""
        own = f'devtype="{self.devtype}" devid="{self.devid}" subdevid="{self.subdevid}"'
        return f'{lead}{own} chlid="{self.channel}"'


def message(command: str, body: str = "") -> str:
    """The text of `command`; the link adds the end."""
    return f"{HEAD}<cmd>{command}</cmd>{body}</bts>"


def connect(user: str, password: str) -> str:
    """The log-in that opens a session."""
    who = f"<username>{escape(user)}</username><password>{escape(password)}</password>"
    return message("connect", f"{who}<type>bfgs</type>")


def to_channel(command: str, place: Place, text: str = "true", more: str = "") -> str:
    """A command to one channel of a list; `more` are further attributes."""
    extra = f" {more}" if more else ""
    one = f"<{command} {place.attributes()}{extra}>{escape(text)}</{command}>"
    return message(command, f'<list count = "1">{one}</list>')


def start(place: Place, test: str, program: str, folder: str) -> str:
    """Start the step file `program` as the test `test`; the server keeps its files in `folder`."""
    one = f"<start {place.attributes()} barcode={quoteattr(test)}>{escape(program)}</start>"
    backup = (
        f'<backup backupdir={quoteattr(folder)} remotedir="" filenametype="0" customfilename="" '
        'addtimewhenrepeat="0" createdirbydate="0" filetype="0" backupontime="1" '
        'backupontimeinterval="720" backupfree="1" />'
    )
    return message("start", f'<list count = "1">{one}{backup}</list>')


def download(place: Place, first: int, count: int) -> str:
    """Up to `count` points of the present test from point `first` (from 1) on."""
    which = f'auxid="0" testid="0" startpos="{first}" count="{count}"'
    return message("download", f"<download {place.attributes(ip=False)} {which}/>")


def download_steps(place: Place) -> str:
    """The steps of the present test."""
    body = f"<downloadStepLayer {place.attributes(ip=False)} />"
    return message("downloadStepLayer", body)
