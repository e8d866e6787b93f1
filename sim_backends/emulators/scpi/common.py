"""Common commands of IEEE 488.2 chapter 10 and the required SYSTem and STATus commands."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from sim_backends.emulators.scpi.table import Table
from sim_backends.emulators.scpi.values import Numeric

_REGISTER = Numeric(0, 255, 0)


def ieee488_table() -> Table:
    """The common commands of IEEE 488.2 alone, for models that follow no more of SCPI."""
    table = Table()
    _identity(table)
    _status(table)
    _synchronisation(table)
    return table


def common_table() -> Table:
    """Commands that every SCPI instrument has."""
    table = ieee488_table()
    table.query(":SYSTem:ERRor[:NEXT]", lambda d, _: d.error_text())
    table.query(":SYSTem:ERRor:COUNt", lambda d, _: str(len(d.status.errors)))
    table.query(":SYSTem:VERSion", lambda _d, _: "1999.0")
    table.command(":STATus:PRESet", lambda _d, _: None, 0, 0)
    return table


def _identity(table: Table) -> None:
    table.query("*IDN", lambda d, _: ",".join(d.identity))
    table.query("*TST", lambda _d, _: "0")
    table.command("*RST", lambda d, _: d.reset(), 0, 0)


def _status(table: Table) -> None:
    table.command("*CLS", lambda d, _: d.status.clear(), 0, 0)
    table.query("*ESR", lambda d, _: str(d.status.read_event()))
    table.query("*ESE", lambda d, _: str(d.status.event_enable))
    table.command("*ESE", _set_event_enable)
    table.query("*SRE", lambda d, _: str(d.status.service_enable))
    table.command("*SRE", _set_service_enable)
    table.query("*STB", lambda d, _: str(d.status.byte(d.message_available)))


def _synchronisation(table: Table) -> None:
    table.command("*OPC", lambda d, _: d.request_completion(), 0, 0)
    table.query("*OPC", _completed)
    table.command("*WAI", _wait, 0, 0)


def _set_event_enable(device: Any, arguments: tuple[str, ...]) -> None:
    device.status.event_enable = _REGISTER.integer(arguments[0])


def _set_service_enable(device: Any, arguments: tuple[str, ...]) -> None:
    device.status.service_enable = _REGISTER.integer(arguments[0])


def _completed(device: Any, _: tuple[str, ...]) -> str | Generator[float | None, None, str]:
    return "1" if device.idle else _answer_when_idle()


def _answer_when_idle() -> Generator[float | None, None, str]:
    yield None
    return "1"


def _wait(device: Any, _: tuple[str, ...]) -> Generator[float | None, None, None] | None:
    return None if device.idle else _idle()


def _idle() -> Generator[float | None, None, None]:
    yield None
