"""Plans to show, made by hand."""

from __future__ import annotations

from typing import Any

from labctl.planning.answers import Answer
from labctl.planning.document import (
    BenchPlan,
    CertificatePlan,
    Disk,
    ItemPlan,
    Part,
    PromptPlan,
    RowPlan,
    RunPlan,
    StepPlan,
)
from labctl.quantity import Quantity
from labctl.rehearsing import Guard, StandIn
from labctl.words import Text

ROW = RowPlan(
    key="power_conversion_efficiency",
    quantity="power_conversion_efficiency",
    op=">=",
    answer=Answer.AT_RISK,
    unit="%",
    limit=20.0,
    expected=20.5,
    u=0.3,
    U=0.6,
    U_low=0.55,
    k=2.0,
    margin=0.5,
    ratio=0.5 / 0.6,
    accept_low=20.6,
    p_pass=0.37,
    outcomes=("PASS", "CONDITIONAL PASS"),
    parts=(Part("reference_cell/responsivity", 0.24, 0.64), Part("sample/area", 0.18, 0.36)),
)

STEPS = (
    StepPlan("iv/warm-up", 0.0, 900.0),
    StepPlan("soak/exposure", 900.0, 3600.0, True, 12),
    StepPlan("after", 4500.0, 60.0),
)

ITEM = ItemPlan(
    id="1.1-03",
    name_en="power conversion efficiency",
    name_zh="光电转换效率",
    evidence="measured",
    answer=Answer.AT_RISK,
    reasons=(
        Text(
            "{role}: rehearsed with {by} instead of {driver}",
            {"role": "lamp", "by": "llp.sol1", "driver": "acme.sun"},
        ),
    ),
    to_agree=("temperature: a zero set point needs an agreed tolerance",),
    procedure="procedures.x",
    bench="pv-lab-1",
    rows=(ROW,),
    duration=4560.0,
    steps=STEPS,
    prompts=(PromptPlan("exposure", "declare", "continuous illumination"),),
    disk=Disk(660_000, 1_000),
    used={"lamp_hours": Quantity(1.26, "h")},
    rehearsals=2,
    left_out=("angle and divergence of the light",),
)

BENCH = BenchPlan(
    name="pv-lab-1",
    path="pv.toml",
    sha256="0" * 64,
    real=True,
    stand_ins=(StandIn("lamp", "acme.sun", "llp.sol1", "there is no emulator of this model"),),
    guards=(Guard("door", "trip"),),
    hardware_interlock="K1",
    certificates=(
        CertificatePlan(
            of="reference_cell", number="C-1", state="ends", due="2026-12-20", item="1.1-03"
        ),
        CertificatePlan(of="lamp", number="", state="unknown"),
    ),
)


def plan(*items: ItemPlan, **changes: Any) -> RunPlan:
    """A plan of `items`, or of one."""
    fields: dict[str, Any] = {
        "answer": Answer.AT_RISK,
        "targets": ("1.1-03",),
        "made": "2026-11-23T00:00:00+00:00",
        "labctl": "0",
        "rule": "non-binary",
        "agreement": "0" * 64,
        "dut": "nominal",
        "seed": 1,
        "rehearsals": 2,
        "benches": (BENCH,),
        "items": items or (ITEM,),
        "duration": 4560.0,
        "disk": Disk(660_000, 1_000),
        "used": {"lamp_hours": Quantity(1.26, "h")},
        "used_unknown": ("1.1-04",),
    }
    return RunPlan(**{**fields, **changes})
