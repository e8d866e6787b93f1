"""Who answers in tests: people with what they say, and a lab whose procedure asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labctl.asking.prompts import (
    Answer,
    BarcodePrompt,
    ChoicePrompt,
    ConfirmPrompt,
    FilePrompt,
    NumberPrompt,
    Prompt,
    TextPrompt,
)
from labctl.desk import LocalDesk
from labctl.engine import Resolve, execute
from labctl.evidence import Evidence, Figure
from labctl.requests import RunOutcome
from labctl.run import Run
from tests.labctl.fakelab import FakeLab, OhmRig, observed_duration, request

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@dataclass
class Person(LocalDesk):
    """Sits at the desk and says one thing after the other; keeps what was asked."""

    says: list[str | Answer] = field(default_factory=list[str | Answer])
    who: str = "Ann"
    asked: list[Prompt] = field(default_factory=list[Prompt])
    notices: list[Any] = field(default_factory=list[Any])

    def __post_init__(self) -> None:
        super().__init__()

    def notice(self, notice: Any) -> None:
        self.notices.append(notice)

    async def ask(self, prompt: Prompt) -> Answer:
        self.asked.append(prompt)
        said = self.says.pop(0)
        return said if isinstance(said, Answer) else Answer(said, self.who)


def every_kind(folder: Path) -> dict[str, Any]:
    """A prompt of each kind by name."""
    (folder / "photo.png").write_bytes(PNG)
    return {
        "remark": TextPrompt("remark", "Remarks", simulated="none"),
        "width": NumberPrompt(
            "width", "Width", unit="mm", low=1.0, high=20.0, u=0.05, simulated="0.6 cm"
        ),
        "colour": ChoicePrompt("colour", "Colour", options=("clear", "brown"), simulated="1"),
        "code": BarcodePrompt("code", "Code", check="gtin", simulated="4006381333931"),
        "photo": FilePrompt("photo", "Photo", photo=True, simulated=str(folder / "photo.png")),
        "door": ConfirmPrompt("door", "The door is locked", simulated="yes"),
    }


def asking(prompts: dict[str, Any], seen: dict[str, Any]) -> Callable[..., Any]:
    """A procedure that takes a reading and asks `prompts`; the resistance is 20 ohm per mm of
    the width that it was told. What it was told is put into `seen`."""

    async def ask(run: Run, rig: OhmRig) -> Evidence:
        async def read() -> float:
            reading = await rig.meter.read()
            await run.record("resistance", reading)
            return reading.value

        await run.step("read", read, float)
        for name, prompt in prompts.items():
            seen[name] = await run.ask(prompt)
        run.observe(observed_duration(3600.0))
        value = 20.0 * (seen["width"].value if "width" in seen else 6.0)
        figure = Figure(value, "ohm", 0.01, value - 0.02, value + 0.02)
        return run.evidence({"resistance": figure}, how="told")

    return ask


def told(
    runs: Path, prompts: dict[str, Any], lab: FakeLab | None = None, **more: Any
) -> tuple[RunOutcome, dict[str, Any], Resolve]:
    """A run of the procedure: what it came to, what it was told, and how its procedure is found."""
    seen: dict[str, Any] = {}
    lab = lab or FakeLab()

    def resolve(indicator: object) -> Any:
        return lab.bound(asking(prompts, seen))

    return execute(request(runs, **more), resolve), seen, resolve
