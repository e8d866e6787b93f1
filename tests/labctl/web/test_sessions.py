from __future__ import annotations

import re

import pytest

from labctl.web.house import House
from labctl.web.roles import Role
from labctl.web.settings import HOUR
from tests.labctl.web.houses import PASSWORD, Browser, Wall, somebody


def test_a_login_sets_a_cookie_that_scripts_and_other_sites_do_not_get(house: House) -> None:
    browser = somebody(house)
    assert browser.get("/me").status_code == 401
    answer = browser.log_in("Technician")
    assert answer.status_code == 200 and answer.json()["role"] == "technician"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
    secret = re.match(r"labctl=([\w-]+)", cookie)
    assert secret is not None and len(secret[1]) >= 43
    assert secret[1].encode() not in house.store.path.read_bytes()
    assert browser.get("/me").json()["name"] == "technician"


def test_a_logout_ends_it_for_good(house: House) -> None:
    browser = somebody(house, "technician")
    kept = browser.cookies["labctl"]
    assert browser.post("/logout").status_code == 204
    assert house.sessions.who(kept) is None and browser.get("/me").status_code == 401


@pytest.mark.parametrize(("step", "steps"), [(12 * HOUR + 1, 1), (6 * HOUR, 29)])
def test_a_session_ends_when_idle_and_after_its_longest_time(
    house: House, wall: Wall, step: float, steps: int
) -> None:
    browser = somebody(house, "technician")
    for _ in range(steps - 1):
        wall.pass_on(step)
        assert browser.get("/me").status_code == 200
    wall.pass_on(step)
    assert browser.get("/me").status_code == 401


def test_another_password_ends_the_other_sessions(house: House) -> None:
    here, there = somebody(house, "engineer"), somebody(house, "engineer")
    body = {"old": PASSWORD, "new": "blue kingfisher by the river"}
    assert here.ask("PUT", "/me/password", json=body).status_code == 204
    assert here.get("/me").status_code == 200 and there.get("/me").status_code == 401


def test_a_role_that_was_taken_is_gone_at_once(house: House) -> None:
    browser = somebody(house, "engineer")
    house.accounts.set_role("engineer", Role.VIEWER)
    assert browser.get("/me").json()["role"] == "viewer"


def tokened(house: House, secret: str) -> Browser:
    return somebody(house, token=secret)


def test_a_token_is_shown_once_and_ends(house: House, wall: Wall) -> None:
    browser = somebody(house, "engineer")
    made = browser.post("/me/tokens", {"name": "nightly", "days": 2, "role": "viewer"}).json()
    secret = made["secret"]
    assert secret.encode() not in house.store.path.read_bytes()
    [row] = browser.get("/me/tokens").json()
    assert row["secret"] is None and row["name"] == "nightly"
    client = tokened(house, secret)
    assert client.get("/me").json()["role"] == "viewer"
    assert client.post("/me/tokens", {"name": "more"}).status_code == 403
    wall.pass_on(2 * 24 * HOUR + 1)
    assert client.get("/me").status_code == 401


def test_a_token_that_was_revoked_is_none(house: House) -> None:
    browser = somebody(house, "engineer")
    made = browser.post("/me/tokens", {"name": "nightly"}).json()
    assert tokened(house, made["secret"]).get("/me").status_code == 200
    assert browser.ask("DELETE", f"/me/tokens/{made['id']}").status_code == 204
    assert tokened(house, made["secret"]).get("/me").status_code == 401
    assert browser.ask("DELETE", f"/me/tokens/{made['id']}").status_code == 404


@pytest.mark.parametrize("forged", ["labctl_" + "A" * 43, "x", "é", "a.b.c", "' OR 1=1 --"])
def test_a_forged_token_is_nobody_whatever_cookie_comes_with_it(house: House, forged: str) -> None:
    browser = somebody(house, "administrator")
    answer = browser.get("/users", headers={"Authorization": f"Bearer {forged}".encode()})  # type: ignore[dict-item]
    assert answer.status_code == 401


def test_a_forged_cookie_is_nobody(house: House) -> None:
    browser = somebody(house)
    browser.cookies.set("labctl", "forged")
    assert browser.get("/me").status_code == 401
