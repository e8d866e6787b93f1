from __future__ import annotations

from typing import Any

import pytest

from sim_backends.emulators.scpi import ScpiInstrument
from sim_backends.emulators.scpi.common import common_table, ieee488_table
from sim_backends.emulators.scpi.errors import DeviceError
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.table import Table
from sim_backends.emulators.scpi.values import Numeric
from tests.sim_backends.emulators.talking import Talk


def _table() -> Table:
    table = common_table()
    numeric(table, [":LEVel", ":OTHer[:LEVel]"], Numeric(0, 5, 1, "V"), *keep("level", _count))
    numeric(table, ":COUNt", lambda d: Numeric(1, d.most, 1), *keep("count"), whole=True)
    numeric(table, ":SHOWn", Numeric(0, 9, 0), *keep("level"), show=lambda v: f"{v:.2f}")
    flag(table, ":STATe", *keep("on"))
    word(table, ":MODE", ("FIXed", "AUTO"), *keep("mode"))
    table.command(":FAIL", _fail, 0, 0)
    return table


def _count(device: Settable) -> None:
    device.changes += 1


def _fail(_device: Any, _: tuple[str, ...]) -> None:
    raise DeviceError(842, "Not in progress")


class Settable(ScpiInstrument):
    TABLE = _table()

    def __init__(self) -> None:
        super().__init__(("ACME", "S1", "SIM-1", "1"))
        self.values: dict[Any, Any] = {"level": 1.0, "count": 1, "on": False, "mode": "FIXed"}
        self.most, self.changes = 4, 0


@pytest.mark.parametrize(
    ("command", "query", "answer"),
    [
        (":LEV 2.5", ":OTH:LEV?", "2.500000E+00"), (":OTH 500MV", ":SHOW?", "0.50"),
        (":LEV MAX", ":LEV?", "5.000000E+00"), (":COUN 3.4", ":COUN?", "3"),
        (":STAT ON", ":STAT?", "1"), (":MODE auto", ":MODE?", "AUTO"), ("*CLS", ":MODE?", "FIX"),
        ("*CLS", ":LEV? MIN;:COUN? MAX", "0.000000E+00;4"),
    ],
)  # fmt: skip
def test_settings_are_kept_and_told(command: str, query: str, answer: str) -> None:
    talk = Talk(Settable())
    talk.say(command)
    assert talk.ask(query) == answer


def test_limits_are_those_of_the_moment() -> None:
    device = Settable()
    talk = Talk(device)
    talk.say(":COUN 5", ":LEV 6")
    assert talk.ask(":SYST:ERR?;ERR?;:COUN?").count("-222") == 2 and device.changes == 0
    device.most = 9
    talk.say(":COUN 5", ":LEV 3")
    assert talk.ask(":COUN?") == "5" and device.changes == 1


def test_a_models_own_error_has_its_own_text() -> None:
    talk = Talk(Settable())
    talk.say(":FAIL")
    assert talk.ask(":SYST:ERR?") == '842,"Not in progress"'


def test_a_table_without_scpi_has_the_common_commands_alone() -> None:
    class Plain(Settable):
        TABLE = ieee488_table()

    talk = Talk(Plain())
    assert talk.ask("*IDN?") == "ACME,S1,SIM-1,1" and talk.ask(":SYST:ERR?", 1.0) == ""
