from __future__ import annotations

from labctl.asking.prompts import Answer, TextPrompt
from labctl.control.messages import Asked, Ended, Noticed, Told, Withdrawn
from labctl.desk import Notice
from labctl.guardian.board import KEPT, Bulletin
from labctl.requests import Progress

ASKED = Asked(1, TextPrompt(name="colour", text="Which?"))
RED, BLUE = Answer("red", "Ann"), Answer("blue", "Bob")


def test_of_two_answers_the_first_counts() -> None:
    bulletin = Bulletin("r")
    bulletin.tell(ASKED)
    assert bulletin.board().asked == (ASKED,)
    assert bulletin.answer(1, RED) == ""
    assert bulletin.answer(1, BLUE) == "Ann has answered it already"
    assert bulletin.board().asked == ()


def test_what_nobody_asks_any_more_is_not_answered() -> None:
    bulletin = Bulletin("r")
    assert bulletin.answer(7, RED) == "nobody asks that any more"
    bulletin.tell(ASKED)
    bulletin.tell(Withdrawn(1))
    assert bulletin.answer(1, RED) == "nobody asks that any more"


def test_the_board_holds_what_is_newest() -> None:
    bulletin = Bulletin("r")
    for index in range(KEPT + 5):
        bulletin.tell(Noticed(Notice("hold", f"{index}")))
        bulletin.tell(Told(Progress("i", 0, 1, 0.0, "", float(index))))
    board = bulletin.board()
    assert len(board.notices) == KEPT and board.notices[-1].text == f"{KEPT + 4}"
    assert board.progress is not None and board.progress.t == KEPT + 4
    bulletin.tell(Ended("killed"))
    assert (bulletin.board().phase, bulletin.board().ended) == ("ended", Ended("killed"))
