"""Answers of the Neware BTS server, as a real BTS 8.0 gave them to aurora-neware's tests.

What is no whole answer to the command, or is of another channel than was asked, or in another
order, is `CorruptAnswer`, never a value.

Units on the wire: V, A (charge positive), A*h and W*h since the start of the step, times in ms in
tables and in s in the state of a channel.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from drivers.codecs.neware import Place

MISSPELT = {"download_resp": "donwload_resp", "downloadlog_resp": "donwloadlog_resp"}
"""How real servers spell two answers."""


class CorruptAnswer(ValueError):
    """An answer that is not what the command is answered with."""


@dataclass(frozen=True)
class State:
    """A channel at one instant: voltage in V, current in A, `capacity` in A*h, `energy` in W*h and
    `step_time` in s since the start of the step. Without a running step `step` is 0."""

    word: str
    barcode: str
    step_type: str
    cycle: int
    step: int
    voltage: float
    current: float
    capacity: float
    energy: float
    step_time: float
    log_code: int


@dataclass(frozen=True)
class Point:
    """A logged point: `number` from 1, `step_time` in s since the start of its step."""

    number: int
    cycle: int
    step: int
    step_time: float
    voltage: float
    current: float
    capacity: float
    energy: float


@dataclass(frozen=True)
class Step:
    """A step that was run: its points from `first` to `last`, `duration` in s."""

    first: int
    last: int
    cycle: int
    step: int
    kind: str
    duration: float


def answer_to(command: str, text: str) -> Element:
    """The answer to `command` as XML; `CorruptAnswer` where it is none."""
    if "<!" in text:
        raise CorruptAnswer("an answer with declarations of its own")
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
    except ElementTree.ParseError as error:
        raise CorruptAnswer(f"this is no XML: {error}") from error
    wanted = f"{command}_resp"
    told = (root.findtext("cmd") or "").strip()
    if root.tag != "bts" or told not in (wanted, MISSPELT.get(wanted)):
        raise CorruptAnswer(f"the answer {told or root.tag!r} is none to {command}")
    return root


def as_text(root: Element) -> str:
    """The answer as text again, to be shown."""
    return ElementTree.tostring(root, encoding="unicode")


def is_logged_in(root: Element) -> bool:
    """Whether the log-in was taken."""
    return (root.findtext("result") or "").strip() == "ok"


def places(root: Element) -> tuple[Place, ...]:
    """The channels of `getdevinfo`, in its order."""
    found = [
        Place(
            _text(row, "ip"),
            *(_whole(row, name) for name in ("devtype", "devid", "subdevid", "Channelid")),
        )
        for row in _rows(root, "middle")
    ]
    if len(set(found)) != len(found):
        raise CorruptAnswer("a channel stands twice")
    return tuple(found)


def result(root: Element, place: Place) -> str:
    """What a command to one channel came to: `ok` or `false`."""
    (row,) = _exactly(_rows(root, "list"), 1)
    _same_place(row, place)
    return (row.text or "").strip()


def state(root: Element, place: Place) -> State:
    """The answer to `inquire` of one channel."""
    (row,) = _exactly(_rows(root, "list"), 1)
    wanted = f"{place.devtype}-{place.devid}-{place.subdevid}-{place.channel}-"
    if not _text(row, "dev").startswith(wanted):
        raise CorruptAnswer(f"the state of {_text(row, 'dev')} came, not of {wanted[:-1]}")
    return State(
        word=_text(row, "workstatus"),
        barcode=row.get("barcode", ""),
        step_type=_text(row, "step_type"),
        cycle=_whole(row, "cycle_id"),
        step=_whole(row, "step_id") if "step_id" in row.attrib else 0,
        voltage=_number(row, "voltage"),
        current=_number(row, "current"),
        capacity=_number(row, "capacity"),
        energy=_number(row, "energy"),
        step_time=_number(row, "relativetime"),
        log_code=_whole(row, "log_code"),
    )


def points(root: Element, place: Place, first: int) -> tuple[Point, ...]:
    """Points from `first` on, one after the other; `CorruptAnswer` in any other order."""
    head = root.find("download")
    if head is None:
        raise CorruptAnswer("the answer does not say what it is of")
    _same_place(head, place)
    if _whole(head, "startpos") != first:
        raise CorruptAnswer(f"points from {head.get('startpos')} came, asked for from {first}")
    found = tuple(_point(row) for row in _rows(root, "list"))
    numbers = [point.number for point in found]
    if numbers != list(range(first, first + len(found))):
        raise CorruptAnswer(f"points come in another order: {numbers[:20]}, from {first}")
    return found


def steps(root: Element, place: Place) -> tuple[Step, ...]:
    """The steps in the order they were run; `CorruptAnswer` in any other."""
    head = root.find("downloadStepLayer")
    if head is None:
        raise CorruptAnswer("the answer does not say what it is of")
    _same_place(head, place)
    rows = list(_rows(root, "list"))
    found = tuple(_step(row) for row in rows)
    indices = [_whole(row, "stepindex") for row in rows]
    if indices != list(range(1, len(rows) + 1)):
        raise CorruptAnswer(f"steps come in another order: {indices[:20]}")
    for before, after in pairwise(found):
        if after.first != before.last + 1:
            raise CorruptAnswer(f"a step begins at point {after.first}, after {before.last}")
    return found


def _point(row: Element) -> Point:
    return Point(
        _whole(row, "seqid"),
        _whole(row, "cycleid"),
        _whole(row, "stepid"),
        _number(row, "testtime") / 1000,
        _number(row, "volt"),
        _number(row, "curr"),
        _number(row, "cap"),
        _number(row, "eng"),
    )


def _step(row: Element) -> Step:
    return Step(
        _whole(row, "startseqid"),
        _whole(row, "endseqid"),
        _whole(row, "cycleid"),
        _whole(row, "stepid"),
        _text(row, "steptype"),
        _number(row, "steptime") / 1000,
    )


def _rows(root: Element, name: str) -> Iterator[Element]:
    """The rows of the table `name`, as many as it says."""
    table = root.find(name)
    if table is None:
        raise CorruptAnswer(f"the answer has no {name}")
    return iter(_exactly(iter(table), _whole(table, "count")))


def _exactly(rows: Iterator[Element], count: int) -> list[Element]:
    found = list(rows)
    if len(found) != count:
        raise CorruptAnswer(f"{len(found)} rows came, {count} are expected")
    return found


def _same_place(row: Element, place: Place) -> None:
    wanted: Mapping[str, int] = {
        "devtype": place.devtype,
        "devid": place.devid,
        "subdevid": place.subdevid,
        "chlid": place.channel,
    }
    found = {name: _whole(row, name) for name in wanted}
    if found != wanted:
        raise CorruptAnswer(f"the answer is of {found}, asked for {dict(wanted)}")


def _text(row: Element, name: str) -> str:
    if name not in row.attrib:
        raise CorruptAnswer(f"a row has no {name}")
    return row.attrib[name]


def _whole(row: Element, name: str) -> int:
    text = _text(row, name)
    if not (text.isascii() and text.isdecimal()):
        raise CorruptAnswer(f"{name} is {text!r}, no whole number")
    return int(text)


def _number(row: Element, name: str) -> float:
    text = _text(row, name)
    try:
        value = float(text)
    except ValueError as error:
        raise CorruptAnswer(f"{name} is {text!r}, no number") from error
    if not math.isfinite(value) or "_" in text:
        raise CorruptAnswer(f"{name} is {text!r}, no number")
    return value
