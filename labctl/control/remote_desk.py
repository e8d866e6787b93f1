"""The desk of a guarded run: what it says goes to the guardian, and people answer through it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from labctl import clock
from labctl.asking.prompts import Answer, Prompt
from labctl.control.messages import (
    Answered,
    Asked,
    Beat,
    Closing,
    FromWorker,
    Give,
    Left,
    Noticed,
    Told,
    ToWorker,
    Withdrawn,
)
from labctl.control.tether import Tether
from labctl.desk import Notice, Take
from labctl.orders import Abort, Order, Remark
from labctl.requests import Progress

BEAT = 1.0
"""Seconds between two signs of life of the run's event loop."""


@dataclass
class _Question:
    prompt: Prompt
    answer: asyncio.Future[Answer]


class RemoteDesk:
    """The desk of the worker of the run in `folder`, once it is `open`.

    While the run attends to orders its event loop shows each second that it lives.
    """

    def __init__(self, folder: Path) -> None:
        self.attended = False
        self._tether = Tether(folder, self)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._take: Take | None = None
        self._early: list[Order] = []
        self._beating: asyncio.Task[None] | None = None
        self._shown = False
        self._closing = False
        self._questions: dict[int, _Question] = {}
        self._asked = 0
        self._told: Progress | None = None
        self._newest: Progress | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Connect to the guardian; `LinkError` where there is none."""
        self._tether.open()

    def close(self, left: Left) -> None:
        """Say the last word, and hang up."""
        self._post(left)
        self._tether.close()

    def tell(self, progress: Progress) -> None:
        """Of several reports that wait for the line, the newest is sent."""
        with self._lock:
            waits, self._newest, self._told = self._newest is not None, progress, progress
        if not waits:
            self._tether.post(self._progress)

    def notice(self, notice: Notice) -> None:
        """The guardian sends it to people."""
        self._post(Noticed(notice))

    def beat(self) -> None:
        """What watches the interlocks shows that it lives; beside it the loop need not."""
        self._shown = True
        self._post(Beat())

    async def ask(self, prompt: Prompt) -> Answer:
        """The first answer that any viewer gives."""
        self._asked += 1
        number, answer = self._asked, asyncio.get_running_loop().create_future()
        self._questions[number] = _Question(prompt, answer)
        self._post(Asked(number, prompt))
        try:
            return await answer
        except asyncio.CancelledError:
            self._post(Withdrawn(number))
            raise
        finally:
            del self._questions[number]

    def attend(self, take: Take | None) -> None:
        """Orders that came before are given at once."""
        self._take = take
        if take is None:
            self._end_beating()
            return
        self.attended, self._loop = True, asyncio.get_running_loop()
        self._beating = asyncio.create_task(self._beat(), name="heartbeat")
        with self._lock:
            early, self._early = self._early, []
        for order in early:
            take(order)

    def hear(self, message: ToWorker) -> None:
        """The guardian says something; called in a thread of the line."""
        if isinstance(message, Give):
            self._order(message.order)
        elif isinstance(message, Answered) and self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits for the answer
                self._loop.call_soon_threadsafe(self._answer, message)

    def standing(self) -> Iterable[FromWorker]:
        """What a new guardian has to know; called in a thread of the line."""
        if self._told is not None:
            yield Told(self._told)
        for number, question in list(self._questions.items()):
            yield Asked(number, question.prompt)
        if self._closing:
            yield Closing()

    def replaced(self, text: str) -> None:
        """Another guardian took over; called in a thread of the line."""
        self._order(Remark("guardian", text))
        self.notice(Notice("guardian", text, utc=clock.wall().timestamp()))

    def alone(self, text: str) -> None:
        """Nobody would make the bench safe: the run ends; called in a thread of the line."""
        self._order(Abort(why=text))

    def _order(self, order: Order) -> None:
        with self._lock:
            if self._loop is None:
                self._early.append(order)
                return
        with suppress(RuntimeError):  # the loop is closed: the run has ended
            self._loop.call_soon_threadsafe(self._give, order)

    def _give(self, order: Order) -> None:
        if self._take is not None:
            self._take(order)

    def _answer(self, given: Answered) -> None:
        question = self._questions.get(given.number)
        if question is not None and not question.answer.done():
            question.answer.set_result(given.answer)

    def _progress(self) -> FromWorker | None:
        with self._lock:
            progress, self._newest = self._newest, None
        return None if progress is None else Told(progress)

    def _post(self, message: FromWorker) -> None:
        self._tether.post(lambda: message)

    async def _beat(self) -> None:
        """Where no bench is watched, while it is opened or closed, the loop shows that it lives."""
        while True:
            if not self._shown:
                self._post(Beat())
            self._shown = False
            await clock.sleep(BEAT)

    def _end_beating(self) -> None:
        if self._beating is not None:
            self._beating.cancel()
        self._closing = True
        self._post(Closing())
