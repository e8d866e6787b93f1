from __future__ import annotations

from labctl.web.house import House
from tests.labctl.web.houses import PASSWORD, somebody

NEW = {"name": "Li.Na", "role": "technician", "password": PASSWORD, "shown": "李娜"}


def test_an_administrator_adds_changes_and_removes_users(house: House) -> None:
    chief = somebody(house, "administrator")
    assert chief.post("/users", {**NEW, "password": "short"}).status_code == 409
    assert chief.post("/users", NEW).json()["shown"] == "李娜"
    assert chief.post("/users", NEW).status_code == 409
    assert (
        chief.ask("PATCH", "/users/li.na", json={"role": "engineer"}).json()["role"] == "engineer"
    )
    assert "li.na" in {one["name"] for one in chief.get("/users").json()}
    assert chief.ask("DELETE", "/users/li.na").status_code == 204
    assert chief.ask("DELETE", "/users/li.na").status_code == 404
    assert chief.ask("DELETE", "/users/administrator").status_code == 409


def test_the_log_tells_all_of_it_and_holds(house: House) -> None:
    chief = somebody(house, "administrator")
    chief.post("/users", NEW)
    [row] = chief.get("/audit?q=li.na").json()
    assert (row["who"], row["role"], row["action"]) == (
        "administrator",
        "administrator",
        "add user",
    )
    assert PASSWORD not in house.audit.path.read_text(encoding="utf-8")
    found = chief.get("/audit/check").json()
    assert found["holds"] and found["lines"] == 1


def test_a_users_tokens_are_revoked(house: House) -> None:
    made = somebody(house, "engineer").post("/me/tokens", {"name": "n"}).json()
    chief = somebody(house, "administrator")
    [row] = chief.get("/users/engineer/tokens").json()
    assert row["id"] == made["id"]
    assert chief.ask("DELETE", f"/users/engineer/tokens/{row['id']}").status_code == 204
    assert somebody(house, token=made["secret"]).get("/me").status_code == 401
