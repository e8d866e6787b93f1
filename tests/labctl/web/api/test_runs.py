from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from labctl.engine import execute
from labctl.web.decimate import min_max
from labctl.web.house import House
from tests.labctl.fakelab import FakeLab, measure, request
from tests.labctl.web.houses import Browser, somebody

SCRIPT = '<img src=x onerror="alert(1)">'


@pytest.fixture
def run(house: House) -> str:
    """A run that has ended, on a sample with a hostile name."""
    asked = replace(request(house.settings.runs), sample=SCRIPT)
    return execute(asked, lambda _: FakeLab().bound(measure)).run


@pytest.fixture
def viewer(house: House) -> Browser:
    return somebody(house, "viewer")


def test_runs_are_found(run: str, viewer: Browser) -> None:
    [row] = viewer.get("/runs").json()["runs"]
    assert row["run"] == run and row["state"] == "done"
    assert viewer.get(f"/runs?q=1.1 {run[-6:]}").json()["count"] == 1
    assert viewer.get("/runs?q=1.1 nothing-of-it").json()["count"] == 0
    assert viewer.get("/runs?q=nothing-of-it").json() == {"count": 0, "runs": []}
    assert viewer.get("/runs?state=running").json()["count"] == 0


def test_a_script_in_a_samples_name_is_data(run: str, viewer: Browser) -> None:
    answer = viewer.get(f"/runs/{run}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["items"][0]["sample"] == SCRIPT
    page = viewer.get(f"/runs/{run}/report")
    assert page.status_code == 200 and SCRIPT not in page.text
    assert "sandbox" in page.headers["content-security-policy"]


def test_an_item_tells_its_verdict_and_how_it_came(run: str, viewer: Browser) -> None:
    item = viewer.get(f"/runs/{run}/items/1").json()
    assert item["verdict"]["outcome"] == item["outcome"] and item["instruments"]
    assert "burst" in {step["name"] for step in item["steps"]}
    assert viewer.get(f"/runs/{run}/items/2").status_code == 404


def test_readings_come_with_unit_and_few(run: str, viewer: Browser) -> None:
    path = f"/runs/{run}/items/1/readings?channel=soak/resistance"
    whole = viewer.get(path).json()
    assert whole["unit"] == "ohm" and not whole["decimated"] and whole["count"] == len(whole["t"])
    few = viewer.get(f"{path}&points=10").json()
    assert few["decimated"] and few["count"] == whole["count"] and len(few["t"]) <= 10
    assert min(few["values"]) == min(whole["values"]) and max(few["values"]) == max(whole["values"])
    part = viewer.get(f"{path}&from={whole['t'][3]}&to={whole['t'][7]}").json()
    assert part["t"] == whole["t"][3:8]
    assert viewer.get(path.replace("soak", "no")).status_code == 404


@pytest.mark.parametrize(
    "id",
    [
        "..",
        "%2e%2e",
        "..%2f..%2fetc",
        "%2fetc%2fpasswd",
        "....//",
        "x%00",
        "register.jsonl",
        "web",
        "C:%5Cx",
    ],
)
def test_an_id_is_never_a_path(run: str, house: House, viewer: Browser, id: str) -> None:
    assert (house.settings.folder / "accounts.db").is_file()
    for rest in ("", "/report"):
        answer = viewer.get(f"/runs/{id}{rest}")
        assert answer.status_code == 404 and "problem" in answer.headers["content-type"]
    # A client resolves two dots by itself.
    if id != "..":
        assert viewer.get(f"/runs/{run}/attachments/{id}").status_code == 404


def test_an_ended_run_is_told_from_any_place_on(run: str, viewer: Browser) -> None:
    whole = events(viewer.get(f"/runs/{run}/watch?from=start").text)
    assert [name for name, *_ in whole][-1] == "ended"
    told = [row for name, _, data in whole if name == "journal" for row in data.get("steps", ())]
    assert "burst" in {row["step"] for row in told}
    counts = [
        int(str(reading["count"]))
        for name, _, data in whole
        if name == "journal"
        for reading in data.get("readings", ())
    ]
    last = [id for name, id, _ in whole if name == "journal"][-1]
    again = viewer.get(f"/runs/{run}/watch", headers={"Last-Event-ID": last}).text
    assert sum(counts) > 60 and [name for name, *_ in events(again)] == ["place", "ended"]
    assert viewer.get(f"/runs/{run}/watch?from=nowhere").status_code == 422


def events(text: str) -> list[tuple[str, str, dict[str, list[dict[str, object]]]]]:
    """(name, id, data) of each event but the boards."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        if fields.get("event") != "live" and "data" in fields:
            found.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
    return found  # type: ignore[return-value]


def test_extremes_survive_and_gaps_do_not_hide_them() -> None:
    values = np.sin(np.arange(10_000) / 50.0)
    values[1234], values[5678], values[40:60] = 9.0, -9.0, np.nan
    t, few = min_max(np.arange(10_000.0), values, 100)
    assert few.size <= 100 and np.nanmax(few) == 9.0 and np.nanmin(few) == -9.0
    assert t[0] == 0 and t[-1] == 9999 and (np.diff(t) > 0).all()


def test_all_readings_are_saved(run: str, viewer: Browser) -> None:
    answer = viewer.get(f"/runs/{run}/readings.csv")
    assert answer.status_code == 200 and answer.headers["content-disposition"].startswith("attach")
    assert "soak/resistance" in answer.text
