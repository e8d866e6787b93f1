"""Emulators at pyvisa's door: a VISA library whose resources are simulated lines.

`pyvisa.ResourceManager(library)` takes an instance of this class like any VISA library. Every
interface class with a host name opens the instrument of that name: `TCPIP::<name>::5025::SOCKET`,
`TCPIP::<name>::INSTR`. A read ends at the termination character where that is enabled, at the
number of bytes asked for, or with the bytes that a message has left behind; else it times out.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from pyvisa import attributes, constants, errors, rname
from pyvisa.constants import ResourceAttribute, StatusCode
from pyvisa.highlevel import VisaLibraryBase
from pyvisa.typing import VISARMSession, VISASession
from pyvisa.util import LibraryPath

from labctl import clock
from sim_backends.plugs.line import Line

_numbers = itertools.count(1)
_INFINITE = 1e12
_DEFAULTS: dict[int, Any] = {
    ResourceAttribute.timeout_value: 2000,
    ResourceAttribute.termchar: 10,
    ResourceAttribute.termchar_enabled: False,
    ResourceAttribute.send_end_enabled: True,
    ResourceAttribute.suppress_end_enabled: False,
    ResourceAttribute.tcpip_keepalive: False,
    ResourceAttribute.tcpip_nodelay: True,
}


class Session:
    """One open resource: its line and its attributes, as VISA numbers them."""

    def __init__(self, name: str, line: Line) -> None:
        parsed = rname.parse_resource_name(name)
        self.line = line
        self.termchar: int | None = None
        self.timeout = _seconds(_DEFAULTS[ResourceAttribute.timeout_value])
        self.attributes = dict(_DEFAULTS)
        self.attributes[ResourceAttribute.resource_name] = str(parsed)
        self.attributes[ResourceAttribute.resource_class] = parsed.resource_class
        self.attributes[ResourceAttribute.interface_type] = parsed.interface_type_const
        self.attributes[ResourceAttribute.interface_number] = 0

    def set(self, attribute: int, value: Any) -> None:
        """Set an attribute; time-out and termination character take effect at once."""
        self.attributes[attribute] = value
        self.timeout = _seconds(self.attributes[ResourceAttribute.timeout_value])
        enabled = self.attributes[ResourceAttribute.termchar_enabled]
        self.termchar = self.attributes[ResourceAttribute.termchar] if enabled else None


class SimVisaLibrary(VisaLibraryBase):
    """VISA over simulated lines, by host name."""

    lines: dict[str, Line]
    sessions: dict[int, Session]

    @classmethod
    def over(cls, lines: Mapping[str, Line]) -> SimVisaLibrary:
        """A library of its own, with `lines` by host name."""
        library = cls(LibraryPath(f"sim-{next(_numbers)}", "simulated"))
        assert isinstance(library, SimVisaLibrary)
        library.lines = dict(lines)
        return library

    def _init(self) -> None:
        self.lines = {}
        self.sessions = {}

    def open_default_resource_manager(self) -> tuple[VISARMSession, StatusCode]:
        """A session of the resource manager."""
        session = VISARMSession(next(_numbers))
        return session, self.handle_return_value(session, StatusCode.success)

    def list_resources(self, session: VISARMSession, query: str = "?*::INSTR") -> tuple[str, ...]:
        """Names of all simulated resources that match `query`."""
        names = [f"TCPIP0::{name}::5025::SOCKET" for name in self.lines]
        names += [f"TCPIP0::{name}::inst0::INSTR" for name in self.lines]
        return tuple(rname.filter(names, query))

    def open(
        self,
        session: VISARMSession,
        resource_name: str,
        access_mode: constants.AccessModes = constants.AccessModes.no_lock,
        open_timeout: int = constants.VI_TMO_IMMEDIATE,
    ) -> tuple[VISASession, StatusCode]:
        """Open a simulated resource; VI_ERROR_RSRC_NFOUND where there is none of that name."""
        line = self.lines.get(_host(resource_name))
        if line is None or not line.join():
            raise errors.VisaIOError(StatusCode.error_resource_not_found)
        opened = VISASession(next(_numbers))
        self.sessions[opened] = Session(resource_name, line)
        return opened, self.handle_return_value(opened, StatusCode.success)

    def close(self, session: Any) -> StatusCode:
        """Close a session; the instrument keeps its state."""
        self.sessions.pop(session, None)
        return self.handle_return_value(session, StatusCode.success)

    def write(self, session: VISASession, data: bytes) -> tuple[int, StatusCode]:
        """Send `data`; VI_ERROR_CONN_LOST where the instrument is gone."""
        line = self._session(session).line
        if not line.connected:
            raise errors.VisaIOError(StatusCode.error_connection_lost)
        line.write(bytes(data))
        return len(data), self._succeed(session, StatusCode.success)

    def read(self, session: VISASession, count: int) -> tuple[bytes, StatusCode]:
        """Up to `count` bytes; VI_ERROR_TMO when none end a message within the time-out."""
        opened = self._session(session)
        line = opened.line
        deadline = clock.now() + opened.timeout
        while True:
            taken = _take(line.received, count, opened.termchar)
            if taken is not None:
                return taken[0], self._succeed(session, taken[1])
            if not line.connected:
                raise errors.VisaIOError(StatusCode.error_connection_lost)
            if not line.wait(deadline):
                self._last_status_in_session[session] = StatusCode.error_timeout
                raise errors.VisaIOError(StatusCode.error_timeout)

    def clear(self, session: VISASession) -> StatusCode:
        """Device clear."""
        self._session(session).line.clear()
        return self._succeed(session, StatusCode.success)

    def flush(self, session: VISASession, mask: constants.BufferOperation) -> StatusCode:
        """Drop what was received and not yet read."""
        self._session(session).line.received.clear()
        return self._succeed(session, StatusCode.success)

    def read_stb(self, session: VISASession) -> tuple[int, StatusCode]:
        """Serial poll: the message-available bit of what waits to be read."""
        received = self._session(session).line.received
        return 16 * bool(received), self._succeed(session, StatusCode.success)

    def get_attribute(self, session: Any, attribute: Any) -> tuple[Any, StatusCode]:
        """Value of a VISA attribute; VI_ERROR_NSUP_ATTR where it is not known."""
        opened = self.sessions.get(session)
        if opened is None:
            raise errors.VisaIOError(StatusCode.error_invalid_object)
        if attribute == constants.VI_ATTR_ASRL_AVAIL_NUM:
            return len(opened.line.received), StatusCode.success
        if attribute not in opened.attributes:
            if attribute not in attributes.AttributesByID:
                raise errors.VisaIOError(StatusCode.error_nonsupported_attribute)
            return attributes.AttributesByID[attribute].default, StatusCode.success
        return opened.attributes[attribute], StatusCode.success

    def set_attribute(self, session: Any, attribute: Any, attribute_state: Any) -> StatusCode:
        """Set a VISA attribute."""
        self._session(session).set(attribute, attribute_state)
        return self.handle_return_value(session, StatusCode.success)

    def disable_event(self, session: Any, event_type: Any, mechanism: Any) -> StatusCode:
        """Events are not simulated: there is none to disable."""
        return StatusCode.success

    def discard_events(self, session: Any, event_type: Any, mechanism: Any) -> StatusCode:
        """Events are not simulated: there is none to discard."""
        return StatusCode.success

    def _session(self, session: VISASession) -> Session:
        opened = self.sessions.get(session)
        if opened is None:
            raise errors.VisaIOError(StatusCode.error_invalid_object)
        return opened

    def _succeed(self, session: VISASession, status: StatusCode) -> StatusCode:
        # As handle_return_value, without its search for warnings, which success never is.
        self._last_status = self._last_status_in_session[session] = status
        return status


def _take(received: bytearray, count: int, termchar: int | None) -> tuple[bytes, StatusCode] | None:
    """Bytes that end a read and how they end it; None where more must come."""
    if not received:
        return None
    end = received.find(termchar) + 1 if termchar is not None else len(received)
    if 0 < end <= count:
        status = StatusCode.success_termination_character_read if termchar is not None else None
    elif len(received) >= count:
        end, status = count, StatusCode.success_max_count_read
    else:
        return None
    data = bytes(received[:end])
    del received[:end]
    return data, status or StatusCode.success


def _host(resource_name: str) -> str:
    parts = resource_name.split("::")
    return parts[1] if len(parts) > 2 else resource_name


def _seconds(milliseconds: int) -> float:
    if milliseconds == constants.VI_TMO_INFINITE:
        return _INFINITE
    return max(milliseconds, 0) / 1000.0
