"""Answers of the BTS server, attribute by attribute as a real machine gives them.

Source: the captured answers in `tests/mocks.py` of aurora-neware (MIT).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from labctl.clock import VIRTUAL_EPOCH
from sim_backends.emulators.neware.channel import CyclerChannel, Work
from sim_backends.emulators.neware.messages import element, figure, listed
from sim_backends.emulators.neware.test_log import Point, StepRecord

IP, TYPE, DEVICE, SUB_DEVICE = "127.0.0.1", 27, 21, 1
MISSPELT = {"download": "donwload", "downloadlog": "donwloadlog"}
MOST_POINTS = 1000
"""Points in one answer: what the client asks for at once."""

WORKING_CODE = 102000
"""log_code while a test is in work."""


@dataclass(frozen=True, slots=True)
class Address:
    """A channel as a command names it; -1 where a number is missing."""

    device: int
    sub: int
    channel: int

    @classmethod
    def of(cls, asked: ET.Element) -> Address:
        """The address in the attributes of `asked`."""
        return cls(*(_whole(asked.get(name)) for name in ("devid", "subdevid", "chlid")))

    def attributes(self) -> dict[str, object]:
        """As attributes of an answer, without the server's address."""
        return {
            "devtype": TYPE,
            "devid": self.device,
            "subdevid": self.sub,
            "chlid": self.channel,
        }


def for_each(root: ET.Element, name: str, tell: Callable[[Address, ET.Element], str]) -> list[str]:
    """The list of an answer: one line for each element `name` of the command's list."""
    asked = root.find("list")
    elements = [] if asked is None else [each for each in asked if each.tag == name]
    return listed("list", [tell(Address.of(each), each) for each in elements])


def devices(channels: Sequence[CyclerChannel]) -> list[str]:
    """getdevinfo: `true` for a channel that is free."""
    server = element("server", {"ip": IP, "port": 3306})
    lines = [
        element("channel", _device(number), "false" if each.work is Work.WORKING else "true")
        for number, each in enumerate(channels, 1)
    ]
    told = listed("middle", lines)
    return [*listed("serverip", [server]), *told[:-1], told[-1].strip()]


def status(channel: CyclerChannel | None, at: Address, _: ET.Element, t: float) -> str:
    """getchlstatus of one channel."""
    attributes = {"ip": IP, **at.attributes(), "subdevid": 1, "reservepause": 1}
    return element("status", attributes, "false" if channel is None else channel.work)


def inquiry(channel: CyclerChannel | None, at: Address, _: ET.Element, t: float) -> str:
    """inquire of one channel: the present values; zeros but for the voltage while it is idle."""
    name = {"dev": f"{TYPE}-{at.device}-{at.sub}-{at.channel}-0"}
    if channel is None:
        return element("inquire", name | {"workstatus": "false"})
    now = channel.point(t)
    working = channel.work is Work.WORKING
    step = {"step_id": now.step} if working else {}
    return element("inquire", {
        **name, "cycle_id": now.cycle, **step, "step_type": now.kind,
        "workstatus": channel.work, "barcode": channel.log.barcode,
        "current": figure(now.current), "voltage": figure(now.voltage),
        "capacity": figure(now.charge if working else 0.0),
        "energy": figure(now.energy if working else 0.0),
        "totaltime": figure(t - channel.started if working else 0.0, 1),
        "relativetime": figure(now.seconds if working else 0.0, 1),
        "open_or_close": 0, "log_code": WORKING_CODE if working else 0,
    })  # fmt: skip


def summary(channel: CyclerChannel | None, at: Address, _: ET.Element, t: float) -> str:
    """inquiredf of one channel: test, number of points, whether it has ended."""
    if channel is None:
        return element("chl", at.attributes() | {"testid": 0, "count": 0}, "false")
    counts = {"testid": channel.log.number, "count": len(channel.log.points)}
    ended = "false" if channel.work is Work.WORKING else "true"
    return element("chl", at.attributes() | counts, ended)


def verdict(name: str, at: Address, done: bool) -> str:
    """start, stop, clearflag and light of one channel."""
    return element(name, {"ip": IP, **at.attributes()}, "ok" if done else "false")


def points(channel: CyclerChannel | None, at: Address, asked: ET.Element) -> list[str]:
    """download: the points that are in the log from `startpos` (from 1) on."""
    first, count = _whole(asked.get("startpos")), _whole(asked.get("count"))
    window = {"startpos": first, "count": count, "auxid": 0}
    head = _head("download", channel, at, window)
    if channel is None:
        return [head, *listed("list", [])]
    kept = channel.log.points
    numbers = range(max(first, 1), min(first + min(count, MOST_POINTS), len(kept) + 1))
    return [head, *listed("list", (_point(number, kept[number - 1]) for number in numbers))]


def events(channel: CyclerChannel | None, at: Address, _: ET.Element) -> list[str]:
    """downloadlog."""
    head = _head("download", channel, at, {"log_lever": 0})
    noted = [] if channel is None else channel.log.events
    return [head, *listed("list", (
        element("data", {"seqid": number, "log_code": code, "atime": _clock(t)})
        for number, code, t in noted
    ))]  # fmt: skip


def steps(channel: CyclerChannel | None, at: Address, _: ET.Element) -> list[str]:
    """downloadStepLayer: the finished steps."""
    head = _head("downloadStepLayer", channel, at, {})
    done = [] if channel is None else channel.log.steps
    lines = (_step(index, each) for index, each in enumerate(done, 1))
    return [head, *listed("list", lines)]


def _head(name: str, channel: CyclerChannel | None, at: Address, more: Mapping[str, object]) -> str:
    number = 0 if channel is None else channel.log.number
    return "  " + element(name, {**at.attributes(), "testid": number, **more})


def _device(number: int) -> dict[str, object]:
    return {
        "ip": IP, "devtype": TYPE, "devid": DEVICE, "subdevid": SUB_DEVICE, "Channelid": number,
    }  # fmt: skip


def _point(number: int, point: Point) -> str:
    return element("data", {
        "seqid": number, "stepid": point.step, "cycleid": point.cycle, "steptype": point.kind,
        "testtime": _milliseconds(point.seconds), "atime": _clock(point.t),
        "volt": _long(point.voltage), "curr": _long(point.current),
        "cap": _long(point.charge), "eng": _long(point.energy),
    })  # fmt: skip


def _step(index: int, step: StepRecord) -> str:
    begin, end = step.begin, step.end
    return element("data", {
        "startseqid": step.first, "endseqid": step.last, "stepindex": index,
        "stepid": end.step, "cycleid": end.cycle, "steptype": begin.kind,
        "steptime": _milliseconds(end.seconds), "endatime": _clock(end.t),
        "startvolt": _long(begin.voltage), "endvolt": _long(end.voltage),
        "startcurr": _long(begin.current), "endcurr": _long(end.current),
        "cap": _long(end.charge), "eng": _long(end.energy), "dcir": 0,
    })  # fmt: skip


def _milliseconds(seconds: float) -> int:
    """Milliseconds, in the 100 ms of the machine's samples."""
    return round(seconds * 10.0) * 100


def _long(value: float) -> str:
    return f"{value:.15g}"


def _clock(t: float) -> str:
    return datetime.fromtimestamp(VIRTUAL_EPOCH + t, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _whole(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        return -1
