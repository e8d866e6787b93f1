"""A driver on its transcript: what is sent, what comes of it, and every way to differ from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest

from drivers.conformance.replaying import follows, lacking
from drivers.conformance.transcripts import Golden
from labctl.errors import InstrumentError, LimitRefused

FILE = """
[scene.read]
do = [{{ call = "read", times = 2 }}]
{outcome}
exchange = [{{ send = "A?", answer = "1.5" }}, {{ send = "A?", answer = "2.5" }}]
"""


class Meter:
    """Reads a number a few times; `spoilt` says how it differs from its transcript."""

    settings = None
    limit_units: ClassVar[dict[str, str]] = {}

    def __init__(self, spoilt: str, link: Any) -> None:
        self._spoilt, self._link = spoilt, link

    async def read(self, times: int) -> dict[str, Any]:
        if self._spoilt == "refuses":
            raise LimitRefused("too often", address="visa://here")
        count = {"lazy": times - 1, "eager": times + 1}.get(self._spoilt, times)
        command = "B?" if self._spoilt == "another command" else "A?"
        values = [float(await self._link.query(command)) for _ in range(count)]
        if self._spoilt == "raises":
            raise InstrumentError("overload", address="visa://here")
        return {"values": values, "unit": "V"}


def findings(folder: Path, spoilt: str, outcome: str = "gives = { values = [1.5, 2.5] }"):
    path = folder / "acme" / "k1.toml"
    path.parent.mkdir(parents=True)
    path.write_text(FILE.format(outcome=outcome), encoding="utf-8")
    (scene,) = Golden(folder).scenes("acme.k1")

    def kind(link: Any, limits: Any) -> Any:
        return Meter(spoilt, link)

    return list(follows(scene, kind))  # type: ignore[arg-type]


def test_a_driver_that_follows(tmp_path: Path) -> None:
    assert not findings(tmp_path, "")


def test_a_driver_that_raises_what_it_must(tmp_path: Path) -> None:
    assert not findings(tmp_path, "raises", 'raises = "InstrumentError"')


@pytest.mark.parametrize(
    ("spoilt", "outcome", "text"),
    [
        ("lazy", "", "did not ask for all"),
        ("eager", "", "after the transcript's end"),
        ("another command", "", "'B?' was sent, the transcript has 'A?'"),
        ("raises", "", "it raised InstrumentError: overload"),
        ("", 'raises = "InstrumentError"', "it raised no InstrumentError"),
        ("refuses", 'raises = "InstrumentError"', "it raised LimitRefused, not InstrumentError"),
        ("", "gives = { values = [1.5, 2.6] }", "values[1] is 2.5, not 2.6"),
        ("", "gives = { colour = 1 }", "the answer has no colour"),
    ],
)
def test_a_driver_that_differs(spoilt: str, outcome: str, text: str, tmp_path: Path) -> None:
    assert any(text in finding for finding in findings(tmp_path, spoilt, outcome))


def test_parts_of_an_answer() -> None:
    assert not list(lacking({"a": (1.0, 2.0), "b": "x"}, {"a": [1.0, 2.0 + 1e-12]}))
    assert list(lacking([1.0], [1.0, 2.0])) == ["the answer is [1.0], not 2 values"]
    assert list(lacking("1.0", 1.0)) == ["the answer is '1.0', not 1.0"]
