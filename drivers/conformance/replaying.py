"""A driver at the end of its golden transcript: every command byte for byte, every answer used."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from operator import methodcaller
from typing import Any, cast

import msgspec

from drivers.conformance.scripted import Deviation, Script, ScriptedMessages, ScriptedRegisters
from drivers.conformance.scripted_bytes import ScriptedAttributes, ScriptedBytes
from drivers.conformance.scripted_topics import ScriptedTopics
from drivers.conformance.transcripts import Scene
from drivers.driver import Driver
from drivers.registry import DriverClass
from labctl import clock
from labctl.errors import InstrumentError, LabError, LimitRefused, LinkError

ERRORS: Mapping[str, type[LabError]] = {
    kind.__name__: kind for kind in (InstrumentError, LinkError, LimitRefused)
}
"""What a scene may say that the driver raises."""


def link_for(scene: Scene) -> Script:
    """A link of the scene's kind that follows it."""
    script = [*scene.before, *scene.own]
    if any("send_hex" in exchange for exchange in script):
        return ScriptedBytes(script)
    if any("read_value" in exchange for exchange in script):
        return ScriptedAttributes(script)
    if any({"publish", "request", "heard"} & set(exchange) for exchange in script):
        return ScriptedTopics(script)
    if any({"read", "write", "identification"} & set(exchange) for exchange in script):
        return ScriptedRegisters(script)
    return ScriptedMessages(script, checked=scene.checked)


def follows(scene: Scene, kind: DriverClass) -> Iterator[str]:
    """The driver does what the scene says, sending what stands there, byte for byte."""
    link = link_for(scene)
    driver = kind(link, scene.limits)

    try:
        answer, error = clock.run(_calls(driver, scene), virtual=True)
    except Deviation as deviation:
        yield str(deviation)
        return
    except LabError as early:
        yield f"before the last call it raised {type(early).__name__}: {early}"
        return
    yield from _wrong_error(scene, error)
    if not link.is_done():
        yield "the driver did not ask for all that the transcript holds"
    if scene.gives is not None and error is None:
        yield from lacking(_plain(answer), scene.gives)


async def _calls(driver: Driver, scene: Scene) -> tuple[Any, LabError | None]:
    """What the last call returned, or what it raised."""
    *earlier, last = (methodcaller(call["call"], **_arguments(call)) for call in scene.calls)
    for call in earlier:
        await call(driver)
    try:
        return await last(driver), None
    except LabError as error:
        return None, error


def _wrong_error(scene: Scene, error: LabError | None) -> Iterator[str]:
    if error is None:
        if scene.raises:
            yield f"it raised no {scene.raises}"
    elif not scene.raises:
        yield f"it raised {type(error).__name__}: {error}"
    elif type(error) is not ERRORS[scene.raises]:
        yield f"it raised {type(error).__name__}, not {scene.raises}: {error}"
    elif not error.address:
        yield f"its error names no address: {error}"


def _arguments(call: Mapping[str, Any]) -> dict[str, Any]:
    """A call's arguments; those that are None stand by name in `none`."""
    given = {name: value for name, value in call.items() if name not in ("call", "none")}
    return given | dict.fromkeys(call.get("none", ()))


def _plain(value: Any) -> Any:
    """What a call returned as dictionaries and lists; arrays of numbers become lists."""
    return msgspec.to_builtins(value, enc_hook=lambda array: array.tolist())


def lacking(found: Any, wanted: Any, where: str = "the answer") -> Iterator[str]:
    """What of `wanted` is not in `found`; numbers agree to 1e-9."""
    if isinstance(wanted, Mapping):
        for key, value in cast("Mapping[str, Any]", wanted).items():
            if not isinstance(found, Mapping) or key not in found:
                yield f"{where} has no {key}"
            else:
                yield from lacking(found[key], value, f"{where}.{key}")
    elif isinstance(wanted, list):
        rows = cast("list[Any]", wanted)
        if not isinstance(found, list | tuple) or len(cast("list[Any]", found)) != len(rows):
            yield f"{where} is {found!r}, not {len(rows)} values"
            return
        for index, value in enumerate(rows):
            yield from lacking(found[index], value, f"{where}[{index}]")
    elif not _agree(found, wanted):
        yield f"{where} is {found!r}, not {wanted!r}"


def _agree(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, float) and isinstance(found, int | float):
        return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-18)
    return found == wanted
