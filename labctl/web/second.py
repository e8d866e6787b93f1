"""The second person of a confirmation: another one, who may answer and gives the own password."""

from __future__ import annotations

from labctl.i18n import _
from labctl.web.access import require
from labctl.web.accounts import User, canonical
from labctl.web.api.account import wrong_password
from labctl.web.house import House
from labctl.web.problems import Problem
from labctl.web.roles import Verb


def second_person(house: House, user: User, name: str, password: str, address: str) -> str:
    """The shown name of the person called `name`, who stands beside `user` at `address`.

    `Problem` where it is the same one, where the password is wrong or was so too often, and where
    the role does not allow answers.
    """
    if canonical(name) == user.name:
        text = _("The second person has to be another one than the first.")
        raise Problem(422, text, kind="operator")
    found = house.check_password(name, password, address)
    if not isinstance(found, User):
        raise wrong_password(found)
    require(found, Verb.ANSWER)
    return found.shown
