"""Rodeostat driver: what its golden transcript (tests/golden/iorodeo) does not show."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.iorodeo import _sheet as sheet
from drivers.iorodeo import _tests as tests
from drivers.iorodeo.rodeostat import IoRodeoRodeostat
from drivers.roles.potentiostat import Potentiostat, Voltammogram
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError, UsageError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "iorodeo.rodeostat"
Board = IoRodeoRodeostat


def board(*scenes: str, **limits: float) -> tuple[Board, ScriptedBytes]:
    link = ScriptedBytes(exchanges(MODEL, *scenes))
    driver = Board(link, limits)
    as_role: Potentiostat = driver
    assert as_role is driver
    return driver, link


def hexed(text: str) -> str:
    return text.encode("ascii").hex(" ")


def sweep(driver: Board) -> Awaitable[Voltammogram]:
    return driver.linear_sweep(-0.1, 0.1, step=0.05, rate=0.2)


def spoilt(old: str, new: str) -> list[dict[str, Any]]:
    """The sweep's scene up to the answer in which `old` stands as `new`."""
    script = [*exchanges(MODEL, "identify"), *exchanges(MODEL, "linear_sweep")]
    place = next(i for i, one in enumerate(script) if hexed(old) in one.get("answer_hex", ""))
    script[place]["answer_hex"] = script[place]["answer_hex"].replace(hexed(old), hexed(new))
    return script[: place + 1]


async def identified(driver: Board) -> Board:
    await driver.identify()
    return driver


def test_nobody_before_it_is_identified() -> None:
    driver, link = board()
    with pytest.raises(Defect):
        _ = driver.identity
    for call in (lambda: sweep(driver), driver.measure, driver.open_circuit_potential):
        with pytest.raises(Defect):
            run(call)
    assert link.is_done()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"v":-0.05', '"v":-0.0 '),
        ('"v":-0.05', '"w":-0.05'),
        ('"t":500', '"t":5e!0'),
        ('"i":-2.8295', '"i":-2.8295,"i2":1'),
        ("}\r\n", "\r\n"),
    ],
)
def test_a_spoilt_line_is_no_sample(old: str, new: str) -> None:
    driver = Board(ScriptedBytes(spoilt(old, new)))

    async def body() -> None:
        await identified(driver)
        with pytest.raises(LinkError):
            await sweep(driver)

    if old == "}\r\n":
        with pytest.raises(LinkError):
            run(driver.identify)
    else:
        run(body)


def test_a_sample_that_no_converter_can_give_ends_with_open_electrodes() -> None:
    script = [*exchanges(MODEL, "identify"), *exchanges(MODEL, "a_potential_not_asked_for")]
    link = ScriptedBytes(script)
    driver = Board(link)

    async def body() -> InstrumentError:
        await identified(driver)
        with pytest.raises(InstrumentError, match="outside") as caught:
            await sweep(driver)
        return caught.value

    error = run(body)
    assert error.command == "runTest linearSweep"
    assert error.address and error.remedy
    assert link.is_done(), "the test was stopped and the electrodes were opened"


def test_curves_carry_the_lines_of_the_ranges_in_use() -> None:
    driver, _ = board("identify", "chronoamperometry_overloaded")

    async def body() -> Voltammogram:
        await identified(driver)
        return await driver.chronoamperometry(0.3, interval=0.1, duration=0.4)

    curve = run(body)
    assert curve.current.accuracy is not None and curve.potential.accuracy is not None
    assert curve.current.accuracy.range == 1e-3
    assert curve.potential.accuracy.range == 1.0
    assert [math.isnan(one) for one in curve.current.values] == [False, True, False, False]


@pytest.mark.parametrize(
    "call",
    [
        lambda d: d.set_current_range(float("nan")),
        lambda d: d.apply_potential(-10.1),
        lambda d: d.linear_sweep(0.0, 10.5, step=0.1, rate=1.0),
        lambda d: d.linear_sweep(0.0, 0.5, step=0.0, rate=1.0),
        lambda d: d.linear_sweep(0.0, 0.5, step=0.05, rate=0.04),
        lambda d: d.linear_sweep(0.0, 0.5, step=0.01, rate=11.0),
        lambda d: d.linear_sweep(0.5, 0.5, step=0.01, rate=0.1),
        lambda d: d.cyclic_voltammetry(0, 0.5, 0.5, step=0.01, rate=0.1, scans=1),
        lambda d: d.cyclic_voltammetry(0, 0.5, -0.5, step=0.01, rate=0.1, scans=0),
        lambda d: d.chronoamperometry(0.1, interval=1.5, duration=10.0),
        lambda d: d.chronoamperometry(0.1, interval=0.5, duration=0.1),
        lambda d: d.square_wave_voltammetry(0, 9.9, step=0.1, amplitude=0.2, frequency=10.0),
        lambda d: d.square_wave_voltammetry(0, 0.5, step=0.1, amplitude=0.2, frequency=600.0),
    ],
)
def test_what_the_board_cannot_do_is_refused(call: Callable[[Board], Awaitable[Any]]) -> None:
    driver, link = board("identify")

    async def body() -> None:
        await call(await identified(driver))

    with pytest.raises(LimitRefused) as caught:
        run(body)
    assert caught.value.remedy and link.is_done()


def test_there_is_neither_galvanostat_nor_impedance() -> None:
    driver, link = board()
    with pytest.raises(UsageError, match="galvanostat"):
        run(lambda: driver.apply_current(1e-3, compliance=1.0))
    with pytest.raises(UsageError, match="impedance"):
        run(lambda: driver.impedance([100.0], potential=0.0, amplitude=0.01))
    assert link.is_done()


def test_every_range_of_every_variant_has_its_line() -> None:
    for names in sheet.VARIANTS.values():
        values = [sheet.AMPERES[name] for name in names]
        assert values == sorted(values)
    assert sheet.range_of(sheet.VOLTS, -1.5) == "2V"
    assert sheet.range_of(sheet.VOLTS, 11.0) == "10V"


@pytest.mark.parametrize(
    ("begin", "vertex1", "vertex2", "shift"),
    [(-0.5, 0.5, -0.5, 0.0), (0.0, 0.5, -0.5, 0.25), (0.0, -0.5, 0.5, 0.75), (0.5, -0.5, 0.5, 0.5)],
)
def test_a_triangle_starts_where_it_is_told(
    begin: float, vertex1: float, vertex2: float, shift: float
) -> None:
    wave = tests.cyclic(begin, vertex1, vertex2, 0.01, 0.1, 3)
    assert wave.parameters["shift"] == pytest.approx(shift)
    assert wave.parameters["period"] == 20_000
    assert wave.points == 600
