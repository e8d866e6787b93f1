"""How the AQ6370D takes and prints numbers, choices and traces."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.table import Handler, Outcome
from sim_backends.emulators.scpi.values import choice, number

LIGHT = 299792458.0
"""Speed of light in m/s."""

TRACES = ("TRA", "TRB", "TRC", "TRD", "TRE", "TRF", "TRG")


def nr3(value: float) -> str:
    """`+1.55000000E-006`: eight decimals, three digits of exponent."""
    mantissa, exponent = f"{value:+.8E}".split("E")
    return f"{mantissa}E{int(exponent):+04d}"


def wavelength(token: str) -> float:
    """Wavelength in m of a number in m (with multiplier) or Hz: `1550NM`, `1.55E-6`, `193.1THZ`."""
    if token.upper().endswith("HZ"):
        frequency = number(token, "HZ")
        if frequency <= 0.0:
            raise ScpiError(-222, token)
        return LIGHT / frequency
    return number(token, "M")


def trace_name(token: str) -> str:
    """One of the traces TRA to TRG."""
    return choice(token.upper(), TRACES)


def sequential(handler: Handler) -> Handler:
    """`handler` as a sequential command: it waits for the end of a single sweep."""

    def later(device: Any, arguments: tuple[str, ...]) -> Generator[float | None, None, str | None]:
        yield None
        outcome = handler(device, arguments)
        assert outcome is None or isinstance(outcome, str)
        return outcome

    def handle(device: Any, arguments: tuple[str, ...]) -> Outcome:
        return later(device, arguments) if device.waits else handler(device, arguments)

    return handle


def listed(
    table: Table, pattern: str, key: Any, names: Sequence[tuple[str, int]],
    then: Callable[[Any], None] | None = None,
) -> None:  # fmt: skip
    """One of `names` or its number, answered as the number; `then` is done after a change."""
    known = dict(names)

    def command(device: Any, arguments: tuple[str, ...]) -> None:
        token = arguments[0]
        if token[:1].isdigit() and token.isdecimal() and token.isascii():
            if int(token) not in known.values():
                raise ScpiError(-222, token)
            device.values[key] = int(token)
        else:
            device.values[key] = known[choice(token, tuple(known))]
        if then is not None:
            then(device)

    table.command(pattern, sequential(command))
    table.query(pattern, lambda device, _: str(device.values[key]))


def bounded(
    table: Table, pattern: str, limits: tuple[float, float], get: Callable[[Any], float],
    put: Callable[[Any, float], None], parse: Callable[[str], float] = number,
    show: Callable[[float], str] = nr3,
) -> None:  # fmt: skip
    """A number within `limits`, -222 outside; it waits for the end of a single sweep."""

    def command(device: Any, arguments: tuple[str, ...]) -> None:
        value = parse(arguments[0])
        slack = 1e-9 * max(abs(limits[0]), abs(limits[1]))
        if not limits[0] - slack <= value <= limits[1] + slack:
            raise ScpiError(-222, arguments[0])
        put(device, value)

    table.command(pattern, sequential(command))
    table.query(pattern, sequential(lambda device, _: show(get(device))))


def numbers(form: str, values: Iterable[float]) -> str:
    """Numbers in the format in force: a list, or an IEEE 488.2 block, the low byte first."""
    if form == "ASCII":
        return ",".join(nr3(value) for value in values)
    data = b"".join(struct.pack("<d" if form == "REAL,64" else "<f", value) for value in values)
    length = str(len(data))
    return f"#{len(length)}{length}" + data.decode("latin-1")


def whole(value: float) -> str:
    """A whole number; a point at infinity cannot be one."""
    return str(round(value)) if math.isfinite(value) else "0"
