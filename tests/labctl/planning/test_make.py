"""Plans on a bench of one meter: what is predicted, and what stands in the way."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labctl import clock
from labctl.agreement import default
from labctl.discovery import Bound
from labctl.errors import BenchError, Defect, LimitRefused, UsageError
from labctl.evidence import Evidence, Observed
from labctl.indicator import Condition, Criterion
from labctl.labs import LABCTL_API, Lab
from labctl.planning.answers import Answer
from labctl.planning.document import FORMAT, RunPlan
from labctl.planning.make import PlanRequest, make_plan
from labctl.quantity import Quantity
from labctl.rehearsing import Guard, StandIn
from labctl.run import Run
from labctl.words import said
from tests.labctl.fakelab import ADDRESS, FakeLab, OhmRig, Watcher, measure
from tests.labctl.planning.rehearsed import INDICATOR, RehearsedLab, due


def reasons(plan: RunPlan) -> list[str]:
    return [said(words) for words in plan.items[0].reasons]


def test_a_plan_tells_u_time_steps_disk_and_who_is_asked() -> None:
    plan = RehearsedLab().plan(rehearsals=2)
    item, row = plan.items[0], plan.items[0].rows[0]
    assert (plan.format, plan.answer, item.answer) == (FORMAT, *[Answer.ATTAINABLE] * 2)
    assert (row.expected, row.margin, row.U) == (120.0, 20.0, pytest.approx(0.02))
    assert row.outcomes == ("PASS", "PASS")
    assert [(s.name, s.exposure) for s in item.steps] == [("burst", False), ("hour", True)]
    assert item.steps[1].length == pytest.approx(3600.0, abs=1.0)
    assert item.duration == plan.duration == pytest.approx(3600.0, abs=2.0)
    assert [(p.name, p.kind, p.at) for p in item.prompts] == [("medium", "declare", 0.0)]
    assert item.disk.attachments == len(repr([120.0] * 10))
    assert item.disk.journal > 20_000
    assert (item.used, plan.used_unknown) == (None, ("1.1-90",))
    assert [(c.name, c.state) for c in item.conditions] == [
        ("duration", "held"),
        ("medium", "held"),
    ]
    assert item.bench == plan.benches[0].name == "ohm"


def test_the_document_is_plain_and_comes_back_as_it_was() -> None:
    plan = RehearsedLab(fields=due(clock.wall().date())).plan()
    document = json.loads(json.dumps(plan.as_dict()))
    again = msgspec.convert(document, RunPlan)
    assert again.as_dict() == plan.as_dict()
    assert all(isinstance(words, str) for item in document["items"] for words in item["reasons"])


def test_the_sheet_of_the_sample_goes_to_the_rehearsal_and_saves_a_question(tmp_path: Path) -> None:
    sheet = tmp_path / "r.toml"
    sheet.write_text('id = "R-9"\nkind = "resistor"\naspects = {medium = "air"}\n', "utf-8")
    lab = RehearsedLab()
    plan = lab.plan(sample=str(sheet), bench=tmp_path / "ohm.toml")
    bench, rig, given = lab.asked[0]
    assert (bench, rig) == (tmp_path / "ohm.toml", OhmRig)
    assert given is not None and given.id == "R-9"
    assert plan.items[0].prompts == ()


def test_a_device_close_to_the_limit_is_at_risk(tmp_path: Path) -> None:
    truth = tmp_path / "truth.toml"
    truth.write_text("resistance = 100.02\n", "utf-8")
    plan = RehearsedLab().plan(dut=str(truth))
    row = plan.items[0].rows[0]
    assert (row.answer, plan.answer, plan.dut) == (Answer.AT_RISK, Answer.AT_RISK, "file")
    assert row.accept_low == pytest.approx(100.02)
    assert 0.05 < (row.p_pass or 0.0) < 0.95


def test_an_error_is_named_with_its_role_and_the_address_on_the_real_bench() -> None:
    refused = LimitRefused("current 1 A is outside -0.2..0.2 A", address=ADDRESS, command="CURR 1")
    plan = RehearsedLab(FakeLab(fault=refused)).plan(rehearsals=2)
    item = plan.items[0]
    assert item.answer is Answer.NOT_ATTAINABLE
    assert item.error is not None
    assert {name: item.error[name] for name in ("kind", "role", "address", "command")} == {
        "kind": "limit",
        "role": "meter",
        "address": "visa://GPIB::7",
        "command": "CURR 1",
    }
    assert reasons(plan) == [
        "2 of 2 rehearsals ended with an error: current 1 A is outside -0.2..0.2 A; role meter"
    ]
    assert item.duration is None


def test_what_only_some_rehearsals_come_to_is_a_risk() -> None:
    lab = RehearsedLab()

    async def unsteady(run: Run, rig: OhmRig) -> Evidence:
        if run.seed == 2:
            raise LimitRefused("beyond", address=ADDRESS)
        return await measure(run, rig)

    lab.procedure = unsteady
    plan = lab.plan(rehearsals=2)
    assert plan.answer is Answer.AT_RISK
    assert reasons(plan) == ["1 of 2 rehearsals ended with an error: beyond; role meter"]


def test_a_defect_of_ours_is_no_prediction() -> None:
    async def broken(run: Run, rig: OhmRig) -> Evidence:
        raise ZeroDivisionError

    with pytest.raises(Defect):
        RehearsedLab(procedure=broken).plan()


def test_a_condition_that_is_not_agreed_is_still_to_be_agreed() -> None:
    zero = Condition(quantity="offset_voltage", value=0.0, unit="V")
    open_point = msgspec.structs.replace(INDICATOR, conditions=(*INDICATOR.conditions, zero))

    async def observed(run: Run, rig: OhmRig) -> Evidence:
        run.observe(Observed("offset_voltage", 0.0, "V", 0.001, 0.0, 0.0))
        return await measure(run, rig)

    plan = RehearsedLab(procedure=observed).plan(open_point)
    assert plan.answer is Answer.NOT_ATTAINABLE
    assert plan.items[0].to_agree == ("offset_voltage: a zero set point needs an agreed tolerance",)
    assert reasons(plan) == []


def test_a_statistic_that_the_text_leaves_open_is_to_be_agreed() -> None:
    row = Criterion(quantity="resistance", op=">=", value=100.0, unit="ohm", over="contacts")
    plan = RehearsedLab().plan(msgspec.structs.replace(INDICATOR, criteria=(row,)))
    told = said(plan.items[0].to_agree[0])
    assert "resistance" in told and "contacts" in told


def test_a_condition_that_is_not_held_is_named() -> None:
    lab = RehearsedLab(FakeLab(aspects={"medium": "oil"}))
    plan = lab.plan()
    assert plan.answer is Answer.NOT_ATTAINABLE
    assert reasons(plan) == ["medium: declared was 'oil', asked for 'air'"]


@pytest.mark.parametrize(
    ("days", "state", "answer"),
    [(-1, "ended", Answer.AT_RISK), (2, "lasts", Answer.ATTAINABLE)],
)
def test_certificates_are_followed_through_the_run(days: int, state: str, answer: Answer) -> None:
    day = clock.wall().date() + timedelta(days=days)
    plan = RehearsedLab(fields=due(day)).plan()
    assert [(c.of, c.number, c.state) for c in plan.benches[0].certificates] == [
        ("meter", "C-1", state)
    ]
    assert plan.answer is answer
    assert any(day.isoformat() in why for why in reasons(plan)) == (state == "ended")


def test_what_stands_in_for_an_instrument_keeps_a_plan_at_risk() -> None:
    stand_in = StandIn("meter", "acme.r9", "fake.r1", "there is no emulator of this model")
    plan = RehearsedLab(fields={"stand_ins": (stand_in,)}).plan()
    assert plan.answer is Answer.AT_RISK
    assert reasons(plan) == ["meter: rehearsed with fake.r1 instead of acme.r9"]


@pytest.mark.parametrize(("name", "answer"), [("", "not attainable"), ("K1", "attainable")])
def test_a_hazardous_bench_needs_a_hardware_interlock(name: str, answer: str) -> None:
    fields = {"hazardous": True, "hardware_interlock": name, "guards": (Guard("door", "trip"),)}
    plan = RehearsedLab(fields=fields).plan()
    assert plan.answer == answer
    assert plan.benches[0].guards[0].name == "door"


def test_items_stand_one_behind_the_other_and_their_sums_are_told() -> None:
    second = msgspec.structs.replace(INDICATOR, id="1.1-91")
    lab = RehearsedLab()
    lab.fields = {"used": (used := [])}

    async def counted(run: Run, rig: OhmRig) -> Evidence:
        used.append({"contacts": Quantity(5.0, "cyc")})
        return await measure(run, rig)

    lab.procedure = counted
    plan = lab.plan(INDICATOR, second)
    assert plan.items[1].begin == plan.items[0].duration
    assert plan.duration == pytest.approx(2 * (plan.items[0].duration or 0.0))
    assert plan.used == {"contacts": Quantity(10.0, "cyc")}
    assert plan.disk.journal == sum(item.disk.journal for item in plan.items)
    assert len(plan.benches) == len(lab.asked) == 1


def test_what_cannot_be_rehearsed_says_why() -> None:
    paper = msgspec.structs.replace(INDICATOR, id="1.1-92", evidence="document")
    lab = RehearsedLab()
    request = PlanRequest(("1.1",), (INDICATOR, paper), default(), rehearsals=1)
    plan = make_plan(request, lambda one: lab.resolve(one) if one is paper else None)
    assert [item.answer for item in plan.items] == [Answer.NOT_ATTAINABLE, Answer.BY_DOCUMENTS]
    assert [said(item.reasons[0]) for item in plan.items] == [
        "it has no procedure",
        "it is shown by documents: nothing is measured",
    ]
    assert lab.lab.asked == []


def test_a_lab_that_cannot_rehearse_is_a_bench_error() -> None:
    lab = RehearsedLab()

    def resolve(indicator: Any) -> Any:
        bound = lab.resolve(indicator)
        return Bound(bound.procedure, Lab("old", LABCTL_API, {}, lab.lab.open))

    request = PlanRequest(("1.1",), (INDICATOR,), default(), rehearsals=1)
    with pytest.raises(BenchError, match="old"):
        make_plan(request, resolve)


@pytest.mark.parametrize("changes", [{"dut": "failing"}, {"rehearsals": 0}])
def test_what_cannot_be_planned_is_a_usage_error(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        RehearsedLab().plan(**changes)


def test_progress_goes_over_all_rehearsals_of_all_items() -> None:
    watcher = Watcher()
    second = msgspec.structs.replace(INDICATOR, id="1.1-91")
    RehearsedLab().plan(INDICATOR, second, rehearsals=2, on_progress=watcher)
    places = [(one.index, one.done) for one in watcher.seen]
    assert places == sorted(places)
    assert (places[0], places[-1]) == ((0, 0.0), (1, 1.0))
    assert {one.count for one in watcher.seen} == {2}
    assert "PASS" not in {one.text for one in watcher.seen}
