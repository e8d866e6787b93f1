"""7.3-04 on real programs: the same code path in real time, their ratio known to themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.evidence import Evidence, Figure
from labctl.verdict import Verdict
from procedures.methods.caching import turns

PROGRAM = """
import json, sys, time
model, seconds, every, log = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
tables, items, taken = [{} for _ in range(16)], [], []
for line in sys.stdin:
    began = time.perf_counter()
    word, *rest = line.split()
    if word == "ID?":
        print("= Acme", model, "1", "1", flush=True)
    elif word == "INDEX":
        print("OK", flush=True)
    elif word == "ADD":
        for one in rest[1:]:
            for at, table in enumerate(tables):
                table.setdefault(one[4 * at : 4 * at + 4], set()).add(len(items))
            items.append(int(one, 16))
        print("=", len(items), flush=True)
    else:
        found = []
        for number, one in enumerate(rest[1:]):
            near = [t.get(one[4 * at : 4 * at + 4], ()) for at, t in enumerate(tables)]
            near = [n for n in set().union(*near) if (items[n] ^ int(one, 16)).bit_count() <= 32]
            found.append(",".join(map(str, near)) if near and number % every == 0 else "-")
        time.sleep(max(0.0, seconds - (time.perf_counter() - began)))
        taken.append(time.perf_counter() - began)
        with open(log, "w") as file:
            json.dump(taken, file)
        print("=", *found, flush=True)
"""


def bench(folder: Path, **programs: tuple[str, float, int]) -> Path:
    """A bench of real programs by role: the model that they tell, seconds for a line, and of how
    many queries they answer one."""
    text = 'name = "real"\nrig = "query_speed"\non_power_return = "abort"\n'
    for role, (model, seconds, every) in programs.items():
        log = str(folder / f"{role}.json")
        words = ("-X", "utf8", "-c", PROGRAM, model, str(seconds), str(every), log)
        address = f"process://{sys.executable}?" + urlencode([("arg", one) for one in words])
        text += f'[roles.{role}]\ndriver = "cut1.index"\naddress = {json.dumps(address)}\n'
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, **programs: tuple[str, float, int]) -> tuple[Evidence, Verdict]:
    """What a run on real programs comes to; one round of orders, six blocks, will do."""
    seen: list[Evidence] = []
    request = RunRequest(
        ("7.3-04",),
        (load().get("7.3-04"),),
        default(),
        folder / "runs",
        bench=bench(folder, **programs),
        virtual=False,
        sample="index-1",
        draws=1000,
        on_evidence=lambda told: seen.append(told.evidence),
    )
    [item] = execute(request).items
    assert item.error is None, item.error
    return seen[0], item.verdict


@pytest.fixture(autouse=True)
def _one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "ROUNDS", 1)


def test_the_ratio_that_the_programs_know_is_told(tmp_path: Path) -> None:
    """Lines of tenths of a second, since a crowded host wakes a program some 10 ms late; programs
    sleep, so that it costs nothing."""
    evidence, verdict = run(
        tmp_path,
        system=("quick", 0.1, 1),
        spyglass=("slow", 0.3, 1),
        smartstore=("slower", 0.4, 1),
    )
    assert not verdict.simulated
    assert str(verdict.outcome) == "FAIL"
    own = {
        role: np.array(json.loads((tmp_path / f"{role}.json").read_text(encoding="utf-8")))[1:]
        for role in ("system", "spyglass", "smartstore")
    }
    for role in ("spyglass", "smartstore"):
        told = evidence.results[f"speedup_over_{role}"]
        assert isinstance(told, Figure)
        true = float(np.median(own[role] / own["system"]))
        assert told.low <= true * 1.1 and true * 0.9 <= told.high
        assert told.value == pytest.approx(true, rel=0.3)


def test_a_system_that_leaves_answers_out_gets_no_pass(tmp_path: Path) -> None:
    evidence, verdict = run(
        tmp_path,
        system=("quick", 0.0, 2),
        spyglass=("slow", 0.02, 1),
        smartstore=("slow", 0.02, 1),
    )
    assert not evidence.results
    assert str(verdict.outcome) == "INVALID"
    reasons = " ".join(verdict.reasons)
    assert "compare at equal answers" in reasons
    assert "one and the same" in reasons
