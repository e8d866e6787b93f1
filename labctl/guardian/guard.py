"""The guardian at work: it hears the worker, does what viewers want, and kills what hangs."""

from __future__ import annotations

import asyncio
import logging

from labctl import clock
from labctl.asking.prompts import Answer
from labctl.control.messages import (
    Answered,
    Asked,
    Beat,
    Closing,
    Done,
    Follow,
    FromViewer,
    FromWorker,
    Give,
    Left,
    Noticed,
    Refused,
    Reply,
    Safe,
    Status,
    Told,
    Withdrawn,
)
from labctl.control.server import Peer
from labctl.control.tether import BEAT
from labctl.desk import Notice
from labctl.guardian.board import Bulletin
from labctl.guardian.ward import Ward
from labctl.guardian.watchdog import TICK, Watchdog
from labctl.notices import Sender
from labctl.orders import Abort, Order, Remark

GRACE = 1.0
"""Seconds that an aborted worker has to leave its bench in good order."""

LOOK = 0.25
"""Seconds between two looks whether the worker still runs, when nothing says that it ended."""

SOON = 0.01
"""The same when its line is gone."""

_log = logging.getLogger(__name__)


class Guard:
    """Guards the worker of a run, tells viewers by `bulletin` and other people by `sender`."""

    def __init__(self, bulletin: Bulletin, sender: Sender) -> None:
        self.bulletin = bulletin
        self.left: Left | None = None
        self.why = ""
        self.is_ousted = False
        self._sender = sender
        self._ward: Ward | None = None
        self._worker: Peer | None = None
        self._waiting: list[Order] = []
        self._watchdog = Watchdog()
        self._stirred = asyncio.Event()

    async def attend(self, ward: Ward) -> None:
        """Return when the worker `ward` has ended, by itself or killed."""
        self._ward, self.bulletin.worker = ward, ward.process
        self.bulletin.turn("running")
        beats = [asyncio.create_task(work) for work in (self._beat(), self._watch())]
        try:
            while not ward.has_ended:
                await self._stir(SOON if self._stirred.is_set() else LOOK)
        finally:
            for task in beats:
                task.cancel()
        _log.info("the worker %s%s", ward.told(), f": {self.why}" if self.why else "")

    def order(self, order: Order) -> None:
        """Hand on a person's order; an abort that is not followed in a second is a kill."""
        if isinstance(order, Abort):
            self._abort(order)
        if self._worker is None:
            self._waiting.append(order)
        else:
            self._worker.say(Give(order))

    def kill(self, why: str) -> None:
        """End the worker at once; what made it necessary first is kept."""
        if self._ward is not None and not self._ward.has_ended:
            _log.warning("the worker is killed: %s", why)
            self.why = self.why or why
            self._ward.kill()
            self._stirred.set()

    def oust(self, name: str) -> None:
        """Another run has taken the instrument `name`: this one must not touch any more."""
        self.is_ousted = True
        self.kill(f"another run took the instrument {name}")

    def joined(self, peer: Peer) -> None:
        """Someone who knows the token is there."""
        if peer.hello.part != "worker":
            return
        self._worker = peer
        if self._ward is not None:
            self._ward.known_as(peer.hello.process)
        self.bulletin.worker = peer.hello.process
        peer.say(Beat())
        waiting, self._waiting = self._waiting, []
        for order in waiting:
            peer.say(Give(order))

    def gone(self, peer: Peer) -> None:
        """A line is closed; that of a worker closes with its process."""
        self.bulletin.leave(peer)
        if peer is self._worker:
            self._worker = None
            self._stirred.set()

    def from_worker(self, peer: Peer, message: FromWorker) -> None:
        """The worker says something."""
        match message:
            case Beat():
                self._watchdog.beat()
            case Closing():
                self._watchdog.closing()
            case Left():
                self.left = message
            case Noticed(notice):
                self.notice(notice)
            case Withdrawn():
                self.bulletin.tell(message)
                self._sender.acknowledge("", {"prompt"})  # by nobody: its time is over
            case Told() | Asked():
                self.bulletin.tell(message)

    def from_viewer(self, peer: Peer, message: FromViewer) -> None:
        """A viewer wants something; it is told whether that is done."""
        match message:
            case Status():
                peer.say(self.bulletin.board())
            case Follow():
                self.bulletin.follow(peer)
            case Give(order):
                self._done(peer, self._given(order))
            case Safe(who):
                self._done(peer, self._emergency(who))
            case Reply(number, answer):
                self._done(peer, self._answered(number, answer))

    def notice(self, notice: Notice) -> None:
        """Let people know, and whoever watches."""
        self.bulletin.tell(Noticed(notice))
        self.send(notice)

    def send(self, notice: Notice) -> None:
        """Let people know; whoever watches is told in another way."""
        self._sender.send(notice)

    def _answered(self, number: int, answer: Answer) -> str:
        refused = self.bulletin.answer(number, answer)
        if not refused:
            self._sender.acknowledge(answer.who, {"prompt"})
            if self._worker is not None:
                self._worker.say(Answered(number, answer))
        return refused

    def _given(self, order: Order) -> str:
        if isinstance(order, Remark):
            return "no person orders that"
        if self.bulletin.phase not in ("preparing", "running", "aborting"):
            return "the worker has ended"
        self._sender.acknowledge(order.who)
        self.order(order)
        return ""

    def _emergency(self, who: str) -> str:
        if self._ward is None or self._ward.has_ended:
            return "the worker has ended"
        self.kill(f"made safe at once, as {who or 'a person'} ordered")
        return ""

    def _abort(self, order: Abort) -> None:
        if self.bulletin.phase == "aborting":
            self.kill(f"aborted twice: {order.who} {order.why}".rstrip())
            return
        self.bulletin.turn("aborting")
        asyncio.get_running_loop().call_later(GRACE, self._too_long, order)

    def _too_long(self, order: Abort) -> None:
        """An aborted worker that has not left its bench by now does not get to it by itself."""
        if self.left is None:
            self.kill(f"aborted: {order.who} {order.why}".rstrip() + ", and did not end in time")

    @staticmethod
    def _done(peer: Peer, refused: str) -> None:
        peer.say(Refused(refused) if refused else Done())

    async def _beat(self) -> None:
        while True:
            if self._worker is not None:
                self._worker.say(Beat())
            await clock.sleep(BEAT)

    async def _watch(self) -> None:
        while True:
            await clock.sleep(TICK)
            why = self._watchdog.tick()
            if why:
                self.kill(why)

    async def _stir(self, timeout: float) -> None:
        """Return after `timeout` in s, or as soon as something points to the worker's end."""
        if self._stirred.is_set():
            await clock.sleep(timeout)
            return
        try:
            async with asyncio.timeout(timeout):
                await self._stirred.wait()
        except TimeoutError:
            return
