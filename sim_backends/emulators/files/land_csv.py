"""LAND (Wuhan LANDT) cycler whose LANDdt software exports the records of a test as CSV.

No specification is public. Names of columns as other parties' readers of LANDdt exports know them
(`测试时间/Sec`, `电压/V`, `电流/mA`, `容量/mAh`), the rest remembered: times in s as plain numbers,
currents of a discharge negative, capacity counted from 0 in each step. Exported as UTF-8 with a
byte order mark, or `encoding="gbk"` as older versions do. Neither instrument nor sample stand in
the file but in its name. Left out: specific capacity (no mass was typed in), cycle and step tables.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from sim_backends.emulators.files.cycling import CyclingChannel, Point
from sim_backends.emulators.files.notes import instrument
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.cycled_cell import CycledCellPort

COLUMNS = (
    *("记录序号", "循环序号", "工步序号", "工作模式", "测试时间/Sec", "步骤时间/Sec", "电压/V"),
    *("电流/mA", "容量/mAh", "能量/mWh", "系统时间"),
)
KINDS = {"charge": "恒流充电", "discharge": "恒流放电", "rest": "静置"}
"""Modes of steps."""


class LandExport(FileStation):
    """A cycler with the cell in `port`; `encoding` is `utf-8-sig` or `gbk`."""

    suffix = ".csv"

    def __init__(
        self,
        port: CycledCellPort,
        *,
        serial: str,
        rng: np.random.Generator,
        encoding: str = "utf-8-sig",
    ) -> None:
        super().__init__(serial=serial, rng=rng)
        self._channel = CyclingChannel(port, rng)
        self.lasting = self._channel.seconds
        self.notes = instrument(
            "LAND", "CT3002A", serial, method="1C cycles with rests", points=self._channel.points
        )
        self._encoding = encoding

    def document(self, shot: Shot) -> bytes:
        """The log of a whole test, exported after it."""
        rows = [row(point, shot) for point in self._channel.log()]
        return ("\r\n".join([",".join(COLUMNS), *rows]) + "\r\n").encode(self._encoding)


def row(point: Point, shot: Shot) -> str:
    """A record."""
    moment = (shot.moment + timedelta(seconds=point.time)).replace(tzinfo=None)
    return ",".join([
        f"{point.number},{point.cycle},{point.step},{KINDS[point.kind]}",
        f"{point.time:.3f},{point.step_time:.3f}",
        f"{point.voltage:.4f},{point.current * 1e3:.4f}",
        f"{point.charge / 3.6:.6f},{point.energy / 3.6:.6f},{moment:%Y-%m-%d %H:%M:%S}",
    ])


EMULATOR = LandExport
