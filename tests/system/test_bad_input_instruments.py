"""An instrument that answers garbage, nothing, half a line or as another one; a line that is cut.

The item is INCOMPLETE with an error that says what was asked and answered, the other instruments
are made safe, and what was recorded before can be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.runfile import ItemRecord, RunRecord, open_run
from labctl.verdict import Outcome
from sim_backends.faults import Disconnect, Fault, Garble, Replace, Silence, Truncate
from tests.runcheck import check_run
from tests.system.photovoltaic_bench import FEW, Benches, energy, measured, watch

IDENTITIES = {
    "source_meter": (b"2450", b"2461"),
    "reference_meter": (b"DMM6500", b"DMM7510"),
    "lamp": (b"LLP-SOL1", b"LLP-SOL2"),
    "bender": (b"LLP-BEND1", b"LLP-BEND9"),
    "chuck": (b"\x32\x60", b"\x24\x60"),
}
"""By role: how its model stands in its answer, and how another one's would."""

SCHEMES = {"source_meter": "visa", "reference_meter": "visa", "chuck": "modbus+rtu"}

FIRST = {"source_meter": "*IDN?", "reference_meter": "*IDN?", "chuck": "read"}
"""By role, how the first question begins; of the others it is `ID?`."""


def spoilt(
    tmp_path: Path, benches: Benches, item: str, role: str, fault: Fault
) -> tuple[dict[str, str], RunRecord]:
    """The error of a run of `item` with `fault` in the answers of `role`, and its record."""
    benches.faults = {role: [fault]}
    outcome = measured(tmp_path / "runs", item, draws=FEW)
    [done] = outcome.items
    assert done.verdict.outcome is Outcome.INCOMPLETE
    assert done.exit_code == 3
    assert done.error is not None
    assert check_run(outcome.path) == ()
    return done.error, open_run(outcome.path)


@pytest.fixture
def benches(monkeypatch: pytest.MonkeyPatch) -> Benches:
    return watch(monkeypatch)


def assert_names(error: dict[str, str], role: str) -> None:
    """The error says which instrument at which address was asked what."""
    assert error["address"].startswith(f"{SCHEMES.get(role, 'serial')}:")
    assert f"while identifying {role}" in error["message"]
    assert error["command"].startswith(FIRST.get(role, "ID?"))


@pytest.mark.parametrize("role", IDENTITIES)
def test_garbage_for_an_identity(tmp_path: Path, benches: Benches, role: str) -> None:
    error, run = spoilt(tmp_path, benches, "1.1-03", role, Garble(times=None))
    assert_names(error, role)
    assert error["kind"] == ("instrument" if SCHEMES.get(role) == "visa" else "link")
    # A frame with a wrong check is no answer on Modbus: the library drops it.
    assert bool(error["answer"]) == (role != "chuck")
    assert run.items[0].instruments == ()


@pytest.mark.parametrize("role", IDENTITIES)
def test_no_answer(tmp_path: Path, benches: Benches, role: str) -> None:
    error, _ = spoilt(tmp_path, benches, "1.1-03", role, Silence(times=None))
    assert_names(error, role)
    assert (error["kind"], error["answer"]) == ("link", "")
    assert "answer within" in error["message"]
    assert "check" in error["remedy"]


@pytest.mark.parametrize("role", IDENTITIES)
def test_half_a_line(tmp_path: Path, benches: Benches, role: str) -> None:
    error, _ = spoilt(tmp_path, benches, "1.1-03", role, Truncate(times=None, keep=3))
    assert_names(error, role)
    assert error["kind"] == "link"
    assert "answer within" in error["message"]
    assert error["remedy"]


@pytest.mark.parametrize("role", IDENTITIES)
def test_another_instrument_answers(tmp_path: Path, benches: Benches, role: str) -> None:
    old, new = IDENTITIES[role]
    error, _ = spoilt(tmp_path, benches, "1.1-03", role, Replace(old=old, new=new))
    assert_names(error, role)
    assert error["kind"] == "instrument"
    assert (new.decode("latin-1") if role != "chuck" else "2460") in error["answer"]
    assert "correct the address or the driver" in error["remedy"]
    assert not any(energy(benches).values())


CUTS = {
    "source_meter": ("1.1-03", 60, "iv/reverse/reference", 3),
    "reference_meter": ("1.1-03", 45, "iv/reverse/voltage", 101),
    "lamp": ("1.1-03", 86, "iv/forward/voltage", 101),
    "chuck": ("1.1-03", 115, "iv/reverse/voltage", 101),
    "bender": ("1.1-05", 30, "bending/radius", 10),
}
"""By role: item, answer instead of which the line is cut, and what was read before: at least so
many readings of a channel."""


@pytest.mark.parametrize("role", CUTS)
def test_a_line_cut_in_mid_run(tmp_path: Path, benches: Benches, role: str) -> None:
    item, at, channel, least = CUTS[role]
    cut = Disconnect(at=at, times=None)
    error, run = spoilt(tmp_path, benches, item, role, cut)
    assert error["kind"] == "link"
    assert role in error["address"] or role == "chuck"
    assert error["command"] or "cannot be opened" in error["message"]
    assert "the bench was not left in order" in error["message"], "that role could not be reached"
    assert_others_are_safe(benches, role)
    assert_recorded(run, run.items[0], channel, least)


def assert_others_are_safe(benches: Benches, lost: str) -> None:
    """Outputs off, light out, nothing moves or heats; of the lost role nothing is known."""
    left = energy(benches)
    left.pop(lost, None)
    assert not any(left.values()), left


def assert_recorded(run: RunRecord, item: ItemRecord, channel: str, least: int) -> None:
    """Steps that were done and readings that were taken are in the journal."""
    assert any(step.finished is not None for step in item.steps)
    assert len(run.readings(item.id, channel)) >= least
    assert [event.kind for event in item.events if event.kind == "not safe"] == ["not safe"]
    assert item.evidence is None
    assert item.verdict is not None
