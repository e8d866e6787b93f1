"""A program run in virtual time: it yields run times in s to wait for and lines to send.

`Break` of a measurement loop and the abort of the host end a loop with its mark; what stands after
`on_finished:` runs at the end and after an abort, not after a run-time error (manual, "Error
handling": the cell then stays as it is).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Generator, Sequence

from sim_backends.emulators.palmsens import errors
from sim_backends.emulators.palmsens.commands import TECHNIQUES
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.potentiostat import Potentiostat
from sim_backends.emulators.palmsens.script import Command, Program
from sim_backends.emulators.palmsens.settings import SETTINGS
from sim_backends.emulators.palmsens.techniques import RUN, Point
from sim_backends.emulators.palmsens.variables import Variable, Variables

Run = Generator[float | str, None, None]
COMMAND_TIME = 20e-6
"""Seconds of one command, assumed."""

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge,
}  # fmt: skip
_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", re.ASCII)


class _BreakLoop(Exception):
    pass


class Abort(Exception):
    """The host or the script itself ends the script before its end."""


class Runtime:
    """One run of `program` on `stat`; `run_time` gives the run time in s."""

    def __init__(self, program: Program, stat: Potentiostat, run_time: Callable[[], float]) -> None:
        self._program, self.stat, self.run_time = program, stat, run_time
        self.variables = Variables()
        self.timer = run_time()
        self.interval: float | None = None
        self.next_tick = 0.0
        self.package: list[str] | None = None
        self.aborted = False
        self.skip_loop = False
        self.measuring = False

    def run(self) -> Run:
        """The whole script, with the empty line that ends its output."""
        try:
            try:
                yield from self._block(self._program.body)
            except (Abort, _BreakLoop):
                self.aborted = False
            self.package = None
            yield from self._block(self._program.finish)
        except Abort:
            pass
        yield ""

    def _block(self, commands: Sequence[Command]) -> Run:
        for command in commands:
            try:
                yield from self._command(command)
            except ScriptError as error:
                raise ScriptError(error.code, error.line or command.line) from None
            if self.aborted:
                raise Abort

    def _command(self, command: Command) -> Run:
        name = command.name
        if name in TECHNIQUES:
            yield from self._measure(command)
        elif name == "loop":
            yield from self._loop(command)
        elif name == "if":
            yield from self._if(command)
        elif name == "breakloop":
            raise _BreakLoop
        elif name == "abort":
            raise Abort
        elif name == "pck_end":
            yield self._end_package()
        elif name == "send_string":
            yield "T" + self._text(command.arguments[0])
        elif name == "wait":
            yield self.run_time() + max(self.variables.number(command.arguments[0]), 0.0)
        elif name == "await_int":
            yield self._tick()
        elif name == "meas":
            yield from self._single(command.arguments)
        else:
            SETTINGS[name](self, command.arguments)

    def _loop(self, command: Command) -> Run:
        yield "L"
        try:
            while self._holds(command.arguments):
                yield from self._block(command.body)
                yield self.run_time() + COMMAND_TIME * (len(command.body) + 1)
                if self.aborted:
                    break
        except (_BreakLoop, Abort) as ended:
            yield "+"
            if isinstance(ended, Abort):
                raise
            return
        yield "+"

    def _if(self, command: Command) -> Run:
        for branch in (command, *command.branches):
            if branch.name == "else" or self._holds(branch.arguments):
                yield from self._block(branch.body)
                return

    def _holds(self, condition: Sequence[str]) -> bool:
        left, comparison, right = condition
        return _COMPARE[comparison](self.variables.number(left), self.variables.number(right))

    # Measuring

    def _measure(self, command: Command) -> Run:
        if command.name != "meas_loop_ocp" and not self.stat.cell_on:
            raise ScriptError(errors.CELL_NOT_ON)
        scans = self._scans(command.options.get("nscans", "1"))
        inputs = [self.variables.number(a) for a in command.arguments[_outputs(command.name) :]]
        begun = False
        for scan in range(scans):
            technique = RUN[command.name](self.stat, self.run_time(), inputs)
            first = next(technique, None)
            if not begun:
                yield f"M{TECHNIQUES[command.name]:04X}"
                begun = True
            if scans > 1:
                yield f"C{scan:04d}"
            self.measuring = True
            ended = yield from self._points(command, technique, first)
            self.measuring = False
            if scans > 1:
                yield "-"
            if ended:
                break
        yield "*"
        if self.aborted:
            raise Abort

    def _points(
        self, command: Command, technique: Generator[float | Point, None, None],
        first: float | Point | None,
    ) -> Generator[float | str, None, bool]:  # fmt: skip
        step = first
        while step is not None:
            if isinstance(step, tuple):
                for name, variable in zip(command.arguments, step, strict=False):
                    self.variables.write(name, variable)
                try:
                    yield from self._block(command.body)
                except _BreakLoop:
                    return True
            else:
                yield step
                if self.aborted or self.skip_loop:
                    self.skip_loop = False
                    return True
            step = next(technique, None)
        return False

    def _scans(self, token: str) -> int:
        count = self.variables.number(token)
        if not 1 <= count <= 10_000:
            raise ScriptError(errors.SCRIPT_OUT_OF_RANGE)
        return int(count)

    def _single(self, arguments: Sequence[str]) -> Run:
        duration, name, kind = arguments
        yield self.run_time() + max(self.variables.number(duration), 0.0)
        if kind == "ba":
            measured = self.stat.current(self.run_time())
        elif kind == "ab":
            measured = self.stat.measured_potential(self.run_time())
        else:
            raise ScriptError(errors.NOT_SUPPORTED)
        self.variables.write(
            name, Variable(measured.value, kind, status=measured.status, range=measured.range)
        )

    def _tick(self) -> float:
        if self.interval is None:
            raise ScriptError(errors.INVALID_TIME)
        while self.next_tick <= self.run_time():
            self.next_tick += self.interval
        return self.next_tick

    # Output

    def _end_package(self) -> str:
        if self.package is None:
            raise ScriptError(errors.PACKAGE_SEQUENCE)
        line, self.package = "P" + ";".join(self.package), None
        return line

    def _text(self, token: str) -> str:
        if not token.startswith("f"):
            return token[1:-1]
        return _FIELD.sub(lambda m: self.variables.read(m[1]).plain, token[2:-1])


def _outputs(name: str) -> int:
    return {"meas_loop_swv": 4, "meas_loop_eis": 3, "meas_loop_ocp": 1}.get(name, 2)
