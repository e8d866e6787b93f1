from __future__ import annotations

import pytest

from sim_backends.emulators.keithley.tsp.interpreter import Interpreter
from sim_backends.emulators.keithley.tsp.lexer import LuaSyntaxError
from sim_backends.emulators.keithley.tsp.library import library
from sim_backends.emulators.keithley.tsp.values import LuaError, Table, Value


def result(chunk: str) -> Value:
    world = Table(library(lambda: 0.0))
    for _ in Interpreter(world, lambda: 0.0).run(chunk):
        pass
    return world.get("r")


# Results from the Lua 5.0 reference manual, sections 2.5 and 5.
@pytest.mark.parametrize(
    ("chunk", "value"),
    [
        ("r = 2 ^ 3 ^ 2", 512.0),
        ("r = -2 ^ 2", -4.0),
        ("r = 1 .. 2 .. 3", "123"),
        ("r = nil or 'default'", "default"),
        ("r = false and error('not reached')", False),
        ("r = 1 < 2 == true", True),
        ("r = string.sub('keithley', 2, -3)", "eithl"),
        ("r = string.format('%5.2f|%03d|%s', 1.005e1, 7, 'x')", "10.05|007|x"),
        ("t = {1, 2} table.insert(t, 1, 0) r = table.concat(t, ',')", "0,1,2"),
        ("r = 0 repeat r = r + 1 until r >= 3", 3.0),
        ("r = 0 while true do r = r + 1 if r == 4 then break end end", 4.0),
        ("r = 0 for i = 10, 1, -3 do r = r + i end", 22.0),
        ("r = 0 for i, v in ipairs({5, 6, nil, 8}) do r = r + v end", 11.0),
        ("local function f(n) if n < 2 then return 1 end return n * f(n - 1) end r = f(5)", 120.0),
        ("t = {f = function(self, x) return self.k + x end, k = 3} r = t:f(4)", 7.0),
        ("r = tonumber('0x') == nil and tonumber('ff', 16)", 255.0),
        ("a, b = 1, 2 a, b = b, a r = a", 2.0),
        ("r = [[two\nlines]]", "two\nlines"),
        ("r = math.floor(-1.5) --[[ over\nlines ]]", -2.0),
        ("function g() return 1, 2, 3 end t = {g(), g()} r = table.getn(t)", 4.0),
    ],
)
def test_values(chunk: str, value: Value) -> None:
    assert result(chunk) == value


@pytest.mark.parametrize(
    ("chunk", "line"), [("x = \ny = = 1", 2), ("for i = 1 do end", 1), ("'open", 1), ("x = 1 @", 1)]
)
def test_no_chunk(chunk: str, line: int) -> None:
    with pytest.raises(LuaSyntaxError) as caught:
        result(chunk)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("chunk", "text"),
    [
        ("x = 1 + nil", "attempt to perform arithmetic on a nil value"),
        ("x = 1 < 'a'", "attempt to compare number with string"),
        ("nosuch()", "attempt to call global `nosuch' (a nil value)"),
        ("\nx = {} x.y.z = 1", "attempt to index field `y' (a nil value)"),
        ("x = 'a' .. {}", "attempt to concatenate a table value"),
        ("error('mine')", "mine"),
        ("math.abs()", "wrong number of arguments to `abs'"),
    ],
)
def test_run_time_errors(chunk: str, text: str) -> None:
    with pytest.raises(LuaError) as caught:
        result(chunk)
    assert caught.value.text == text
    assert caught.value.line == chunk.count("\n") + 1
