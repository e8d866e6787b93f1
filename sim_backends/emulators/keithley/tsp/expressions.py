"""Tokens into expressions, by precedence climbing (Lua 5.0 reference manual, section 2.5)."""

from __future__ import annotations

from abc import ABC, abstractmethod

from sim_backends.emulators.keithley.tsp import nodes
from sim_backends.emulators.keithley.tsp.lexer import LuaSyntaxError, Token
from sim_backends.emulators.keithley.tsp.nodes import Node

_LEFT = {
    "or": 1, "and": 2, "<": 3, ">": 3, "<=": 3, ">=": 3, "~=": 3, "==": 3,
    "..": 4, "+": 5, "-": 5, "*": 6, "/": 6, "^": 8,
}  # fmt: skip
_RIGHT_ASSOCIATIVE = {"..", "^"}
_UNARY = 7
_DEEPEST = 100
_CONSTANTS = {"nil": None, "true": True, "false": False}


class Expressions(ABC):
    """A cursor over tokens that reads expressions."""

    def __init__(self, source: list[Token]) -> None:
        self._tokens = source
        self._position = 0
        self._depth = 0

    @abstractmethod
    def block(self) -> tuple[Node, ...]:
        """Statements until a keyword that ends a block."""

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self._position]

    @property
    def is_string(self) -> bool:
        """Whether the next token is string data, which is no keyword whatever it says."""
        return self.token.kind == "string"

    def advance(self) -> Token:
        """Take the next token; the last one is never passed."""
        token = self.token
        self._position = min(self._position + 1, len(self._tokens) - 1)
        return token

    def skip(self, text: str) -> bool:
        """Take the next token if it is `text`."""
        if self.token.text != text or self.is_string:
            return False
        self.advance()
        return True

    def expect(self, text: str) -> None:
        """Take `text`; a syntax error where another token stands."""
        if not self.skip(text):
            raise self.unexpected(f"`{text}' expected")

    def unexpected(self, what: str) -> LuaSyntaxError:
        """The error that names the next token."""
        return LuaSyntaxError(f"{what} near `{self.token.text}'", self.token.line)

    def name(self) -> str:
        """Take a name."""
        if self.token.kind != "name":
            raise self.unexpected("<name> expected")
        return self.advance().text

    def expressions(self) -> tuple[Node, ...]:
        """Expressions separated by commas."""
        found = [self.expression()]
        while self.skip(","):
            found.append(self.expression())
        return tuple(found)

    def expression(self, least: int = 0) -> Node:
        """An expression of operators that bind more than `least`."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise LuaSyntaxError("chunk has too many syntax levels", self.token.line)
        left = self._operand()
        while not self.is_string and _LEFT.get(self.token.text, 0) > least:
            operator = self.advance()
            power = _LEFT[operator.text]
            right = self.expression(power - (operator.text in _RIGHT_ASSOCIATIVE))
            left = nodes.Binary(operator.line, operator.text, left, right)
        self._depth -= 1
        return left

    def _operand(self) -> Node:
        token = self.token
        if token.kind != "string" and token.text in {"not", "-"}:
            self.advance()
            return nodes.Unary(token.line, token.text, self.expression(_UNARY))
        if token.kind == "string":
            self.advance()
            return nodes.Constant(token.line, token.text)
        if token.kind == "number":
            self.advance()
            return nodes.Constant(token.line, float(token.text))
        if token.kind == "keyword" and token.text in _CONSTANTS:
            self.advance()
            return nodes.Constant(token.line, _CONSTANTS[token.text])
        if self.skip("function"):
            return self.function_body()
        return self._constructor() if token.text == "{" else self.suffixed()

    def suffixed(self) -> Node:
        """A name or bracketed expression with its indices and calls."""
        token = self.token
        if self.skip("("):
            node = self.expression()
            self.expect(")")
            if isinstance(node, nodes.Call):
                # Brackets cut the results of a call to one.
                node = nodes.Unary(token.line, "()", node)
        elif token.kind == "name":
            node = nodes.Name(token.line, self.advance().text)
        else:
            raise self.unexpected("unexpected symbol")
        while (found := self._suffix(node)) is not None:
            node = found
        return node

    def _suffix(self, node: Node) -> Node | None:
        line = self.token.line
        if self.is_string:
            return nodes.Call(line, node, (nodes.Constant(line, self.advance().text),))
        if self.skip("."):
            return nodes.Index(line, node, nodes.Constant(line, self.name()))
        if self.skip("["):
            key = self.expression()
            self.expect("]")
            return nodes.Index(line, node, key)
        if self.skip(":"):
            method = self.name()
            self.expect("(")
            return nodes.Call(line, node, self._arguments(), method)
        if self.skip("("):
            return nodes.Call(line, node, self._arguments())
        if self.token.text == "{":
            return nodes.Call(line, node, (self._constructor(),))
        return None

    def _arguments(self) -> tuple[Node, ...]:
        if self.skip(")"):
            return ()
        arguments = self.expressions()
        self.expect(")")
        return arguments

    def _constructor(self) -> Node:
        line = self.token.line
        self.expect("{")
        fields: list[tuple[Node | None, Node]] = []
        while not self.skip("}"):
            fields.append(self._field())
            if not (self.skip(",") or self.skip(";")):
                self.expect("}")
                break
        return nodes.Constructor(line, tuple(fields))

    def _field(self) -> tuple[Node | None, Node]:
        line = self.token.line
        if self.skip("["):
            key: Node = self.expression()
            self.expect("]")
            self.expect("=")
            return key, self.expression()
        following = self._tokens[min(self._position + 1, len(self._tokens) - 1)]
        if self.token.kind == "name" and following.text == "=" and following.kind == "op":
            key = nodes.Constant(line, self.name())
            self.expect("=")
            return key, self.expression()
        return None, self.expression()

    def function_body(self) -> Node:
        """Parameters and body of a function up to its `end`."""
        line = self.token.line
        self.expect("(")
        parameters: list[str] = []
        while not self.skip(")"):
            parameters.append(self.name())
            if not self.skip(","):
                self.expect(")")
                break
        body = self.block()
        self.expect("end")
        return nodes.FunctionBody(line, tuple(parameters), body)
