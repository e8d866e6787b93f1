"""Execution of a chunk in steps, so that a measurement or a delay takes virtual time.

Every evaluation is a generator: it yields the run times in s at which it goes on. A loop takes
time on each turn, so that no script stops the world.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from sim_backends.emulators.keithley.tsp import nodes
from sim_backends.emulators.keithley.tsp.nodes import Node
from sim_backends.emulators.keithley.tsp.operators import binary, call_target, index, negate
from sim_backends.emulators.keithley.tsp.parser import parse
from sim_backends.emulators.keithley.tsp.scope import BreakLoop, ReturnValues, Scope, cannot
from sim_backends.emulators.keithley.tsp.values import (
    Builtin,
    LuaError,
    Steps,
    Table,
    Value,
    kind,
    to_number,
    truth,
)

TURN_TIME = 50e-6
"""Seconds of one turn of a loop, assumed."""

_DEEPEST = 60


class Interpreter:
    """Runs chunks against `world`, the table of global variables; `now` is the run time in s."""

    def __init__(self, world: Table, now: Callable[[], float]) -> None:
        self.world = world
        self._now = now
        self._depth = 0
        self._line = 1

    def run(self, source: str) -> Steps:
        """Execute a chunk; `LuaSyntaxError` before anything is done, `LuaError` in its course."""
        body = parse(source)
        self._depth, self._line = 0, 1
        try:
            yield from self._block(body, Scope())
        except ReturnValues:
            return
        except BreakLoop:
            raise LuaError("no loop to break", self._line) from None
        except LuaError as error:
            raise LuaError(error.text, self._line) from None

    def invoke(self, function: Value, arguments: tuple[Value, ...]) -> Steps:
        """Call `function`; the tuple of its results."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise LuaError("stack overflow")
        if not isinstance(function, Builtin):
            raise LuaError(f"attempt to call a {kind(function)} value")
        try:
            result = function.call(*arguments)
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise
            raise LuaError(f"wrong number of arguments to `{function.name}'") from error
        if isinstance(result, Generator):
            result = yield from result
        self._depth -= 1
        return result if isinstance(result, tuple) else (result,)

    # Statements

    def _block(self, body: tuple[Node, ...], scope: Scope) -> Steps:
        for statement in body:
            self._line = statement.line
            yield from _STATEMENTS[type(statement)](self, statement, scope)

    def _call_statement(self, node: nodes.Call, scope: Scope) -> Steps:
        yield from self._call(node, scope)

    def _local(self, node: nodes.Local, scope: Scope) -> Steps:
        values = yield from self._list(node.values, scope)
        for position, name in enumerate(node.names):
            scope.values[name] = values[position] if position < len(values) else None

    def _assign(self, node: nodes.Assign, scope: Scope) -> Steps:
        values = yield from self._list(node.values, scope)
        for position, target in enumerate(node.targets):
            value = values[position] if position < len(values) else None
            yield from self._store(target, value, scope)

    def _store(self, target: Node, value: Value, scope: Scope) -> Steps:
        if isinstance(target, nodes.Name):
            local = scope.holder(target.name)
            if local is None:
                self.world.put(target.name, value)
            else:
                local[target.name] = value
        elif isinstance(target, nodes.Index):
            table = yield from self._value(target.table, scope)
            key = yield from self._value(target.key, scope)
            if not isinstance(table, Table):
                raise LuaError(cannot("index", target.table, table, scope))
            table.put(key, value)
        else:
            raise LuaError("syntax error")

    def _do(self, node: nodes.Block, scope: Scope) -> Steps:
        yield from self._block(node.body, Scope(scope))

    def _while(self, node: nodes.While, scope: Scope) -> Steps:
        try:
            while node.until or truth((yield from self._value(node.test, scope))):
                inner = Scope(scope)
                yield from self._block(node.body, inner)
                yield self._now() + TURN_TIME
                if node.until and truth((yield from self._value(node.test, inner))):
                    break
        except BreakLoop:
            return

    def _if(self, node: nodes.If, scope: Scope) -> Steps:
        for test, body in node.branches:
            if truth((yield from self._value(test, scope))):
                yield from self._block(body, Scope(scope))
                return

    def _for(self, node: nodes.For, scope: Scope) -> Steps:
        bounds = []
        for bound in node.bounds:
            number = to_number((yield from self._value(bound, scope)))
            if number is None:
                raise LuaError("`for' limits and step must be numbers")
            bounds.append(number)
        start, stop, step = (*bounds, 1.0)[:3]
        value = start
        try:
            while value <= stop if step > 0 else value >= stop:
                inner = Scope(scope)
                inner.values[node.name] = value
                yield from self._block(node.body, inner)
                yield self._now() + TURN_TIME
                value += step
        except BreakLoop:
            return

    def _for_in(self, node: nodes.ForIn, scope: Scope) -> Steps:
        function, state, control = ((yield from self._list(node.values, scope)) + [None] * 3)[:3]
        try:
            while True:
                values = yield from self.invoke(function, (state, control))
                if not values or values[0] is None:
                    return
                control = values[0]
                inner = Scope(scope)
                padded = (*values, *[None] * len(node.names))
                inner.values.update(zip(node.names, padded, strict=False))
                yield from self._block(node.body, inner)
                yield self._now() + TURN_TIME
        except BreakLoop:
            return

    def _return(self, node: nodes.Return, scope: Scope) -> Steps:
        values = yield from self._list(node.values, scope)
        raise ReturnValues(tuple(values))

    def _break(self, _node: nodes.Break, _scope: Scope) -> Steps:
        raise BreakLoop
        yield  # makes this a generator, as every statement is one

    # Expressions

    def _list(self, expressions: tuple[Node, ...], scope: Scope) -> Steps:
        values: list[Value] = []
        last = len(expressions) - 1
        for position, node in enumerate(expressions):
            if position == last and isinstance(node, nodes.Call):
                values.extend((yield from self._call(node, scope)))
            else:
                values.append((yield from self._value(node, scope)))
        return values

    def _value(self, node: Node, scope: Scope) -> Steps:
        if isinstance(node, nodes.Constant):
            return node.value
        if isinstance(node, nodes.Name):
            local = scope.holder(node.name)
            return self.world.get(node.name) if local is None else local[node.name]
        return (yield from _EXPRESSIONS[type(node)](self, node, scope))

    def _index(self, node: nodes.Index, scope: Scope) -> Steps:
        table = yield from self._value(node.table, scope)
        key = yield from self._value(node.key, scope)
        if not isinstance(table, Table):
            raise LuaError(cannot("index", node.table, table, scope))
        return index(table, key)

    def _first(self, node: nodes.Call, scope: Scope) -> Steps:
        values = yield from self._call(node, scope)
        return values[0] if values else None

    def _call(self, node: nodes.Call, scope: Scope) -> Steps:
        function = yield from self._value(node.function, scope)
        first: tuple[Value, ...] = ()
        if node.method is not None:
            function, first = call_target(function, node.method)
        arguments = yield from self._list(node.arguments, scope)
        if not isinstance(function, Builtin):
            raise LuaError(cannot("call", node.function, function, scope))
        return (yield from self.invoke(function, (*first, *arguments)))

    def _unary(self, node: nodes.Unary, scope: Scope) -> Steps:
        value = yield from self._value(node.operand, scope)
        if node.operator == "()":
            return value
        return not truth(value) if node.operator == "not" else negate(value)

    def _binary(self, node: nodes.Binary, scope: Scope) -> Steps:
        left = yield from self._value(node.left, scope)
        if node.operator in {"and", "or"}:
            if truth(left) == (node.operator == "or"):
                return left
            return (yield from self._value(node.right, scope))
        right = yield from self._value(node.right, scope)
        return binary(node.operator, left, right)

    def _table(self, node: nodes.Constructor, scope: Scope) -> Steps:
        table, position = Table(), 0
        last = node.fields[-1][1] if node.fields else None
        for key, expression in node.fields:
            if key is not None:
                name = yield from self._value(key, scope)
                table.put(name, (yield from self._value(expression, scope)))
                continue
            values = yield from self._list((expression,), scope)
            for value in values if expression is last else values[:1]:
                position += 1
                table.put(float(position), value)
        return table

    def _closure(self, node: nodes.FunctionBody, scope: Scope) -> Steps:
        def call(*arguments: Value) -> Steps:
            inner = Scope(scope)
            padded = (*arguments, *[None] * len(node.parameters))
            inner.values.update(zip(node.parameters, padded, strict=False))
            try:
                yield from self._block(node.body, inner)
            except ReturnValues as returned:
                return returned.values
            return ()

        return Builtin(call, "function")
        yield  # makes this a generator, as every expression is one


_STATEMENTS: dict[type[Node], Any] = {
    nodes.Call: Interpreter._call_statement,
    nodes.Local: Interpreter._local,
    nodes.Assign: Interpreter._assign,
    nodes.Block: Interpreter._do,
    nodes.While: Interpreter._while,
    nodes.If: Interpreter._if,
    nodes.For: Interpreter._for,
    nodes.ForIn: Interpreter._for_in,
    nodes.Return: Interpreter._return,
    nodes.Break: Interpreter._break,
}
_EXPRESSIONS: dict[type[Node], Any] = {
    nodes.Index: Interpreter._index,
    nodes.Call: Interpreter._first,
    nodes.Unary: Interpreter._unary,
    nodes.Binary: Interpreter._binary,
    nodes.Constructor: Interpreter._table,
    nodes.FunctionBody: Interpreter._closure,
}
