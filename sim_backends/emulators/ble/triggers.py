"""When an Environmental Sensing characteristic notifies: its ES Trigger Setting descriptor.

Environmental Sensing Service 1.0, section 3.1.2.3: a condition and its operand.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.ble.attributes import AttError

NEVER, EVERY, AT_LEAST, CHANGED = 0x00, 0x01, 0x02, 0x03
_COMPARISONS = (0x04, 0x05, 0x06, 0x07, 0x08, 0x09)
REJECTED, NOT_SUPPORTED = 0x80, 0x81
"""Errors of the service: write request rejected, condition not supported."""

_SLACK = 1e-3
"""Seconds by which a time-out may be early: times are sums of floating-point numbers."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """`condition` with `seconds` (for EVERY and AT_LEAST)."""

    condition: int = CHANGED
    seconds: int = 0

    def encode(self) -> bytes:
        """The descriptor's value."""
        if self.condition in (EVERY, AT_LEAST):
            return bytes((self.condition,)) + self.seconds.to_bytes(3, "little")
        return bytes((self.condition,))

    def fires(self, value: bytes, last: bytes | None, since: float) -> bool:
        """Whether `value` is sent, `since` seconds after `last` was."""
        if self.condition == NEVER:
            return False
        if last is None or self.condition == EVERY:
            return last is None or since >= self.seconds - _SLACK
        return value != last and (self.condition == CHANGED or since >= self.seconds - _SLACK)


def decode(data: bytes) -> Trigger:
    """The trigger in a written value; comparisons are not supported by this node."""
    if not data:
        raise AttError(REJECTED)
    condition, operand = data[0], data[1:]
    if condition in _COMPARISONS:
        raise AttError(NOT_SUPPORTED)
    if condition in (NEVER, CHANGED) and not operand:
        return Trigger(condition)
    if condition in (EVERY, AT_LEAST) and len(operand) == 3 and any(operand):
        return Trigger(condition, int.from_bytes(operand, "little"))
    raise AttError(REJECTED)
