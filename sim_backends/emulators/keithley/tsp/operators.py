"""Operators on values: arithmetic, comparison, concatenation, indexing."""

from __future__ import annotations

import math
from collections.abc import Callable

from sim_backends.emulators.keithley.tsp.values import (
    LuaError,
    Table,
    Value,
    kind,
    plain,
    to_number,
)


def _quotient(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if not left or left != left else math.copysign(math.inf, left)


def _power(left: float, right: float) -> float:
    try:
        result = left**right
    except (OverflowError, ZeroDivisionError):
        return math.inf
    return result if isinstance(result, float) else math.nan


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _quotient,
    "^": _power,
}
_ORDER: dict[str, Callable[[Value, Value], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def binary(operator: str, left: Value, right: Value) -> Value:
    """`left operator right` for all operators but `and` and `or`."""
    if operator == "==":
        return same(left, right)
    if operator == "~=":
        return not same(left, right)
    if operator == "..":
        return _concatenate(left, right)
    if operator in _ORDER:
        return _compare(operator, left, right)
    return _calculate(operator, left, right)


def same(left: Value, right: Value) -> bool:
    """Equality: of numbers, strings and booleans by value, of all else by identity."""
    if kind(left) != kind(right):
        return False
    return left is right if kind(left) in {"table", "function"} else left == right


def negate(value: Value) -> float:
    """`-value`."""
    number = to_number(value)
    if number is None:
        raise LuaError(f"attempt to perform arithmetic on a {kind(value)} value")
    return -number


def index(table: Table, key: Value) -> Value:
    """`table[key]`; nil where there is nothing."""
    return table.get(key)


def call_target(receiver: Value, method: str) -> tuple[Value, tuple[Value, ...]]:
    """Function and first argument of `receiver:method(...)`."""
    if not isinstance(receiver, Table):
        raise LuaError(f"attempt to index a {kind(receiver)} value")
    return receiver.get(method), (receiver,)


def _concatenate(left: Value, right: Value) -> str:
    for value in (left, right):
        if not isinstance(value, (str, float)):
            raise LuaError(f"attempt to concatenate a {kind(value)} value")
    return plain(left) + plain(right)


def _compare(operator: str, left: Value, right: Value) -> bool:
    if kind(left) == kind(right) and kind(left) in {"number", "string"}:
        return _ORDER[operator](left, right)
    raise LuaError(f"attempt to compare {kind(left)} with {kind(right)}")


def _calculate(operator: str, left: Value, right: Value) -> float:
    a, b = to_number(left), to_number(right)
    if a is None or b is None:
        wrong = left if a is None else right
        raise LuaError(f"attempt to perform arithmetic on a {kind(wrong)} value")
    return _ARITHMETIC[operator](a, b)
