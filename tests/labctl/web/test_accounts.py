from __future__ import annotations

import pytest

from labctl.errors import UsageError
from labctl.web.house import House
from labctl.web.roles import Role
from tests.labctl.web.houses import PASSWORD


def test_a_user_is_known_by_name_and_password_alone(house: House) -> None:
    house.accounts.add("Zhang.Wei", Role.ENGINEER, "七个字不够长所以要十二个字", "张伟", "zh")
    found = house.accounts.check("ZHANG.WEI", "七个字不够长所以要十二个字")
    assert found is not None and (found.shown, found.role) == ("张伟", Role.ENGINEER)
    assert house.accounts.check("zhang.wei", PASSWORD) is None
    assert house.accounts.check("nobody", PASSWORD) is None


def test_what_is_kept_is_argon2id(house: House) -> None:
    kept = house.store.rows("SELECT password FROM users")
    assert kept and all(row[0].startswith("$argon2id$") for row in kept)
    assert PASSWORD.encode() not in house.store.path.read_bytes()


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", "a" * 65, "<b>", "a\n"])
def test_a_name_is_refused(house: House, name: str) -> None:
    if name == "a\n":
        name = "a\x00"
    with pytest.raises(UsageError):
        house.accounts.add(name, Role.VIEWER, PASSWORD)


def test_a_name_is_given_once(house: House) -> None:
    house.accounts.remove("viewer")
    with pytest.raises(UsageError, match="there is a user"):
        house.accounts.add("Viewer", Role.ADMINISTRATOR, PASSWORD)


def test_the_last_administrator_stays(house: House) -> None:
    with pytest.raises(UsageError, match="last administrator"):
        house.accounts.remove("administrator")
    with pytest.raises(UsageError, match="last administrator"):
        house.accounts.set_role("administrator", Role.VIEWER)
    house.accounts.set_role("engineer", Role.ADMINISTRATOR)
    house.accounts.remove("administrator")
    assert house.accounts.has_administrator()


def test_who_is_removed_is_out_at_once(house: House) -> None:
    user = house.accounts.find("technician")
    assert user is not None
    session = house.sessions.begin(user, "192.0.2.1")
    _, token = house.tokens.make(user, "script", 3600, Role.TECHNICIAN)
    assert house.sessions.who(session) == user and house.tokens.who(token) == user
    house.remove("technician")
    assert house.sessions.who(session) is None and house.tokens.who(token) is None
    assert house.accounts.check("technician", PASSWORD) is None
