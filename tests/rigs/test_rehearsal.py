"""A real bench rehearsed: what stays of it, what is simulated, and what stands in."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from drivers.keithley.k2400 import Keithley2400
from labctl import clock
from labctl.catalogue import load
from labctl.errors import BenchError
from labctl.labs import SampleRequest
from labctl.quantity import Quantity
from labctl.rehearsing import Rehearsal
from labctl.sample import Sample
from labctl.words import said
from rigs.bench_entries import RoleEntry
from rigs.benches import simulated_bench
from rigs.counterparts import counterpart, fits
from rigs.opened import Opened
from rigs.photovoltaic import PhotovoltaicRig
from rigs.rehearsal import rehearse

T = TypeVar("T")
EXAMPLE = simulated_bench("photovoltaic").parents[1] / "example_photovoltaic.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
REQUEST = SampleRequest("1.1-03", load().get("1.1-03").nominal)


def changed(folder: Path, *pairs: tuple[str, str], more: str = "") -> Path:
    """The example of a real bench with parts of its text replaced, and `more` at its end."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = folder / "bench.toml"
    path.write_text(f"{text}\n{more}", encoding="utf-8")
    shutil.copytree(EXAMPLE.parent / "certificates", folder / "certificates")
    return path


def opened(rehearsal: Rehearsal, body: Callable[[Any], Awaitable[T]]) -> T:
    async def main() -> T:
        bench = await rehearsal.open(None, rig=PhotovoltaicRig, sample=REQUEST, seed=1)
        try:
            return await body(bench)
        finally:
            await bench.close()

    return clock.run(main(), virtual=True)


async def itself(bench: Opened) -> Opened:
    return bench


def test_everything_but_the_lines_is_that_of_the_real_bench() -> None:
    rehearsal = rehearse(EXAMPLE, PhotovoltaicRig)
    bench = opened(rehearsal, itself)
    assert (rehearsal.bench, rehearsal.real, rehearsal.stand_ins) == ("pv-lab-1", True, ())
    assert bench.simulated and bench.bench_text == TEXT
    assert all(one.identity.simulated for one in bench.instruments)
    assert all(one.address not in TEXT for one in bench.instruments)
    assert bench.contributions["non_uniformity"].u == 0.01
    assert rehearsal.addresses["lamp"] == "serial:///dev/ttyUSB0?baudrate=115200"


def test_the_reference_cell_is_known_as_well_as_the_real_one(tmp_path: Path) -> None:
    cell = '{ value = 0.1, unit = "mV*m**2/W", u = 0.0005 }'
    other = '{ value = 80, unit = "uV*m**2/W", u = 0.8 }'
    bench = opened(rehearse(changed(tmp_path, (cell, other)), PhotovoltaicRig), itself)
    found = bench.rig.reference_cell.responsivity.to("mV*m**2/W")
    assert (found.value, found.u) == (pytest.approx(0.1), pytest.approx(0.001))


@pytest.mark.parametrize(
    "cell", ['{ value = 0.1, unit = "mV*m**2/W", u = 0 }', '{ value = 0.1, unit = "mV", u = 0.1 }']
)
def test_a_reference_cell_that_a_run_would_refuse_is_refused(tmp_path: Path, cell: str) -> None:
    known = '{ value = 0.1, unit = "mV*m**2/W", u = 0.0005 }'
    rehearsal = rehearse(changed(tmp_path, (known, cell)), PhotovoltaicRig)
    with pytest.raises(BenchError, match="responsivity"):
        opened(rehearsal, itself)


def test_another_model_has_its_own_emulator_where_the_port_serves_it(tmp_path: Path) -> None:
    bench = changed(tmp_path, ("keithley.k2450", "keithley.k2400"))
    rehearsal = rehearse(bench, PhotovoltaicRig)
    found = opened(rehearsal, itself)
    assert rehearsal.stand_ins == ()
    assert isinstance(found.rig.source_meter, Keithley2400)


def test_a_model_without_a_fitting_emulator_is_stood_in_for_by_name(tmp_path: Path) -> None:
    bench = changed(tmp_path, ("keithley.k2450", "keithley.k2636b_smub"))
    rehearsal = rehearse(bench, PhotovoltaicRig)
    (one,) = rehearsal.stand_ins
    assert (one.role, one.driver, one.by) == (
        "source_meter",
        "keithley.k2636b_smub",
        "keithley.k2450",
    )
    assert said(one.why) == "there is no emulator of this model"
    found = opened(rehearsal, itself)
    assert found.instruments[0].driver == "keithley.k2450"


def test_limits_that_the_other_model_does_not_keep_are_named() -> None:
    from rigs.bench_entries import QuantityEntry

    limits = {"voltage": QuantityEntry(1.0, "V"), "charm": QuantityEntry(1.0, "V")}
    real = RoleEntry("acme.smu", "visa://GPIB::1", limits=limits)
    twin = RoleEntry("keithley.k2450", "sim:visa", "keithley.k2450", "terminals")
    made, one = counterpart("source_meter", real, twin)
    assert one is not None and made.driver == "keithley.k2450"
    assert made.limits == {"voltage": limits["voltage"]}
    assert said(one.why) == (
        "there is no emulator of this model; the other model does not keep the limits charm"
    )


def test_secrets_are_not_needed_and_do_not_leave_the_bench() -> None:
    options = {"user": "lab", "password": {"env": "NO_SUCH_VARIABLE"}, "map": {"file": "m.toml"}}
    real = RoleEntry("keithley.k2450", "visa://GPIB::1", options=options)
    twin = RoleEntry("keithley.k2450", "sim:visa", "keithley.k2450", "terminals")
    made, _ = counterpart("source_meter", real, twin)
    assert made.options == {"user": "lab", "password": "rehearsal", "map": {"file": "m.toml"}}


@pytest.mark.parametrize(
    ("emulator", "served", "expected"),
    [
        ("keithley.k2400", "keithley.k2450", True),
        ("keithley.k2636b", "keithley.k2450", True),
        ("keithley.k2450", "keithley.k2636b", False),
        ("watlow.f4t", "eurotherm.e3216", False),
        ("llp.sol1", "llp.sol1", True),
    ],
)
def test_a_port_serves_who_asks_for_no_more(emulator: str, served: str, expected: bool) -> None:
    assert fits(emulator, served) is expected


def test_a_simulated_bench_is_taken_as_it_is() -> None:
    rehearsal = rehearse(None, PhotovoltaicRig)
    assert (rehearsal.real, rehearsal.stand_ins, rehearsal.bench) == (False, (), "photovoltaic")
    assert opened(rehearsal, itself).bench_text == simulated_bench("photovoltaic").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("keithley.k2450", "keithley.k9999", "k9999"),
        ("voltage = { value = 20", "charm = { value = 20", "charm"),
        ('rig = "photovoltaic"', 'rig = "hydrogen"', "hydrogen"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, old: str, new: str, match: str) -> None:
    with pytest.raises(BenchError, match=match):
        rehearse(changed(tmp_path, (old, new)), PhotovoltaicRig)


def test_certificates_interlocks_and_hazards_are_told(tmp_path: Path) -> None:
    bench = changed(
        tmp_path,
        (
            'driver = "llp.sol1"',
            'driver = "llp.sol1"\ncertificate = "L-7"\ncalibrated = 2026-01-02',
        ),
        ('serial = "WPVS-0000"', 'serial = "WPVS-0000"\ncalibration_due = 2027-01-31'),
        ('name = "pv-lab-1"', 'name = "pv-lab-1"\nhazardous = true\nhardware_interlock = "K1"'),
        more='[[interlocks]]\nname = "hot"\nwatch = "chuck.temperature"\n'
        'above = { value = 95, unit = "degC" }\naction = "trip"\n',
    )
    found = rehearse(bench, PhotovoltaicRig)
    by_owner = {one.of: one for one in found.certificates}
    assert (by_owner["lamp"].number, by_owner["lamp"].calibrated) == ("L-7", date(2026, 1, 2))
    assert by_owner["reference_cell"].due == date(2027, 1, 31)
    guards = [(one.name, one.action) for one in found.guards]
    assert guards == [("chuck over temperature", "hold"), ("hot", "trip")]
    assert (found.hazardous, found.hardware_interlock) == (True, "K1")
    assert {watch.terms.every for watch in opened(found, itself).watches} == {3600.0}


def test_the_sample_is_like_the_sheet_and_no_better_known() -> None:
    sheet = Sample("C-1", "cell", properties={"area": Quantity(2.0, "cm**2", 0.04)})
    found = opened(rehearse(EXAMPLE, PhotovoltaicRig, sheet), itself).sample
    own = opened(rehearse(EXAMPLE, PhotovoltaicRig), itself).sample
    assert found is not None and own is not None
    assert (found.id, set(found.properties)) == ("C-1", {"area"})
    area = found.properties["area"]
    assert area.value == own.properties["area"].value
    assert area.u == pytest.approx(0.02 * area.value)


def test_what_is_used_up_is_counted_from_opening_to_closing() -> None:
    rehearsal = rehearse(EXAMPLE, PhotovoltaicRig)

    async def burn(bench: Opened) -> None:
        await bench.rig.lamp.lamp(True)
        await clock.sleep(7200.0)

    opened(rehearsal, burn)
    opened(rehearsal, itself)
    hours = [used["lamp_hours"].to("h").value for used in rehearsal.used]
    assert hours == [pytest.approx(2.0, abs=0.01), 0.0]
