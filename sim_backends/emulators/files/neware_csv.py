"""Neware cycler whose BTS client exports the records of a test as a layered CSV.

No specification is public. The layout is that of exports of the BTS client 7 as other parties'
readers know them: three rows of names, of cycles, of steps (from the second cell on) and of
records (from the third on); then each cycle's row, its steps' rows, their records' rows. Times
are h:mm:ss.fff within the step, `Realtime` the PC's date and time, discharge currents negative
(remembered, as the Chinese names are). The Chinese program on a Chinese Windows writes GBK
(`encoding="gbk"`), the English one UTF-8. The export names neither instrument nor sample: both
stand in the file's name, as the real one's device, channel and barcode do; the laboratory's notes
say what is missing. Left out: specific and differential columns, temperatures, powers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

import numpy as np

from sim_backends.emulators.files.cycling import CyclingChannel, Point
from sim_backends.emulators.files.notes import instrument
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.cycled_cell import CycledCellPort

CHINESE = (
    "循环序号,充电容量(mAh),放电容量(mAh)",
    ",工步序号,工步名称,工步时间(h:min:s.ms),工步容量(mAh)",
    ",,记录序号,时间(h:min:s.ms),电压(V),电流(mA),容量(mAh),能量(mWh),绝对时间",
)
ENGLISH = (
    "Cycle ID,Cap_Chg(mAh),Cap_DChg(mAh)",
    ",Step ID,Step Name,Step Time(h:min:s.ms),Step Capacity(mAh)",
    ",,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA),Capacity(mAh),Energy(mWh),Realtime",
)
"""Names of the columns: of a cycle, of a step, of a record."""

KINDS = {
    "gbk": {"charge": "恒流充电", "discharge": "恒流放电", "rest": "搁置"},
    "utf-8": {"charge": "CC_Chg", "discharge": "CC_DChg", "rest": "Rest"},
}
"""Names of steps by encoding."""


class NewareExport(FileStation):
    """A cycler with the cell in `port`; `encoding` is `gbk` or `utf-8`."""

    suffix = ".csv"

    def __init__(
        self,
        port: CycledCellPort,
        *,
        serial: str,
        rng: np.random.Generator,
        encoding: str = "gbk",
    ) -> None:
        super().__init__(serial=serial, rng=rng)
        self._channel = CyclingChannel(port, rng)
        self._encoding = encoding
        self.lasting = self._channel.seconds
        self.notes = instrument("Neware", "BTS-4000", serial, method="1C cycles with rests")

    def document(self, shot: Shot) -> bytes:
        """The log of a whole test, exported after it."""
        rows = [*(CHINESE if self._encoding == "gbk" else ENGLISH)]
        for _, cycle in groupby(self._channel.log(), key=lambda point: point.cycle):
            rows += self._cycle(list(cycle), shot)
        return ("\r\n".join(rows) + "\r\n").encode(self._encoding)

    def _cycle(self, points: list[Point], shot: Shot) -> Iterator[str]:
        steps = [list(step) for _, step in groupby(points, key=lambda point: point.step)]
        ends = {step[-1].kind: step[-1].charge / 3.6 for step in steps}
        yield f"{points[0].cycle},{ends['charge']:.6f},{ends['discharge']:.6f}"
        for step in steps:
            last = step[-1]
            name = KINDS[self._encoding][last.kind]
            yield f",{last.step},{name},{clock_time(last.step_time)},{last.charge / 3.6:.6f}"
            yield from (row(point, shot) for point in step)


def row(point: Point, shot: Shot) -> str:
    """A record."""
    moment = (shot.moment + timedelta(seconds=point.time)).replace(tzinfo=None)
    return (
        f",,{point.number},{clock_time(point.step_time)},{point.voltage:.4f},"
        f"{point.current * 1e3:.4f},{point.charge / 3.6:.6f},{point.energy / 3.6:.6f},"
        f"{moment:%Y-%m-%d %H:%M:%S}"
    )


def clock_time(seconds: float) -> str:
    """h:mm:ss.fff of a time in s."""
    whole, thousandths = divmod(round(seconds * 1000.0), 1000)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"


EMULATOR = NewareExport
