"""VISA resource names, taken apart as far as leases need it."""

from __future__ import annotations

import re

from labctl.leases.ports import visa_port

KIND = re.compile(r"(TCPIP|USB|GPIB|ASRL|PXI|VXI)(.*)", re.IGNORECASE)
CLASSES = ("INSTR", "SOCKET", "RAW")


def resource_keys(resource: str) -> tuple[str, ...]:
    """The kind of resource and what tells it from others, in one spelling.

    `("tcp", host, port)`, `("lan", host, device)`, `("serial", port)`, `("usb", maker, model,
    number)`, `("gpib", board, addresses...)`, else `("visa", the text)`.
    """
    first, *rest = resource.split("::")
    found = KIND.match(first)
    if found is None:
        return ("visa", resource.upper())
    kind, board = found[1].upper(), found[2]
    last = rest[-1].upper() if rest else ""
    parts = rest[:-1] if last in CLASSES else rest
    try:
        match kind:
            case "TCPIP" if last == "SOCKET":
                return ("tcp", parts[0], parts[1])
            case "TCPIP":
                return ("lan", parts[0], _device(parts[1] if len(parts) > 1 else "inst0"))
            case "ASRL":
                return ("serial", visa_port(first))
            case "USB":
                return ("usb", f"{int(parts[0], 0):04x}", f"{int(parts[1], 0):04x}", parts[2])
            case "GPIB":
                return ("gpib", board or "0", *_primary(parts))
            case _:
                return ("visa", resource.upper())
    except (IndexError, ValueError):
        return ("visa", resource.upper())


def _device(name: str) -> str:
    """VXI-11 and HiSLIP are two doors of one instrument: `inst0` and `hislip0` are its number 0."""
    plain = name.partition(",")[0].lower()
    found = re.fullmatch(r"(?:inst|hislip)(\d+)", plain)
    return found[1] if found else name.lower()


def _primary(parts: list[str]) -> tuple[str, ...]:
    """Primary and secondary GPIB address; a secondary one of 0 is none."""
    numbers = [str(int(part)) for part in parts]
    return tuple(numbers[:1] if numbers[1:] == ["0"] else numbers)
