from __future__ import annotations

import math
import struct

import pytest

from labctl.clock import VIRTUAL_EPOCH
from sim_backends.models.power_ports import FrequencyDroop, VoltageDroop
from tests.sim_backends.emulators.site1.hosts import Site, station


def test_the_plate_and_the_state_as_delivered() -> None:
    host = Site()
    assert host.long(0) == 0x53495445 and host.read(2, 2) == [1, 6]
    text = struct.pack(">8H", *host.read(20, 8)).rstrip(b"\0")
    assert text == b"SIM-00000021" and host.read(40) == [0]
    assert [host.real(at) for at in (32, 34, 36, 38)] == [15e3, 18e3, 1.0, 22.5e3]
    assert host.read(100, 6) == [0, 0, 0, 1, 6, 0]
    assert not host.site.running and host.site.ramp == math.inf


def test_a_command_is_counted_kept_in_time_and_marked() -> None:
    host = Site()
    assert host.write(600, 1, 0) == 0
    began = host.t
    assert host.command(5000.4, -300.0, number=9) == 0
    assert host.site.marks == [began] and host.site.power == 5000.0
    assert host.long(106) == 1 and host.long(114) == 9 and host.read(105) == [1]
    taken = host.long(110, 4) * 1e-6 - VIRTUAL_EPOCH
    assert taken == pytest.approx(began, abs=0.0205)  # 20 ppm over the time server's 1024 s
    assert host.real(116) == 5000.0 and host.real(118) == -300.0


def test_meters_and_units_are_those_of_a_window() -> None:
    host = Site()
    host.write(600, 1, 0)
    host.command(6000.0)
    host.run(host.t + 0.3)
    assert host.real(146) == 6000.0 and host.real(150) == -6000.0
    assert host.real(152) == 230.0 and host.real(154) == 50.0 and host.real(156) == 50.0
    first = host.long(144)
    host.run(host.t + 1.0)
    assert host.long(144) - first in (10, 11)
    assert host.read(200) == [2] and host.real(202) == pytest.approx(1000.0)
    assert host.read(248, 2) == [0, 0]


@pytest.mark.parametrize(
    ("address", "values", "code"),
    [
        (100, (1,), 2), (0, (1,), 2), (606, (0, 1), 2), (608, (1.0,), 2), (650, (1,), 2),
        (606, (0, 1, 22501.0, 0.0), 3), (606, (0, 1, 0.0, -18001.0), 3), (600, (2,), 3),
        (601, (16,), 3), (620, (44.0,), 3), (634, (101.0,), 3), (802, (1.0,), 2), (636, (1.0,), 2),
        (650, (2, 0, 60.0, 5.0, 60.0, 6.0), 3), (620, (math.nan,), 3),
    ],
)  # fmt: skip
def test_what_is_refused(address: int, values: tuple[int | float, ...], code: int) -> None:
    host = Site()
    before = host.read(600, 64)
    assert host.write(address, *values) == code
    assert host.read(600, 64) == before and host.long(106) == 0


def test_reads_outside_the_blocks_are_refused() -> None:
    host = Site()
    assert host.call(struct.pack(">BHH", 3, 127, 1)) == b"\x83\x02"
    assert host.call(struct.pack(">BHH", 3, 850, 1)) == b"\x83\x02"
    assert host.read(100, 26)[0] == 0 and host.read(605) == [0]


def test_settings_reach_the_sites_control_and_read_back() -> None:
    host = Site()
    settings = (50.0, 0.0625, 20e3, 230.0, 2.5, 600.0, 3000.0, 40.0)
    assert host.write(620, *settings) == 0
    assert host.site.frequency_droop == FrequencyDroop(20e3, 0.0625, 50.0)
    assert host.site.voltage_droop == VoltageDroop(600.0, 2.5, 230.0)
    assert host.site.ramp == 3000.0 and host.site.reserve == 0.4
    assert [host.real(at) for at in range(620, 636, 2)] == pytest.approx(list(settings))


def test_the_watchdog_leads_to_the_fallback_and_back() -> None:
    host = Site()
    host.write(600, 1, 0)
    host.command(4000.0)
    host.write(603, 20)
    for beat in (1, 2, 3):
        host.run(host.t + 1.5)
        assert host.write(602, beat) == 0 and host.site.running
    last = host.t - 5e-3
    host.run(last + 1.9)
    assert host.site.running
    host.run(last + 2.1)
    assert not host.site.running and host.read(100, 3) == [2, 0, 1]
    assert host.command(4000.0) == 4 and host.write(600, 1) == 4 and host.long(108) == 2
    assert host.command(0.0) == 0
    assert host.write(604, 1) == 0 and host.read(100, 3) == [0, 0, 0]
    assert host.write(600, 1) == 0 and host.site.running


def test_a_grid_out_of_range_stops_the_units_until_it_is_back_and_acknowledged() -> None:
    host = Site()
    host.write(600, 1, 0)
    host.site.voltage = 100.0
    host.run(host.t + 0.2)
    assert host.read(100, 3) == [3, 0, 4] and not host.site.running
    host.write(604, 1)
    assert host.read(102) == [4]
    host.site.voltage = 230.0
    host.run(host.t + 0.2)
    host.write(604, 1)
    assert host.read(100, 3) == [0, 0, 0]


def test_a_schedule_begins_when_it_is_switched_on_and_anew_when_it_is_written() -> None:
    host = Site()
    assert host.write(650, 2, 0, 10.0, 5000.0, 20.0, -4000.0) == 0
    assert host.site.schedule == ()
    host.write(600, 1, 8)
    began = host.site.schedule[0].start - 10.0
    assert host.t - 0.1 < began < host.t
    assert host.site.schedule[1].start == pytest.approx(began + 20.0)
    host.run(began + 15.0)
    assert host.real(146) == 5000.0 and host.read(650) == [2]
    assert host.write(650, 1, 0, 1.0, 300.0) == 0
    assert host.site.schedule[0].start == pytest.approx(host.t + 1.0, abs=0.1)


def test_a_restart_forgets_all_but_the_settings() -> None:
    host = Site()
    host.write(620, 50.0, 0.05, 20e3)
    host.write(600, 1, 1)
    host.command(4000.0)
    host.emulator.power_on(host.t)  # type: ignore[attr-defined]
    assert host.read(100, 6) == [0, 0, 0, 2, 6, 0] and host.long(106) == 0
    assert host.real(624) == 20e3 and not host.site.running and not host.site.functions


def test_programs_of_cycles_need_a_running_site_and_go_on_after_a_stop() -> None:
    host, site = station()
    assert host.real(36) == 10.0 and host.read(40) == [1]
    assert host.write(802, 100e3, 250e3, 2.5, 97.5, 600.0, 0, 0) == 3
    assert host.write(802, 100e3, 250e3, 2.5, 97.5, 600.0, 0, 500) == 0
    assert host.write(800, 1) == 4
    host.write(600, 1, 0)
    assert host.write(800, 1) == 0 and site.plan is not None and site.plan.count == 500
    assert host.read(850, 2) == [1, 0] and len(site.marks) == 1
    host.write(600, 0)
    assert host.read(851) == [1] and host.write(800, 2) == 4
    host.write(600, 1)
    host.run(host.t + 0.2)
    assert host.read(100, 3) == [1, 0, 0]
    assert host.write(800, 2) == 0 and host.read(851) == [0]
    assert host.write(800, 3) == 0 and host.read(850) == [0]


def test_a_bank_that_holds_the_program_is_an_alarm() -> None:
    host, site = station()
    host.write(802, 100e3, 250e3, 0.0, 100.0, 0.0, 0, 3)
    host.write(600, 1, 0)
    host.write(800, 1)
    site.held = True
    host.run(host.t + 0.2)
    assert host.read(100, 3) == [3, 0, 16] and not site.running
    host.write(604, 1)
    assert host.write(600, 1) == 0 and host.write(800, 2) == 0 and host.read(102) == [0]
