"""The line of a TSP instrument: messages, scripts, common commands, error queue, timing.

Each line is a chunk that runs as soon as the one before it has ended. Between `loadscript [name]`
(or `loadandrunscript`) and `endscript` lines are collected into a script. `abort` ends a running
script. 2600BS-901-01 Rev. F, sections 6 (scripts), 13 (common commands) and 8 (errors).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from typing import ClassVar

from sim_backends.emulators.keithley.tsp.errors import TspError, TspErrors
from sim_backends.emulators.keithley.tsp.interpreter import Interpreter
from sim_backends.emulators.keithley.tsp.lexer import LuaSyntaxError
from sim_backends.emulators.keithley.tsp.library import library
from sim_backends.emulators.keithley.tsp.values import Builtin, LuaError, Steps, Table
from sim_backends.emulators.outbox import Outbox
from sim_backends.emulators.scpi.status import ErrorQueue, Status

_INPUT_LIMIT = 65536


class TspInstrument:
    """Base of TSP emulators; fits `Emulator`. A model fills `world` with its objects."""

    LATENCY: ClassVar[float] = 1e-3
    """Seconds from the end of a message to its first answer where nothing takes longer."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        self.t = -math.inf
        self.errors = TspErrors()
        self.status = Status()
        self.status.errors = ErrorQueue()
        self.world = Table(library(lambda: self.t))
        self.world.put("_G", self.world)
        self.interpreter = Interpreter(self.world, lambda: self.t)
        self._inbox = b""
        self._messages: deque[str] = deque()
        self._script: list[str] | None = None
        self._script_head = ""
        self._running: Steps | None = None
        self._resume = 0.0
        self._began = 0.0
        self._outbox = Outbox()
        self._overlapped: dict[str, tuple[Steps, float]] = {}
        self.triggers = 0
        self._common: dict[str, Callable[[], str | None]] = {
            "*IDN?": lambda: self.identity,
            "*RST": self.reset,
            "*CLS": self._clear_status,
            "*OPC?": self._answer_when_idle,
            "*OPC": self._complete,
            "*ESR?": lambda: str(self.status.read_event()),
            "*ESE?": lambda: str(self.status.event_enable),
            "*SRE?": lambda: str(self.status.service_enable),
            "*STB?": lambda: str(self.status_byte()),
            "*TST?": lambda: "0",
            "*TRG": self._trigger,
            "*WAI": self._wait,
        }

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; LF ends a message, a CR before it is ignored."""
        *lines, self._inbox = (self._inbox + data).split(b"\n")
        for line in lines:
            text = line.decode("latin-1").rstrip("\r")
            if text.strip() == "abort" and self._running is not None:
                self._advance(t)
                self._end_script()
            else:
                self._messages.append(text)
        if len(self._inbox) > _INPUT_LIMIT:
            self._inbox = b""
            self.fail(TspError(-363), t)
        self._advance(t)

    def due(self) -> float | None:
        """When the next answer leaves or the running script goes on."""
        times = [resume for _, resume in self._overlapped.values() if resume < math.inf]
        if (answer := self._outbox.due()) is not None:
            times.append(answer)
        if self._running is not None and self._resume < math.inf:
            times.append(self._resume)
        return min(times, default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Device clear: input, running script and waiting answers are dropped."""
        self._advance(t)
        self._inbox, self._script = b"", None
        self._messages.clear()
        self._end_script()
        self._outbox.clear()

    # For models

    def say(self, text: str | bytes) -> None:
        """Send one line."""
        data = text if isinstance(text, bytes) else text.encode("latin-1", "replace")
        self._outbox.put(data + b"\n", max(self.t, self._began + self.LATENCY))

    def fail(self, error: TspError, t: float | None = None) -> None:
        """Put `error` into the queue."""
        self.status.event |= error.event_bit
        self.errors.push(error, self.t if t is None else t)

    def overlap(self, name: str, steps: Steps) -> None:
        """Start an overlapped operation; one of the same name ends where it stands."""
        self.stop_overlapped(name)
        self._overlapped[name] = steps, self.t
        self._step_overlapped(name)

    def stop_overlapped(self, name: str) -> None:
        """End the overlapped operation `name`, if it runs."""
        if name in self._overlapped:
            self._overlapped.pop(name)[0].close()

    def overlapping(self, name: str) -> bool:
        """Whether the overlapped operation `name` runs."""
        return name in self._overlapped

    def until_idle(self) -> Steps:
        """Wait for the end of all overlapped operations."""
        while self._overlapped:
            yield min(resume for _, resume in self._overlapped.values())
        return ()

    def status_byte(self) -> int:
        """Status byte; bit 2 says that the error queue holds something."""
        value = 4 * bool(len(self.errors)) + 16 * bool(self._outbox)
        value += 32 * bool(self.status.event & self.status.event_enable)
        return value + 64 * bool(value & self.status.service_enable & ~64)

    def reset(self) -> str | None:
        """`*RST` and `reset()`: a model brings its settings back to the defaults."""
        return None

    def _complete(self) -> None:
        self.status.event |= 1

    def _answer_when_idle(self) -> str | None:
        if not self._overlapped:
            return "1"
        self._start(self._delayed_answer())
        return None

    def _delayed_answer(self) -> Steps:
        yield from self.until_idle()
        self.say("1")

    def _wait(self) -> None:
        if self._overlapped:
            self._start(self.until_idle())

    def _trigger(self) -> None:
        self.triggers += 1
        for name, (steps, resume) in self._overlapped.items():
            if resume == math.inf:
                self._overlapped[name] = steps, self.t

    def _clear_status(self) -> None:
        self.status.event = 0
        self.errors.clear()

    # Sequencing

    def _advance(self, t: float) -> None:
        self.t = max(self.t, t)
        while True:
            waiting = [n for n, (_, resume) in self._overlapped.items() if resume <= self.t]
            if waiting:
                self._step_overlapped(waiting[0])
            elif self._running is not None:
                if self._resume > self.t:
                    return
                self._step()
            elif self._messages:
                self._began = self.t
                self._take(self._messages.popleft())
            else:
                return

    def _take(self, text: str) -> None:
        words = text.split()
        if self._script is not None:
            self._collect(text)
        elif words and words[0] in {"loadscript", "loadandrunscript"}:
            self._script, self._script_head = [], text
        elif words and words[0].startswith("*"):
            self._do_common(text.strip())
        elif words:
            self._run(text)

    def _collect(self, text: str) -> None:
        assert self._script is not None
        if text.strip() != "endscript":
            self._script.append(text)
            return
        source, self._script = "\n".join(self._script), None
        command, _, name = self._script_head.strip().partition(" ")
        script = Table({"source": source, "name": name})
        script.put("run", Builtin(lambda *_: self.interpreter.run(source), "run"))
        self.world.put(name.strip() or "_anonymous", script)
        if command == "loadandrunscript":
            self._run(source)

    def _do_common(self, text: str) -> None:
        command, _, argument = text.partition(" ")
        upper = command.upper()
        if upper in {"*ESE", "*SRE"}:
            self._enable(upper, argument)
        elif upper in self._common and not argument.strip():
            answer = self._common[upper]()
            if answer is not None:
                self.say(answer)
        else:
            self.fail(TspError(-285, f"at line 1: unexpected symbol near `{text[0]}'"))

    def _enable(self, command: str, argument: str) -> None:
        try:
            value = int(float(argument)) & 0xFF
        except (ValueError, OverflowError):
            self.fail(TspError(-104))
            return
        if command == "*ESE":
            self.status.event_enable = value
        else:
            self.status.service_enable = value

    def _run(self, source: str) -> None:
        self._start(self.interpreter.run(source))

    def _start(self, steps: Steps) -> None:
        self._running, self._resume = steps, self.t
        self._step()

    def _step_overlapped(self, name: str) -> None:
        steps = self._overlapped[name][0]
        try:
            self._overlapped[name] = steps, next(steps)
        except StopIteration:
            del self._overlapped[name]

    def _step(self) -> None:
        assert self._running is not None
        try:
            self._resume = next(self._running)
        except StopIteration:
            self._running = None
        except LuaSyntaxError as error:
            self._stop(TspError(-285, f"at line {error.line}: {error.text}"))
        except LuaError as error:
            self._stop(TspError(-286, f"at line {error.line}: {error.text}"))
        except RecursionError:
            self._stop(TspError(-286, "at line 1: stack overflow"))

    def _stop(self, error: TspError) -> None:
        self._running = None
        self.fail(error)

    def _end_script(self) -> None:
        if self._running is not None:
            self._running.close()
            self._running = None
