"""EmStat Pico driver: what its golden transcript (tests/golden/palmsens) does not show."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.palmsens._spacing import runs
from drivers.palmsens.emstat_pico import PalmSensEmStatPico
from drivers.roles.potentiostat import CellReading, Potentiostat, Voltammogram
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError, UsageError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "palmsens.emstat_pico"
Pico = PalmSensEmStatPico


def pico(*scenes: str, **limits: float) -> tuple[Pico, ScriptedBytes]:
    link = ScriptedBytes(exchanges(MODEL, *scenes))
    driver = Pico(link, limits)
    as_role: Potentiostat = driver
    assert as_role is driver
    return driver, link


def hexed(text: str) -> str:
    return text.encode("ascii").hex(" ")


def spoilt(scene: str, old: str, new: str) -> list[dict[str, Any]]:
    """A scene in which one line of an answer is another one."""
    script = exchanges(MODEL, scene)
    fit = [one for one in script if old in bytes.fromhex(one.get("answer_hex", "")).decode()]
    answer = bytes.fromhex(fit[0]["answer_hex"]).decode()
    fit[0]["answer_hex"] = hexed(answer.replace(old, new))
    return script


def raised(script: list[dict[str, Any]], call: Callable[[Pico], Awaitable[Any]]) -> InstrumentError:
    """The error of a call; what follows it in the script is the way to a cell that is off."""
    after = exchanges(MODEL, "chronoamperometry_refused")
    first = next(i for i, one in enumerate(after) if one["send_hex"] == hexed("\nZ\n"))
    link = ScriptedBytes([*exchanges(MODEL, "identify"), *script, *after[first:]])
    driver = Pico(link)

    async def body() -> None:
        await driver.identify()
        await call(driver)

    with pytest.raises(InstrumentError) as caught:
        run(body)
    assert caught.value.address
    return caught.value


def sweep(driver: Pico) -> Awaitable[Voltammogram]:
    return driver.linear_sweep(-0.5, 0.5, step=0.25, rate=0.1)


def up_to(script: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """The script up to the line with `text`, which is where the driver breaks off."""
    for index, one in enumerate(script):
        if text == bytes.fromhex(one.get("answer_hex", "")).decode().strip():
            return script[: index + 1]
    raise AssertionError(text)


@pytest.mark.parametrize(
    "line",
    [
        "garbage",
        "Peb8000000 ;da7F85F3Fu",
        "Pda7F85F3Fu;eb8000000 ;ba8000000p",
        "Peb8000000",
        "P" + "8" * 30,
        "!0014: Line 12",
        "xM0000",
    ],
)
def test_a_broken_package_ends_in_an_error_with_the_cell_off(line: str) -> None:
    whole = bytes.fromhex(exchanges(MODEL, "linear_sweep")[2]["answer_hex"]).decode().strip()
    error = raised(up_to(spoilt("linear_sweep", whole, line), line), sweep)
    assert error.command.startswith("meas_loop_lsv")
    assert error.answer == line


def test_a_potential_that_was_not_asked_for_is_an_error() -> None:
    driver, _ = pico("identify", "linear_sweep")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="outside"):
            script = spoilt("linear_sweep", "da80", "da9F")
            broken = Pico(ScriptedBytes([*exchanges(MODEL, "identify"), *script]))
            await broken.identify()
            await sweep(broken)

    run(body)


def test_a_current_that_its_range_cannot_hold_is_an_error() -> None:
    script = spoilt("chronoamperometry", "p,10,20A", "u,10,20A")
    driver = Pico(ScriptedBytes([*exchanges(MODEL, "identify"), *script]))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="no current on the range"):
            await driver.chronoamperometry(0.1, interval=0.1, duration=0.3)

    run(body)


def test_missing_packages_are_an_error() -> None:
    script = exchanges(MODEL, "cyclic_voltammetry")
    script = [*script[:4], *script[-12:]]
    driver = Pico(ScriptedBytes([*exchanges(MODEL, "identify"), *script]))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match=r"10 points, 16 expected"):
            await driver.cyclic_voltammetry(0.0, 0.5, -0.5, step=0.25, rate=0.5, scans=2)

    run(body)


def test_overload_is_marked_and_has_no_value() -> None:
    driver, _ = pico("identify", "chronoamperometry_overloaded")

    async def body() -> Voltammogram:
        await driver.identify()
        return await driver.chronoamperometry(0.1, interval=0.1, duration=0.3)

    curve = run(body)
    assert [bool(one) for one in curve.overloaded] == [False, True, False]
    assert [math.isnan(one) for one in curve.current.values] == [False, True, False]


def test_readings_carry_the_line_of_the_range_in_use() -> None:
    driver, _ = pico("identify", "cell_on", "measure")

    async def body() -> CellReading:
        await driver.identify()
        await driver.apply_potential(0.3)
        await driver.cell(True)
        return await driver.measure()

    reading = run(body)
    assert reading.current.accuracy is not None and reading.potential.accuracy is not None
    assert reading.current.accuracy.offset == pytest.approx(1e-6)
    assert reading.current.serial == "ESP1A2B3C4D"
    assert reading.potential.accuracy.gain == 0.002


def test_a_potential_that_is_not_held_switches_the_cell_off() -> None:
    script = [*spoilt("cell_on", "ab80493E0u", "ab8000000u")]
    script += exchanges(MODEL, "open_circuit_potential")
    link = ScriptedBytes([*exchanges(MODEL, "identify"), *script])
    driver = Pico(link)

    async def body() -> None:
        await driver.identify()
        await driver.apply_potential(0.3)
        with pytest.raises(InstrumentError, match=r"not held at 0\.3 V"):
            await driver.cell(True)

    run(body)
    assert link.is_done()


def test_nan_is_never_a_reading() -> None:
    script = spoilt("measure", "ba8004E20n", "ba     nan")
    driver = Pico(ScriptedBytes([*exchanges(MODEL, "identify", "cell_on"), *script]))

    async def body() -> None:
        await driver.identify()
        await driver.apply_potential(0.3)
        await driver.cell(True)
        with pytest.raises(InstrumentError, match="nothing was measured"):
            await driver.measure()

    run(body)


def test_an_open_circuit_without_a_reading_is_not_safe() -> None:
    script = [one for one in exchanges(MODEL, "safe") if hexed("Pab") not in str(one)]
    driver = Pico(ScriptedBytes(script))
    with pytest.raises(InstrumentError, match="not shown to be off"):
        run(driver.safe)


def test_a_script_that_does_not_end_is_told() -> None:
    running = {"send_hex": hexed("Z\n"), "answer_hex": hexed("Z\n")}
    spoilt = {"send_hex": hexed("\n?\n\n")}
    link = ScriptedBytes([spoilt, {"send_hex": hexed("\nZ\n")}, *[running] * 5])
    with pytest.raises(InstrumentError, match="does not end"):
        run(Pico(link).resync)
    assert link.resyncs == 6


def test_silence_is_a_link_error() -> None:
    with pytest.raises(LinkError):
        run(Pico(ScriptedBytes([{"send_hex": hexed("t\n")}])).identify)
    with pytest.raises(Defect):
        _ = Pico(ScriptedBytes([])).identity


def test_a_running_script_is_told_from_another_model() -> None:
    link = ScriptedBytes([{"send_hex": hexed("t\n"), "answer_hex": hexed("t!0006\n")}])
    with pytest.raises(InstrumentError, match="a script is running"):
        run(Pico(link).identify)


@pytest.mark.parametrize("answer", ["t!0003\n", "tespicoX\nR*\n", "garbage*\n", "i*\n"])
def test_another_answer_is_no_identity(answer: str) -> None:
    link = ScriptedBytes([{"send_hex": hexed("t\n"), "answer_hex": hexed(answer)}])
    with pytest.raises(InstrumentError, match="no EmStat Pico"):
        run(Pico(link).identify)


@pytest.mark.parametrize(
    "call",
    [
        lambda p: p.apply_potential(2.1),
        lambda p: p.apply_potential(float("nan")),
        lambda p: p.apply_potential(-1.3 - 0.5),
        lambda p: p.set_current_range(3.1e-3),
        lambda p: p.linear_sweep(-1.8, 0.5, step=0.01, rate=0.1),
        lambda p: p.linear_sweep(-0.5, 0.5, step=0.0, rate=0.1),
        lambda p: p.linear_sweep(-0.5, 0.5, step=0.001, rate=5.0),
        lambda p: p.cyclic_voltammetry(0, 0.5, -0.5, step=0.01, rate=0.1, scans=0),
        lambda p: p.cyclic_voltammetry(0, 2.5, -0.5, step=0.01, rate=0.1, scans=1),
        lambda p: p.chronoamperometry(0.1, interval=1e-4, duration=1.0),
        lambda p: p.chronoamperometry(0.1, interval=1.0, duration=0.1),
        lambda p: p.chronoamperometry(0.1, interval=11.0, duration=3600.0),
        lambda p: p.linear_sweep(-0.5, 0.5, step=0.01, rate=1e-4),
        lambda p: p.chronopotentiometry(4e-3, interval=0.1, duration=1.0),
        lambda p: p.square_wave_voltammetry(0, 1.9, step=0.01, amplitude=0.2, frequency=10),
        lambda p: p.square_wave_voltammetry(0, 0.5, step=0.01, amplitude=0.3, frequency=10),
        lambda p: p.impedance([0.001], potential=0.0, amplitude=0.01),
        lambda p: p.impedance([300e3], potential=0.0, amplitude=0.01),
        lambda p: p.impedance([100.0], potential=0.0, amplitude=0.5),
        lambda p: p.impedance([100.0], potential=1.99, amplitude=0.1),
        lambda p: p.impedance([], potential=0.0, amplitude=0.1),
    ],
)
def test_what_the_module_cannot_do_is_refused(call: Callable[[Pico], Awaitable[Any]]) -> None:
    driver, link = pico()

    async def body() -> None:
        await call(driver)

    with pytest.raises(LimitRefused) as caught:
        run(body)
    assert caught.value.remedy and link.is_done()


def test_bench_limits_are_refused_before_anything_is_sent() -> None:
    driver, link = pico(potential=0.4, current=1e-4)
    for call in (
        lambda: sweep(driver),
        lambda: driver.apply_potential(-0.41),
        lambda: driver.set_current_range(2e-4),
    ):
        with pytest.raises(LimitRefused):
            run(call)
    assert link.is_done()


def test_there_is_no_galvanostat() -> None:
    driver, link = pico()
    with pytest.raises(UsageError, match="no galvanostat"):
        run(lambda: driver.apply_current(1e-3, compliance=1.0))
    assert link.is_done()


def test_frequencies_of_equal_ratio_are_one_run() -> None:
    assert runs([1000.0, 100.0, 10.0]) == [((1000.0, 10.0), 3)]
    assert runs([10.0, 20.0, 50.0]) == [((f, f), 1) for f in (10.0, 20.0, 50.0)]
    assert runs([5.0, 5.0]) == [((5.0, 5.0), 1)] * 2
    assert runs([]) == []


def test_a_potential_beyond_the_range_is_told() -> None:
    error = raised(
        spoilt("open_circuit_potential", "ab8001F40u", "ab8200B20u,12"),
        lambda driver: driver.open_circuit_potential(),
    )
    assert "beyond the range" in error.message and "electrodes" in error.remedy
