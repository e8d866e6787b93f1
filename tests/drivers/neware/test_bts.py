"""BTS driver against transcripts of XML (tests/golden/neware/bts.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from drivers.codecs import neware
from drivers.codecs.neware import Place
from drivers.codecs.neware_program import ConstantCurrent, Loop, ProgramStep, Rest
from drivers.neware.bts import SETTLE, NewareBTS
from drivers.roles.battery_cycler import BatteryCycler
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused, UsageError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "neware/bts"
PLACE = Place("127.0.0.1", 27, 21, 1, 1)
BACKUP = "C:\\Neware data\\"
PROGRAM = [Rest(60.0), ConstantCurrent(1.0, voltage=4.1), ConstantCurrent(-2.0, voltage=3.0)]


def state(word: str, test: str = "", current: str = "0") -> dict[str, Any]:
    """An exchange of `inquire`: the captured one with another state."""
    (found,) = transcript(FILE, "status_finished")
    answer = found["answer"].replace('"finish"', f'"{word}"')
    answer = re.sub('barcode="[^"]*"', f'barcode="{test}"', answer)
    return {**found, "answer": answer.replace('current="0"', f'current="{current}"')}


def started(path: Path, word: str = "ok") -> dict[str, Any]:
    (found,) = transcript(FILE, "start_command")
    return {
        "send": neware.start(PLACE, "cell-7", str(path), BACKUP),
        "answer": found["answer"].replace(">false<", f">{word}<"),
    }


def cycler(*script: dict[str, Any], **limits: float) -> tuple[NewareBTS, ScriptedMessages]:
    link = ScriptedMessages([*transcript(FILE, "identify"), *script])
    driver = NewareBTS(link, limits)
    as_role: BatteryCycler = driver
    assert as_role is driver
    run(driver.identify)
    return driver, link


def save(path: Path, steps: Sequence[ProgramStep]) -> None:
    driver, _ = cycler()

    async def body() -> None:
        await driver.save_program(path, steps, interval=10.0)

    run(body)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "cycle.xml"
    save(path, PROGRAM)
    return path


def start(driver: NewareBTS, path: Path, test: str = "cell-7") -> None:
    async def body() -> None:
        await driver.start(1, program=str(path), test=test)

    run(body)


def test_a_program_is_started_and_seen_to_run(program: Path) -> None:
    driver, link = cycler(
        state("finish"), started(program), state("finish"), state("working", "cell-7")
    )
    start(driver, program)
    assert link.is_done()


def test_the_test_that_runs_is_not_started_again(program: Path) -> None:
    driver, link = cycler(state("working", "cell-7"))
    start(driver, program)
    assert link.is_done()


@pytest.mark.parametrize(
    ("word", "test"), [("working", "cell-6"), ("pause", "cell-6"), ("protect", "cell-7")]
)
def test_a_start_on_a_channel_that_is_not_free_is_refused(
    program: Path, word: str, test: str
) -> None:
    driver, link = cycler(state(word, test))
    with pytest.raises(InstrumentError, match="channel 1 is") as caught:
        start(driver, program)
    assert word in caught.value.answer and "first" in caught.value.remedy
    assert link.is_done()


def test_after_a_protection_was_acknowledged_it_starts(program: Path) -> None:
    (clear, _) = transcript(FILE, "acknowledge")
    clear = {**clear, "answer": clear["answer"].replace(">false<", ">ok<")}
    driver, link = cycler(
        clear,
        state("protect"),
        state("protect"),
        started(program),
        state("working", "cell-7"),
    )

    async def body() -> None:
        await driver.acknowledge_alarm(1)
        await driver.start(1, program=str(program), test="cell-7")

    run(body)
    assert link.is_done()


def test_a_refused_start_is_told(program: Path) -> None:
    driver, _ = cycler(state("finish"), started(program, "false"))
    with pytest.raises(InstrumentError, match="start is refused"):
        start(driver, program)


def test_a_start_that_does_nothing_is_told(program: Path) -> None:
    driver, _ = cycler(state("finish"), started(program), *[state("finish", "old")] * 40)
    with pytest.raises(InstrumentError, match="did not start"):
        start(driver, program)


@pytest.mark.parametrize("limits", [{"current": 1.5}, {"voltage": 4.0}])
def test_a_program_beyond_the_bench_is_not_sent(program: Path, limits: dict[str, float]) -> None:
    driver, link = cycler(**limits)
    with pytest.raises(LimitRefused, match="of the program"):
        start(driver, program)
    assert link.is_done()


@pytest.mark.parametrize("text", ["", "<root/>", "\x00"])
def test_a_file_that_cannot_be_checked_is_not_started(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text, encoding="utf-8")
    driver, link = cycler()
    with pytest.raises(LimitRefused, match="cannot be checked"):
        start(driver, path)
    assert link.is_done()


def test_a_program_beyond_the_cycler_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    with pytest.raises(LimitRefused, match="7 A is outside"):
        save(path, [ConstantCurrent(7.0, duration=1.0)])
    with pytest.raises(LimitRefused, match="back to step 5"):
        save(path, [Loop(5, 2)])
    assert not path.exists()


def test_a_channel_that_keeps_its_current_is_no_safe_state() -> None:
    hot = state("stop", current="0.5")
    driver, _ = cycler(*[hot] * 40)

    async def body() -> float:
        began = clock.now()
        with pytest.raises(InstrumentError, match="channel 1 is not open") as caught:
            await driver.stop(1)
        assert "0.5 A" in caught.value.answer
        return clock.now() - began

    assert run(body) >= SETTLE


@pytest.mark.parametrize("test", ["", "  ", "电池", "a\nb"])
def test_a_name_that_the_line_does_not_carry_is_refused(program: Path, test: str) -> None:
    driver, link = cycler()
    with pytest.raises(UsageError, match="no name of a test"):
        start(driver, program, test)
    assert link.is_done()


@pytest.mark.parametrize("channel", [0, 5])
def test_a_channel_that_is_not_there_is_named(channel: int) -> None:
    driver, _ = cycler()

    async def body() -> None:
        with pytest.raises(UsageError, match=f"no channel {channel}"):
            await driver.status(channel)

    run(body)


@pytest.mark.parametrize("scene", ["another_server", "log_in_refused", "no_channels"])
def test_what_is_no_such_server_is_refused_and_no_password_is_shown(scene: str) -> None:
    script = transcript(FILE, scene)
    script[0]["send"] = script[0]["send"].replace("<password>neware<", "<password>secret-7<")
    driver = NewareBTS(ScriptedMessages(script), password="secret-7")
    with pytest.raises(InstrumentError) as caught:
        run(driver.identify)
    assert caught.value.command and caught.value.answer and caught.value.remedy
    assert "secret-7" not in str(caught.value)


def test_points_of_another_step_than_the_table_says_are_named() -> None:
    points, steps = transcript(FILE, "records")
    steps = {**steps, "answer": steps["answer"].replace('endseqid="7927"', 'endseqid="219585"')}
    driver, _ = cycler(points, steps)

    async def body() -> None:
        with pytest.raises(InstrumentError, match="another step"):
            await driver.records(1, first=219583, count=1000)

    run(body)


def test_the_full_scale_is_the_benchs() -> None:
    link = ScriptedMessages([*transcript(FILE, "identify"), state("finish")])
    driver: Any = NewareBTS.configured({"voltage_range": 10, "current_range": 0.1})(link, {})

    async def body() -> Any:
        await driver.identify()
        return await driver.status(1)

    status = run(body)
    assert status.voltage.accuracy.offset == pytest.approx(0.005)
    assert status.current.accuracy.offset == pytest.approx(5e-5)


@pytest.mark.parametrize(
    "options", [{"voltage_range": 0}, {"current_range": "much"}, {"user": 7}, {"port": 502}]
)
def test_a_wrong_option_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        NewareBTS.configured(options)
