"""Golden transcripts: each model's exchanges replayed against its driver and its emulator.

Found from the folder. The driver must send every command byte for byte and make of the answers
what the scene says; the emulator must answer the same commands in the same form.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from operator import methodcaller
from pathlib import Path
from typing import Any

import msgspec
import pytest

import labctl.errors
from drivers.registry import load_driver
from tests.drivers.scripted import ScriptedMessages, ScriptedRegisters, run
from tests.drivers.scripted_bytes import Script, ScriptedAttributes, ScriptedBytes
from tests.golden.transcripts import Scene, load, models, scenes

QUALITY = Path(__file__).parents[2] / "drivers" / "quality.toml"
LEAST = 10
SCENES = [scene for model in models() for scene in scenes(model)]
DRIVEN = [scene for scene in SCENES if scene.driven]
ERRORS = {
    kind.__name__: kind
    for kind in (
        labctl.errors.InstrumentError,
        labctl.errors.LinkError,
        labctl.errors.LimitRefused,
    )
}


def link_for(scene: Scene) -> ScriptedMessages | ScriptedRegisters | Script:
    script = [*scene.before, *scene.own]
    if any("send_hex" in exchange for exchange in script):
        return ScriptedBytes(script)
    if any("read_value" in exchange for exchange in script):
        return ScriptedAttributes(script)
    if any("read" in exchange or "write" in exchange for exchange in script):
        return ScriptedRegisters(script)
    return ScriptedMessages(script, checked=scene.checked)


def arguments(call: Mapping[str, Any]) -> dict[str, Any]:
    """A call's arguments; those that are None stand by name in `none`."""
    given = {name: value for name, value in call.items() if name not in ("call", "none")}
    return given | dict.fromkeys(call.get("none", ()))


def plain(value: Any) -> Any:
    """What a call returned as dictionaries and lists; arrays of numbers become lists."""
    return msgspec.to_builtins(value, enc_hook=lambda array: array.tolist())


def assert_contains(found: Any, wanted: Any, where: str = "") -> None:
    """`wanted` is a part of `found`."""
    if isinstance(wanted, Mapping):
        for key, value in wanted.items():
            assert_contains(found[key], value, f"{where}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), where
        for index, value in enumerate(wanted):
            assert_contains(found[index], value, f"{where}[{index}]")
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-18), where
    else:
        assert found == wanted, where


@pytest.mark.parametrize("scene", DRIVEN, ids=str)
def test_driver_follows_its_transcript(scene: Scene) -> None:
    link = link_for(scene)
    driver = load_driver(scene.model)(link, scene.limits)

    async def body() -> Any:
        answer: Any = None
        for index, call in enumerate(scene.calls):
            todo = methodcaller(call["call"], **arguments(call))(driver)
            if scene.raises and index == len(scene.calls) - 1:
                with pytest.raises(ERRORS[scene.raises]) as caught:
                    await todo
                assert type(caught.value) is ERRORS[scene.raises]
                assert caught.value.address
            else:
                answer = await todo
        return answer

    answer = run(body)
    assert link.is_done(), "the driver did not ask for all that the transcript holds"
    if scene.gives is not None:
        assert_contains(plain(answer), scene.gives)


@pytest.mark.parametrize("model", models())
def test_ten_exchanges_each_with_its_source(model: str) -> None:
    data = load(model)
    exchanges = [one for scene in data["scene"].values() for one in scene["exchange"]]
    different = {str({k: v for k, v in one.items() if k != "after"}) for one in exchanges}
    assert len(different) >= LEAST
    for one in exchanges:
        assert data["sources"][one["source"]], one
    used = {one["source"] for one in exchanges}
    assert used == set(data["sources"]), "every source is used"


@pytest.mark.parametrize("model", models())
def test_remembered_exchanges_alone_prove_nothing(model: str) -> None:
    sources = load(model)["sources"].values()
    remembered = all(text.startswith("remembered") for text in sources)
    tier = tomllib.loads(QUALITY.read_text(encoding="utf-8"))[model]["tier"]
    assert (tier == "unverified") == remembered
