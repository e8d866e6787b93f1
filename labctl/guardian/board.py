"""What viewers of a run are told: how it stands, what is asked, who answered."""

from __future__ import annotations

from labctl.asking.prompts import Answer
from labctl.control.messages import (
    Answered,
    Asked,
    Board,
    Ended,
    Noticed,
    Phase,
    Told,
    ToViewer,
    Withdrawn,
)
from labctl.control.server import Peer
from labctl.desk import Notice
from labctl.platform.processes import Process, this_process
from labctl.requests import Progress

KEPT = 50
"""The newest notices that a viewer is told when it comes."""


class Bulletin:
    """The board of the run named `run`, with the viewers that follow it."""

    def __init__(self, run: str) -> None:
        self.phase: Phase = "preparing"
        self.worker: Process | None = None
        self.ended: Ended | None = None
        self._run = run
        self._progress: Progress | None = None
        self._asked: dict[int, Asked] = {}
        self._answered: dict[int, Answer] = {}
        self._notices: list[Notice] = []
        self._followers: list[Peer] = []

    def board(self) -> Board:
        """How the run stands now."""
        return Board(
            run=self._run,
            phase=self.phase,
            guardian=this_process(),
            worker=self.worker,
            progress=self._progress,
            asked=tuple(self._asked.values()),
            notices=tuple(self._notices),
            ended=self.ended,
        )

    def follow(self, peer: Peer) -> None:
        """`peer` hears of everything from now on."""
        if peer not in self._followers:
            self._followers.append(peer)
        peer.say(self.board())

    def leave(self, peer: Peer) -> None:
        """`peer` is gone."""
        if peer in self._followers:
            self._followers.remove(peer)

    def tell(self, message: ToViewer) -> None:
        """Tell everybody who follows, and remember what the next one must know."""
        match message:
            case Told(progress):
                self._progress = progress
            case Noticed(notice):
                self._notices = [*self._notices, notice][-KEPT:]
            case Asked(number):
                self._asked[number] = message
            case Withdrawn(number):
                self._asked.pop(number, None)
            case Ended():
                self.ended, self.phase = message, "ended"
            case _:
                pass
        for peer in self._followers:
            peer.say(message)

    def turn(self, phase: Phase) -> None:
        """The run has come to another phase."""
        if phase != self.phase:
            self.phase = phase
            for peer in self._followers:
                peer.say(self.board())

    def answer(self, number: int, answer: Answer) -> str:
        """Take the first answer to a question: "", or why it is not taken."""
        if number in self._answered:
            return f"{self._answered[number].who or 'somebody'} has answered it already"
        if number not in self._asked:
            return "nobody asks that any more"
        del self._asked[number]
        self._answered[number] = answer
        self.tell(Answered(number, answer))
        return ""
