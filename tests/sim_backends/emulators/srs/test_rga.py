from __future__ import annotations

import struct

import pytest

from sim_backends.emulators.srs import specs
from sim_backends.emulators.srs.rga import EMULATOR, Rga
from sim_backends.models.residual_gas import VacuumChamber
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

GAS = {"N2": 2e-4, "H2O": 5e-5, "Ar": 1e-5}
PER_PASCAL = 1e-4 / specs.TORR


class Host(Talk):
    def __init__(self, seed: int = 1, **options: bool) -> None:
        self.chamber = VacuumChamber(GAS)
        self.rga = Rga(self.chamber, serial="SIM-1", rng=stream(seed, "rga"), **options)
        super().__init__(self.rga)

    def command(self, text: str, patience: float = 10.0) -> bytes:
        self.send(text.encode("ascii") + b"\r")
        return self.run(self.t + patience)

    def text(self, text: str) -> str:
        answer = self.command(text)
        assert not answer or answer.endswith(b"\n\r")
        return answer.decode("ascii").strip()

    def currents(self, text: str, patience: float = 10.0) -> list[float]:
        """Ion currents in A."""
        data = self.command(text, patience)
        assert len(data) % 4 == 0
        return [count * 1e-16 for count in struct.unpack(f"<{len(data) // 4}i", data)]

    def emitting(self) -> Host:
        assert self.text("FL1.0") == "0"
        return self


def test_the_programming_example_of_the_manual() -> None:
    # Page 6-8: identity, masses, filament, noise floor, number of points, one analog scan.
    host = Host()
    assert host.text("ID?") == "SRSRGA200VER0.24SNSIM-1"
    assert host.command("MI1") == b"" and host.text("MI?") == "1"
    assert host.command("MF100") == b""
    assert host.text("FL1.0") == "0"
    assert abs(float(host.text("FL?")) - 1.0) <= specs.EMISSION_ERROR
    assert host.command("NF*") == b"" and host.text("NF?") == "4"
    assert host.text("AP?") == "991"
    assert len(host.currents("SC1", 60.0)) == 992


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_peaks_stand_where_the_gases_have_them(seed: int) -> None:
    host = Host(seed).emitting()
    host.command("MF50")
    peaks = host.currents("HS1", 60.0)
    assert host.text("HP?") == "50" and len(peaks) == 51
    nitrogen, water, argon = peaks[27], peaks[17], peaks[39]
    assert nitrogen / PER_PASCAL == pytest.approx(2e-4, rel=0.05 + 0.006)
    assert water / nitrogen == pytest.approx(5e-5 * 1.12 / 2e-4, rel=0.01)
    assert argon / nitrogen == pytest.approx(1e-5 * 1.29 / 2e-4, rel=0.02)
    assert peaks[13] / nitrogen == pytest.approx(0.06, rel=0.02)
    assert peaks[49] == pytest.approx(0.0, abs=1e-13)


def test_an_analog_scan_shows_peaks_of_one_mass_unit() -> None:
    host = Host().emitting()
    for command in ("MI26", "MF30", "SA25", "NF2"):
        host.command(command)
    scan = host.currents("SC1", 60.0)
    top = max(scan[:-1])
    above = sum(current > 0.1 * top for current in scan[:-1])
    assert abs(scan.index(top) - 50) <= 2
    assert above == pytest.approx(25, abs=3)


def test_total_pressure_and_its_flag() -> None:
    host = Host().emitting()
    equivalent = 2e-4 + 5e-5 * 1.12 + 1e-5 * 1.29
    (total,) = host.currents("TP?")
    assert total / (float(host.text("ST?")) * 1e-3 / specs.TORR) == pytest.approx(
        equivalent, rel=0.06
    )
    host.command("HV1400")
    assert host.currents("TP?") == [0.0]
    host.command("HV0")
    host.command("TP1")
    assert host.currents("TP?") == [pytest.approx(total, rel=0.01)]


def test_the_multiplier_amplifies_by_the_stored_gain() -> None:
    host = Host().emitting()
    (cup,) = host.currents("MR40")
    assert host.text("HV*") == "0" and host.text("HV?") == "1400"
    (amplified,) = host.currents("MR40")
    assert amplified / cup == pytest.approx(float(host.text("MG?")) * 1e3, rel=0.02)


def test_zeroing_takes_the_offset_away() -> None:
    host = Host(5)
    host.command("NF0")
    before = host.currents("MR100", 30.0)[0]
    assert host.text("CA") == "0"
    after = host.currents("MR100", 30.0)[0]
    assert abs(after) < 1.5e-14
    assert before != after


def test_overpressure_ends_emission_and_multiplier() -> None:
    host = Host().emitting()
    host.command("HV1400")
    host.chamber.let_in("N2", 0.1, host.t)
    host.run(host.t + 20.0)
    assert host.text("FL?") == "0.0000" and host.text("HV?") == "0"
    assert host.text("ER?") == "2" and host.text("EF?") == "32"
    assert host.text("FL1.0") == "2"
    host.chamber.let_in("N2", 2e-4, host.t)
    host.run(host.t + 60.0)
    assert host.text("ER?") == "2"
    assert host.text("FL1.0") == "0" and host.text("EF?") == "0"


def test_a_broken_filament_is_reported() -> None:
    host = Host().emitting()
    host.rga.head.filament_broken = True
    assert host.text("FL1.0") == "2" and host.text("EF?") == "128"


@pytest.mark.parametrize(
    ("command", "bit"),
    [
        ("XX1", 1), ("F", 1), ("ID", 2), ("ID!", 2), ("MI0", 2), ("MI1.5", 2), ("EE200", 2),
        ("SP*", 2), ("FL0.01", 2), ("AP", 2), ("HS?", 2), ("MI", 2), ("CA1", 2),
        ("MI123456789012", 4),
    ],
)  # fmt: skip
def test_a_communication_error_is_noted_and_not_answered(command: str, bit: int) -> None:
    host = Host()
    assert host.command(command) == b""
    assert host.text("ER?") == "1"
    assert int(host.text("EC?")) & bit
    assert host.text("EC?") == "0" and host.text("ER?") == "0"


def test_masses_that_conflict() -> None:
    host = Host()
    host.command("MI50")
    assert host.command("MF20") == b""
    assert host.text("EC?") == "64" and host.text("MF?") == "200"


def test_a_head_without_multiplier() -> None:
    host = Host(has_multiplier=False)
    assert host.text("MO?") == "0" and host.text("EM?") == "128"
    assert host.command("HV1400") == b"" and host.text("EC?") == "1"


def test_any_command_stops_a_scan_and_is_executed() -> None:
    host = Host().emitting()
    host.command("NF0")
    host.send(b"SC\r")
    assert len(host.run(host.t + 5.0)) > 0
    assert host.text("MI?") == "1"
    assert host.command("SC0") == b"" and host.emulator.due() is None


def test_degassing_ends_with_a_status_or_a_command() -> None:
    host = Host().emitting()
    assert host.command("DG1", 59.0) == b""
    assert host.run(host.t + 2.0) == b"0\n\r"
    host.command("DG2", 10.0)
    assert host.text("NF?") == "4"
    assert host.run(host.t + 300.0) == b""


def test_commands_wait_while_the_filament_heats() -> None:
    host = Host()
    host.send(b"FL1\rMI?\r\nMF?\r")
    assert host.run(host.t + 1.0) == b""
    assert host.run(host.t + 10.0) == b"0\n\r1\n\r200\n\r"
    host.send(b"CL\r" + b"ID?\r" * 40)
    host.run(host.t + 30.0)
    assert host.text("EC?") == "8"


def test_initialization_levels() -> None:
    host = Host().emitting()
    host.command("MI20")
    host.command("bad")
    assert host.text("in0") == "0" and host.text("MI?") == "20"
    assert host.text("IN1") == "0" and host.text("MI?") == "1"
    assert float(host.text("FL?")) > 0.9
    assert host.text("IN2") == "0" and host.text("FL?") == "0.0000"


def test_the_module_names_its_emulator() -> None:
    assert EMULATOR is Rga
