"""A job on the lab of the tests: one resistance meter, 120 ohm where nominal, 80 where failing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from labctl.ci.moments import LASTING, drawn, named, places
from labctl.ci.trial import Job, Tried, carried
from labctl.discovery import Bound
from labctl.errors import BenchError, UsageError
from labctl.evidence import Evidence, Figure
from labctl.indicator import Indicator
from labctl.run import Run
from labctl.runfile import open_run
from labctl.testing.measuring import Device, measured
from labctl.testing.offered import Offered
from labctl.testing.standing import Standing
from tests.labctl.fakelab import INDICATOR, FakeLab, OhmRig, fault, measure, observed_duration

OFFERED = (Offered("meter", "silence"), Offered("meter", "delay", {"seconds": 0.5}))
ENDLESS = Offered("meter", "reboot", {"seconds": 5.0})


async def blind(run: Run, rig: OhmRig) -> Evidence:
    """Says 150 ohm whatever it reads."""
    run.observe(observed_duration(run.set_point("duration", "s")))
    return run.evidence({"resistance": Figure(150.0, "ohm", 0.1, 149.8, 150.2)}, how="a guess")


def done(lab: FakeLab, keep: Path, function: object = measure, **more: object) -> list[Tried]:
    job = Job(**{
        "indicators": (INDICATOR,),
        "dut": "nominal",
        "seed": 1,
        "keep": str(keep),
        **more,
    })  # type: ignore[arg-type]
    bound = lab.bound(function)
    offering = replace(bound, lab=replace(bound.lab, faults=lambda *_, **__: OFFERED))
    return carried(job, lambda indicator: offering)


@pytest.mark.parametrize(("dut", "outcome"), [("nominal", "PASS"), ("failing", "FAIL")])
def test_a_device_that_is_found_right(tmp_path: Path, dut: str, outcome: str) -> None:
    [one] = done(FakeLab(), tmp_path, dut=dut)
    assert (one.standing, one.outcome, one.kept) == (Standing.RIGHT, outcome, ())
    assert one.laboratory == pytest.approx(3600.0, rel=0.01)
    assert one.margin == pytest.approx(1000.0, rel=1e-3)
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_is_kept_with_its_trace(tmp_path: Path) -> None:
    [one] = done(FakeLab(), tmp_path, blind, dut="failing")
    assert (one.standing, one.why) == (Standing.WRONG, "PASS")
    [path] = one.kept
    assert open_run(Path(path)).items[0].id == INDICATOR.id
    assert (tmp_path / Path(path).name).is_dir()


def test_an_error_is_told_with_its_address(tmp_path: Path) -> None:
    [one] = done(FakeLab(fault=fault()), tmp_path, faults=2)
    assert one.standing is Standing.ERROR
    assert one.why.startswith("instrument: ") and "fake://meter" in one.why
    assert one.error is not None and len(one.kept) == 1


def test_many_items_of_one_run(tmp_path: Path) -> None:
    many = tuple(msgspec.structs.replace(INDICATOR, id=f"1.1-{n}") for n in (90, 91, 92))
    found = done(FakeLab(), tmp_path, indicators=many, faults=3)
    assert [(one.id, one.standing, one.fault) for one in found] == [
        (id, Standing.RIGHT, "") for id in ("1.1-90", "1.1-91", "1.1-92")
    ]


def test_faults_come_with_their_line(tmp_path: Path) -> None:
    plain, *faulted = done(FakeLab(), tmp_path, faults=3, seed=5)
    assert not plain.fault
    assert len({one.fault for one in faulted}) == len(faulted) == 3
    assert {one.fault.partition("@")[0] for one in faulted} <= {"meter:silence", "meter:delay"}
    for one in faulted:
        # This lab's bench does not know of faults: nothing happens to it.
        assert (one.came, one.standing, one.outcome) == ("the same", Standing.RIGHT, "PASS")
        [again] = done(FakeLab(), tmp_path, seed=5, fault=one.fault)
        assert (again.fault, again.lasted) == (one.fault, one.lasted)
    assert faulted[0].again.startswith("labctl ci --only 1.1-90 --seed 5 --dut nominal --fault ")


def test_a_lab_without_faults_has_none(tmp_path: Path) -> None:
    lab = FakeLab()
    job = Job((INDICATOR,), "nominal", 1, str(tmp_path), faults=2)
    assert len(carried(job, lambda _: lab.bound(measure))) == 1


def run_of(tmp_path: Path) -> Path:
    bound = FakeLab().bound(measure)

    def resolve(indicator: Indicator) -> Bound:
        return bound

    return measured([INDICATOR], Device(), tmp_path, resolve=resolve).path


def test_places_are_steps_and_the_roles_read_in_them(tmp_path: Path) -> None:
    found = places(run_of(tmp_path), {"meter", "lamp"})
    assert [place[:3] for place in found] == [
        ("burst", "meter", 10),
        ("hour", "meter", 61),
        ("burst", "lamp", 0),
        ("hour", "lamp", 0),
    ]
    assert found[1].finished - found[1].begun == pytest.approx(3600.0, rel=1e-3)
    assert found[3][3:] == found[1][3:]


def test_a_fault_begins_before_a_reading_of_its_step(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    record = open_run(run).items[0]
    steps = {step.name: step for step in record.steps}
    seen: set[str] = set()
    for number in range(20):
        key = f"{number}/1.1-90/nominal"
        one = drawn(run, (*OFFERED, ENDLESS), key, 0)
        assert one is not None
        step = steps[one.name.partition("@")[2]]
        assert step.begun - 0.5 <= one.table["after"] <= (step.finished or 0.0)
        again = named(run, (*OFFERED, ENDLESS), one.name, key)
        assert again == one
        seen.add(one.lasts)
        if one.lasts in LASTING:
            assert one.table.get("lasting") == LASTING[one.lasts]
    assert seen == {*LASTING, "5 s without power"}
    assert drawn(run, (), "1", 0) is None


def test_a_role_without_readings_gets_a_fault_anywhere_in_a_step(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    for number in range(10):
        one = drawn(run, (Offered("lamp", "silence"),), f"{number}", 0)
        assert one is not None and one.lasts in ("for 30 s", "for good")
        assert -0.5 <= one.table["after"] <= 3601.0
        assert one == named(run, (Offered("lamp", "silence"),), one.name, f"{number}")


def fails(offered: Sequence[Offered], run: Path, name: str) -> str:
    with pytest.raises(UsageError) as raised:
        named(run, offered, name, "1")
    return f"{raised.value.message}; {raised.value.remedy}"


def test_what_is_no_fault_of_the_bench_is_told_with_those_there_are(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    assert "meter:silence, meter:delay" in fails(OFFERED, run, "meter:explode@burst")
    assert "one of none" in fails((), run, "meter:silence@burst")
    assert "burst, hour" in fails(OFFERED, run, "meter:silence@brust")


def test_a_broken_bench_is_the_items_error(tmp_path: Path) -> None:
    lab = FakeLab(fault=None)

    async def closed(*_: object, **__: object) -> object:
        raise BenchError("no such bench", remedy="name one")

    bound = replace(lab.bound(measure), lab=replace(lab.bound(measure).lab, open_bench=closed))  # type: ignore[arg-type]
    [one] = carried(Job((INDICATOR,), "nominal", 1, str(tmp_path), 1), lambda _: bound)
    assert (one.standing, one.why) == (Standing.ERROR, "bench: no such bench")
