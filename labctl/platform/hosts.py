"""Which machine this is, and which of its processes can be seen from here."""

from __future__ import annotations

import os
import socket
from functools import cache


@cache
def host_name() -> str:
    """The machine's name, in small letters."""
    return socket.gethostname().lower()


@cache
def process_space() -> str:
    """Names the set of processes that are seen from here; "" where a system has only one.

    A container numbers its processes by itself: a number that is free here may be alive there.
    """
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""
