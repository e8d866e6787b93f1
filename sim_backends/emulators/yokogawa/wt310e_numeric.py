""":NUMeric group of the WT310E: items, their number and their values, and harmonic lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import keep
from sim_backends.emulators.scpi.values import Numeric, matches
from sim_backends.emulators.yokogawa.tell import choose, count, spelled, tell
from sim_backends.emulators.yokogawa.wt310e_items import (
    LISTED,
    PRESETS,
    Item,
    answer,
    parse,
    preset,
    printed,
)
from sim_backends.emulators.yokogawa.wt310e_words import block

if TYPE_CHECKING:
    from sim_backends.emulators.yokogawa.wt310e import WT310E

_MOST, _LISTS = 255, 8
_NUMBER = Numeric(1, _MOST, 3)
_ROOT, _LIST = ":NUMeric[:NORMal]", ":NUMeric:LIST"


def add_numeric(table: Table) -> None:
    """Add the group to `table`."""
    choose(table, ":NUMeric:FORMat", ("ASCii", "FLOat"), *keep("format"))
    for index in range(1, _MOST + 1):
        _item(table, index)
    tell(table, f"{_ROOT}:NUMber", lambda d: str(d.values["count"]))
    table.command(f"{_ROOT}:NUMber", _put_number)
    table.command(f"{_ROOT}:PRESet", _preset)
    table.command(f"{_ROOT}:CLEar", _clear, 0, 2)
    table.query(f"{_ROOT}:VALue", _value, 0, 1)
    table.query(f"{_ROOT}:HEADer", _header, 0, 1)
    _list(table)


def _shown(device: WT310E, item: Item) -> str:
    return ",".join((spelled(device, item[0]), *item[1:]))


def _item(table: Table, index: int) -> None:
    pattern = f"{_ROOT}:ITEM{index}" if index > 1 else f"{_ROOT}:ITEM[1]"

    def put(device: WT310E, arguments: tuple[str, ...]) -> None:
        device.items[index] = parse(arguments)

    tell(table, pattern, lambda d: _shown(d, d.items.get(index, ("NONE",))))
    table.command(pattern, put, 1, 3)


def _put_number(device: WT310E, arguments: tuple[str, ...]) -> None:
    everything = matches(arguments[0], "ALL")
    device.values["count"] = _MOST if everything else _NUMBER.integer(arguments[0])


def _preset(device: WT310E, arguments: tuple[str, ...]) -> None:
    chosen = preset(Numeric(1, len(PRESETS), 1).integer(arguments[0]))
    device.items = dict(enumerate(chosen, 1))
    device.values["count"] = len(chosen)


def _clear(device: WT310E, arguments: tuple[str, ...]) -> None:
    if not arguments or matches(arguments[0], "ALL"):
        device.items = {}
        return
    first = _NUMBER.integer(arguments[0])
    last = _NUMBER.integer(arguments[1]) if len(arguments) > 1 else _MOST
    for index in range(first, last + 1):
        device.items.pop(index, None)


def _chosen(device: WT310E, arguments: tuple[str, ...]) -> list[Item]:
    if arguments:
        return [device.items.get(_NUMBER.integer(arguments[0]), ("NONE",))]
    return [device.items.get(n, ("NONE",)) for n in range(1, device.values["count"] + 1)]


def _value(device: WT310E, arguments: tuple[str, ...]) -> str:
    floats = device.values["format"] == "FLOat"
    return answer(_chosen(device, arguments), device.shown(), floats)


def _header(device: WT310E, arguments: tuple[str, ...]) -> str:
    return ",".join("-E".join(item).upper() for item in _chosen(device, arguments))


def _list(table: Table) -> None:
    for index in range(1, _LISTS + 1):
        _listed(table, index)
    count(table, f"{_LIST}:NUMber", Numeric(1, _LISTS, 1), *keep("listed"))
    count(table, f"{_LIST}:ORDer", Numeric(1, 50, 50), *keep("list_order"))
    choose(table, f"{_LIST}:SELect", ("EVEN", "ODD", "ALL"), *keep("select"))
    table.query(f"{_LIST}:VALue", _list_value, 0, 1)


def _listed(table: Table, index: int) -> None:
    pattern = f"{_LIST}:ITEM{index}" if index > 1 else f"{_LIST}:ITEM[1]"

    def put(device: WT310E, arguments: tuple[str, ...]) -> None:
        device.lists[index] = parse(arguments, LISTED)

    tell(table, pattern, lambda d: _shown(d, d.lists.get(index, ("NONE",))))
    table.command(pattern, put, 1, 2)


def _list_value(device: WT310E, arguments: tuple[str, ...]) -> str:
    count_ = device.values["listed"]
    wanted = [Numeric(1, _LISTS, 1).integer(arguments[0])] if arguments else range(1, count_ + 1)
    items = [device.lists.get(index, ("NONE",)) for index in wanted]
    if not items:
        raise ScpiError(-221)
    if device.values["format"] == "FLOat":
        return block([value for item in items for value in device.listed(item[0])])
    shown = device.shown()
    return ",".join(
        printed(item, shown | {item[0]: value})
        for item in items
        for value in device.listed(item[0])
    )
