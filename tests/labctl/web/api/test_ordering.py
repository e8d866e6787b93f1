from __future__ import annotations

from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.web.handed import find, keep, safe_name
from labctl.web.house import House
from tests.labctl.fakelab import FakeLab, measure, request
from tests.labctl.web.houses import somebody

REDO = {"item": 1, "subject": "burst", "reason": "probe was loose"}
ORDERS = ("pause", "continue", "abort", "safe", "redo", "swap", "amend", "resume", "prompts/x")


@pytest.fixture
def run(house: House) -> str:
    return execute(request(house.settings.runs), lambda _: FakeLab().bound(measure)).run


@pytest.mark.parametrize("order", ORDERS)
def test_a_viewer_may_order_nothing(house: House, run: str, order: str) -> None:
    answer = somebody(house, "viewer").post(f"/runs/{run}/{order}", REDO)
    assert answer.status_code == 403 and answer.json()["kind"] == "role"
    assert "technician" in answer.json()["remedy"] or "engineer" in answer.json()["remedy"]


def test_a_technician_may_not_swap_nor_see_users(house: House, run: str) -> None:
    technician = somebody(house, "technician")
    assert technician.post(f"/runs/{run}/swap", REDO).status_code == 403
    assert technician.post(f"/runs/{run}/resume", {"accept": ["x"]}).status_code == 403
    assert technician.post("/runs", {"targets": ["1.1"], "override": "w"}).status_code == 403
    for path in ("/users", "/audit", "/audit/check", "/users/viewer/tokens"):
        assert technician.get(path).status_code == 403


@pytest.mark.parametrize("order", ["pause", "continue", "abort", "safe"])
def test_an_ended_run_takes_no_orders(house: House, run: str, order: str) -> None:
    answer = somebody(house, "technician").post(f"/runs/{run}/{order}")
    assert answer.status_code == 409 and answer.json()["remedy"]
    assert order in {one.action for one in house.audit.entries()}


def test_a_step_is_done_again_and_the_log_says_who_wanted_it(house: House, run: str) -> None:
    technician = somebody(house, "technician")
    assert technician.post(f"/runs/{run}/redo", {**REDO, "subject": "no"}).status_code == 409
    answer = technician.post(f"/runs/{run}/redo", REDO)
    assert answer.status_code == 200 and not answer.json()["ordered"]
    [first, refused, second] = [one for one in house.audit.entries() if "redo" in one.action]
    assert refused.action == "redo: refused" and refused.detail["line"] == first.number
    assert (second.who, second.subject) == ("technician", run)
    assert second.detail["reason"] == "probe was loose"
    item = technician.get(f"/runs/{run}/items/1").json()
    assert item["outcome"] is None and item["amendments"][0]["who"] == "Technician"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"targets": []},
        {"targets": ["no-such-thing"]},
        {"targets": ["1.1"], "path": "/etc/passwd"},
        {"targets": ["1.1"], "sample": "../sheet.toml"},
        {"targets": ["1.1"], "sample": "sheet.toml"},
        {"targets": ["1.1"], "dut": "truth.toml"},
        {"targets": ["1.1"], "seed": -1},
        [],
    ],
)
def test_a_start_that_makes_no_sense_is_refused(house: House, body: object) -> None:
    answer = somebody(house, "engineer").post("/runs", body)
    assert answer.status_code == 422 and not house.settings.runs.exists()


def test_benches_and_agreements_are_names(house: House) -> None:
    engineer = somebody(house, "engineer")
    for more in ({"bench": "../x"}, {"bench": "/x.toml"}, {"agreement": "../../x"}):
        assert engineer.post("/runs", {"targets": ["1.1-01"], **more}).status_code == 404


def test_an_upload_has_a_largest_size(house: House, run: str) -> None:
    technician = somebody(house, "technician")
    data = b"x" * (house.settings.upload + 1)
    headers = {"Content-Type": "application/octet-stream"}
    path = f"/runs/{run}/files?name=photo.png"
    assert technician.ask("POST", path, content=data, headers=headers).status_code == 413
    answer = technician.ask("POST", path, content=data[: 2 << 20], headers=headers)
    assert answer.status_code == 201 and answer.json()["size"] == 2 << 20


def test_a_file_is_its_owners_and_of_its_run(tmp_path: Path) -> None:
    kept = keep(tmp_path, "ann", "run", "../../etc/pass wd.png", b"data")
    assert kept.path.parent.parent.parent == tmp_path and kept.path.name == "f_pass_wd.png"
    assert find(tmp_path, "ann", "run", kept.id) == kept
    for other in (("bob", "run", kept.id), ("ann", "other", kept.id), ("ann", "run", "..")):
        assert find(tmp_path, *other) is None
    assert safe_name("..") == "f_file" and safe_name("照片.jpg") == "f_照片.jpg"
