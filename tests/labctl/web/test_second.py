"""Who may be the second person of a confirmation."""

from __future__ import annotations

import pytest

from labctl.web.house import House
from labctl.web.problems import Problem
from labctl.web.second import second_person
from tests.labctl.web.houses import PASSWORD


def status(house: House, name: str, password: str = PASSWORD) -> int:
    first = house.accounts.find("technician")
    assert first is not None
    with pytest.raises(Problem) as raised:
        second_person(house, first, name, password, "127.0.0.1")
    return raised.value.status


def test_it_is_another_one_who_knows_the_password(house: House) -> None:
    first = house.accounts.find("technician")
    assert first is not None
    shown = second_person(house, first, "engineer", PASSWORD, "127.0.0.1")
    assert shown != first.shown
    assert status(house, " TECHNICIAN ") == 422
    assert status(house, "engineer", "wrong") == 401


def test_it_is_one_who_may_answer(house: House) -> None:
    assert status(house, "viewer") == 403
