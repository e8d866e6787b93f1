"""Read Device Identification (function 0x2B, MEI type 0x0E), sans-IO.

Modbus Application Protocol 1.1b3, section 6.21. Conformity: extended identification, stream and
individual access (0x83). All objects here fit one answer, so nothing ever follows.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.emulators.modbus_rtu import (
    ILLEGAL_ADDRESS,
    ILLEGAL_FUNCTION,
    ILLEGAL_VALUE,
    ModbusError,
)

FUNCTION, MEI = 0x2B, 0x0E
BASIC, REGULAR, EXTENDED, INDIVIDUAL = 1, 2, 3, 4
CONFORMITY = 0x83
_LAST = {BASIC: 0x02, REGULAR: 0x7F, EXTENDED: 0xFF}


def identify(content: bytes, objects: Mapping[int, str]) -> bytes:
    """Content of the answer to a request's `content`, both after the function code.

    `ModbusError`: 1 for another MEI type, 2 for an object that is not there, 3 for the rest.
    """
    if not content or content[0] != MEI:
        raise ModbusError(ILLEGAL_FUNCTION)
    if len(content) != 3 or content[1] not in (*_LAST, INDIVIDUAL):
        raise ModbusError(ILLEGAL_VALUE)
    code, first = content[1], content[2]
    chosen = _chosen(code, first, objects)
    told = b"".join(_object(number, objects[number]) for number in chosen)
    return bytes((MEI, code, CONFORMITY, 0x00, 0x00, len(chosen))) + told


def _chosen(code: int, first: int, objects: Mapping[int, str]) -> list[int]:
    if code == INDIVIDUAL:
        if first not in objects:
            raise ModbusError(ILLEGAL_ADDRESS)
        return [first]
    # A stream that begins at an unknown object begins at object 0.
    start = first if first in objects and first <= _LAST[code] else 0
    return [number for number in sorted(objects) if start <= number <= _LAST[code]]


def _object(number: int, text: str) -> bytes:
    data = text.encode("ascii")
    return bytes((number, len(data))) + data
