"""Step files for tests, in the form that aurora-unicycler writes for BTS 8.0."""

from __future__ import annotations

from pathlib import Path

ROOT = "root"
"""The element around a step file."""


def main(**limits: float) -> str:
    """The main limits of a step: currents in mA, voltages in 0.1 mV, times in ms."""
    rows = "".join(f'<{name} Value="{value:f}"/>' for name, value in limits.items())
    return f"<Limit><Main>{rows}</Main></Limit>"


def cycle(first: int, count: int) -> str:
    """The limits of a cycle step."""
    return (
        f'<Limit><Other><Start_Step Value="{first}"/><Cycle_Count Value="{count}"/></Other></Limit>'
    )


def step_file(*steps: tuple[int, str], record: float = 60.0, protect: str = "") -> str:
    """A step file of (type, limits); `record` in s between two points."""
    rows = "".join(
        f'<Step{number} Step_ID="{number}" Step_Type="{kind}">{limits}</Step{number}>'
        for number, (kind, limits) in enumerate([*steps, (6, "")], 1)
    )
    return (
        '<?xml version="1.0" ?>'
        f"<{ROOT}>"
        '<config type="Step File" version="17"><Whole_Prt>'
        f"<Protect><Main>{protect}</Main></Protect>"
        f'<Record><Main><Time Value="{1000 * record:f}"/></Main></Record></Whole_Prt>'
        f'<Step_Info Num="{len(steps) + 1}">{rows}</Step_Info></config></{ROOT}>'
    )


REST = (4, main(Time=60e3))
CHARGE = (1, main(Curr=2500.0, Stop_Volt=42000.0))
HOLD = (3, main(Curr=2500.0, Volt=42000.0, Stop_Curr=125.0))
DISCHARGE = (2, main(Curr=2500.0, Stop_Volt=30000.0))
CCCV = (7, main(Curr=1250.0, Volt=42000.0, Stop_Curr=125.0))


def saved(folder: Path, text: str) -> str:
    """The path of a step file with `text`."""
    path = folder / "program.xml"
    path.write_text(text, encoding="utf-8")
    return str(path)
