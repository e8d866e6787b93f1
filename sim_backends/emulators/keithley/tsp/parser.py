"""Tokens into statements (Lua 5.0 reference manual, sections 2.4 and 2.5)."""

from __future__ import annotations

from functools import lru_cache

from sim_backends.emulators.keithley.tsp import nodes
from sim_backends.emulators.keithley.tsp.expressions import Expressions
from sim_backends.emulators.keithley.tsp.lexer import Token, tokens
from sim_backends.emulators.keithley.tsp.nodes import Node

Body = tuple[Node, ...]


@lru_cache(maxsize=512)
def parse(source: str) -> Body:
    """Statements of a chunk; `LuaSyntaxError` where it is none."""
    parser = _Statements(tokens(source))
    body = parser.block()
    if parser.token.kind != "eof":
        raise parser.unexpected("`<eof>' expected")
    return body


class _Statements(Expressions):
    """Statements of one chunk."""

    def __init__(self, source: list[Token]) -> None:
        super().__init__(source)
        self._special = {
            "local": self._local, "if": self._if, "while": self._while, "for": self._for,
            "repeat": self._repeat, "do": self._do, "function": self._function,
        }  # fmt: skip

    def block(self) -> Body:
        """Statements until a keyword that ends a block."""
        body: list[Node] = []
        while self.token.text not in {"end", "else", "elseif", "until"} or self.is_string:
            if self.token.kind == "eof":
                break
            line = self.token.line
            if self.skip("return"):
                ended = self.token.text in {"end", "else", "elseif", "until", ";", "<eof>"}
                body.append(nodes.Return(line, () if ended else self.expressions()))
                self.skip(";")
                break
            if self.skip("break"):
                body.append(nodes.Break(line))
                self.skip(";")
                break
            body.append(self._statement())
            self.skip(";")
        return tuple(body)

    def _statement(self) -> Node:
        if self.token.kind == "keyword" and self.token.text in self._special:
            return self._special[self.advance().text]()
        return self._assignment()

    def _assignment(self) -> Node:
        line = self.token.line
        first = self.suffixed()
        if isinstance(first, nodes.Call):
            return first
        targets = [first]
        while self.skip(","):
            targets.append(self.suffixed())
        if any(isinstance(target, nodes.Call) for target in targets):
            raise self.unexpected("syntax error")
        self.expect("=")
        return nodes.Assign(line, tuple(targets), self.expressions())

    def _local(self) -> Node:
        line = self.token.line
        if self.skip("function"):
            name = self.name()
            return nodes.Local(line, (name,), (self.function_body(),))
        names = self._names()
        return nodes.Local(line, names, self.expressions() if self.skip("=") else ())

    def _names(self) -> tuple[str, ...]:
        names = [self.name()]
        while self.skip(","):
            names.append(self.name())
        return tuple(names)

    def _function(self) -> Node:
        line = self.token.line
        target: Node = nodes.Name(line, self.name())
        while self.skip("."):
            target = nodes.Index(line, target, nodes.Constant(line, self.name()))
        return nodes.Assign(line, (target,), (self.function_body(),))

    def _do(self) -> Node:
        line = self.token.line
        return nodes.Block(line, self._until("end"))

    def _until(self, keyword: str) -> Body:
        body = self.block()
        self.expect(keyword)
        return body

    def _while(self) -> Node:
        line = self.token.line
        test = self.expression()
        self.expect("do")
        return nodes.While(line, test, self._until("end"))

    def _repeat(self) -> Node:
        line = self.token.line
        body = self._until("until")
        return nodes.While(line, self.expression(), body, until=True)

    def _if(self) -> Node:
        line = self.token.line
        branches: list[tuple[Node, Body]] = []
        while True:
            test = self.expression()
            self.expect("then")
            branches.append((test, self.block()))
            if self.skip("else"):
                branches.append((nodes.Constant(line, True), self.block()))
                break
            if not self.skip("elseif"):
                break
        self.expect("end")
        return nodes.If(line, tuple(branches))

    def _for(self) -> Node:
        line = self.token.line
        names = self._names()
        if len(names) == 1 and self.skip("="):
            bounds = self.expressions()
            if len(bounds) not in (2, 3):
                raise self.unexpected("`,' expected")
            self.expect("do")
            return nodes.For(line, names[0], bounds, self._until("end"))
        self.expect("in")
        values = self.expressions()
        self.expect("do")
        return nodes.ForIn(line, names, values, self._until("end"))
