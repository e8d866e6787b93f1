"""The standard library of scripts: basic functions, math, string, table, os."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from sim_backends.emulators.keithley.tsp.values import (
    Builtin,
    Group,
    LuaError,
    Table,
    Value,
    kind,
    plain,
    to_number,
    truth,
)

_MOST_TEXT = 65536
_CONVERSION = re.compile(r"%([-+ #0]*)(\d{0,2})(?:\.(\d{0,2}))?([diouxXcsqeEfgG%])")


def library(now: Callable[[], float]) -> dict[str, Value]:
    """Global functions and tables that do not touch the instrument; `now` is the time in s."""
    basic = {
        "type": kind, "tostring": plain, "tonumber": _tonumber, "next": following,
        "pairs": _pairs, "ipairs": _ipairs, "getmetatable": _metatable, "error": _error,
        "assert": _assert, "rawget": lambda t, k: _table(t).get(k), "unpack": _unpack,
        "collectgarbage": lambda *_: None, "gcinfo": lambda: (48.0, 1024.0),
    }  # fmt: skip
    clock: dict[str, Callable[..., Value]] = {
        "time": lambda *_: float(math.floor(now())), "clock": lambda: now(),
    }  # fmt: skip
    tables: dict[str, Value] = {
        "math": _group(_MATH, {"pi": math.pi}),
        "string": _group(_STRING, {}),
        "table": _group(_TABLE, {}),
        "os": _group(clock, {}),
        "_VERSION": "Lua 5.0.2",
    }
    return {name: Builtin(function, name) for name, function in basic.items()} | tables


def _group(functions: dict[str, Callable[..., Value]], constants: dict[str, Value]) -> Table:
    return Table({name: Builtin(call, name) for name, call in functions.items()} | constants)


def number(value: Value) -> float:
    """`value` as a number; a run-time error where it is none."""
    found = to_number(value)
    if found is None:
        raise LuaError(f"number expected, got {kind(value)}")
    return found


def _table(value: Value) -> Table:
    if not isinstance(value, Table):
        raise LuaError(f"table expected, got {kind(value)}")
    return value


def _tonumber(value: Value, base: Value = None) -> float | None:
    if base is None:
        return to_number(value)
    try:
        return float(int(plain(value).strip(), int(number(base))))
    except ValueError:
        return None


def following(table: Value, key: Value = None) -> tuple[Value, ...]:
    """`next(table, key)`: the key after `key` and its value; nil at the end."""
    items = _table(table).items
    keys = list(items)
    if key is None:
        position = 0
    elif key in items:
        position = keys.index(key) + 1
    else:
        raise LuaError("invalid key for `next'")
    return (keys[position], items[keys[position]]) if position < len(keys) else (None,)


def _pairs(table: Value) -> tuple[Value, ...]:
    return Builtin(following, "next"), _table(table), None


def _ipairs(table: Value) -> tuple[Value, ...]:
    def step(items: Table, position: float) -> tuple[Value, ...]:
        value = items.get(position + 1.0)
        return (None,) if value is None else (position + 1.0, value)

    return Builtin(step, "ipairs"), _table(table), 0.0


def _metatable(value: Value = None) -> Table | None:
    return value.metatable() if isinstance(value, Group) else None


def _error(message: Value = None, _level: Value = None) -> None:
    raise LuaError(plain(message))


def _assert(value: Value = None, message: Value = "assertion failed!") -> Value:
    if not truth(value):
        raise LuaError(plain(message))
    return value


def _unpack(table: Value) -> tuple[Value, ...]:
    items = _table(table)
    return tuple(items.get(float(i + 1)) for i in range(items.length()))


def _one(function: Callable[[float], float]) -> Callable[[Value], float]:
    def call(value: Value) -> float:
        try:
            return float(function(number(value)))
        except (ValueError, OverflowError):
            return math.nan

    return call


_MATH: dict[str, Callable[..., Value]] = {
    "abs": _one(abs), "ceil": _one(math.ceil), "floor": _one(math.floor), "sqrt": _one(math.sqrt),
    "exp": _one(math.exp), "log": _one(math.log), "log10": _one(math.log10), "sin": _one(math.sin),
    "cos": _one(math.cos), "tan": _one(math.tan), "atan": _one(math.atan),
    "max": lambda *a: max(number(x) for x in a) if a else _error("number expected"),
    "min": lambda *a: min(number(x) for x in a) if a else _error("number expected"),
    "pow": lambda a, b: float(number(a) ** number(b)),
    "mod": lambda a, b: math.fmod(number(a), number(b)) if number(b) else math.nan,
}  # fmt: skip


def _sub(text: Value, start: Value, stop: Value = -1.0) -> str:
    whole, first, last = plain(text), int(number(start)), int(number(stop))
    first = max(len(whole) + first + 1, 1) if first < 0 else max(first, 1)
    last = len(whole) + last + 1 if last < 0 else last
    return whole[first - 1 : max(last, 0)]


def _repeat(text: Value, count: Value) -> str:
    times = max(int(number(count)), 0)
    if len(plain(text)) * times > _MOST_TEXT:
        raise LuaError("resulting string too large")
    return plain(text) * times


def _format(template: Value, *arguments: Value) -> str:
    waiting = list(arguments)

    def convert(match: re.Match[str]) -> str:
        flags, width, precision, letter = match.groups()
        if letter == "%":
            return "%"
        if not waiting:
            raise LuaError("bad argument to `format'")
        spec = "%" + flags + width + ("" if precision is None else "." + precision)
        return _converted(spec, letter, waiting.pop(0))

    return _CONVERSION.sub(convert, plain(template))


def _converted(spec: str, letter: str, value: Value) -> str:
    if letter == "q":
        return '"' + plain(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if letter == "s":
        return (spec + "s") % plain(value)
    if letter in "eEfgG":
        return (spec + letter) % number(value)
    whole = int(number(value)) if math.isfinite(number(value)) else 0
    return chr(whole & 0xFF) if letter == "c" else (spec + letter.replace("i", "d")) % whole


_STRING: dict[str, Callable[..., Value]] = {
    "len": lambda s: float(len(plain(s))), "upper": lambda s: plain(s).upper(), "sub": _sub,
    "lower": lambda s: plain(s).lower(), "rep": _repeat, "format": _format,
    "byte": lambda s, i=1.0: float(ord(_sub(s, i, i))) if _sub(s, i, i) else None,
    "char": lambda *codes: "".join(chr(int(number(code)) & 0xFF) for code in codes),
}  # fmt: skip


def _insert(table: Value, *arguments: Value) -> None:
    items = _table(table)
    size = items.length()
    position = int(number(arguments[0])) if len(arguments) > 1 else size + 1
    for place in range(size, position - 1, -1):
        items.put(float(place + 1), items.get(float(place)))
    items.put(float(position), arguments[-1] if arguments else None)


def _remove(table: Value, place: Value = None) -> Value:
    items = _table(table)
    size = items.length()
    position = size if place is None else int(number(place))
    removed = items.get(float(position))
    for index in range(position, size + 1):
        items.put(float(index), items.get(float(index + 1)))
    return removed


def _concat(table: Value, separator: Value = "") -> str:
    items = _table(table)
    texts = [plain(items.get(float(i + 1))) for i in range(items.length())]
    return plain(separator).join(texts)


_TABLE: dict[str, Callable[..., Value]] = {
    "getn": lambda t: float(_table(t).length()), "insert": _insert, "remove": _remove,
    "concat": _concat,
}  # fmt: skip
