"""Instruments that write files, through the drivers that import them: the truth within accuracy.

Writers and readers were written apart from each other, both by the specification of the format.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from labctl import clock
from labctl.errors import InstrumentError, LinkError
from sim_backends.faults import Delay, Fault, Garble, Reboot, Silence, Truncate
from tests.system.imported_files import (
    ONCE,
    ROLES,
    SEEDS,
    STATIONS,
    driven,
    newest,
    result,
    sim,
    truth,
)


@pytest.mark.parametrize("role", ROLES)
def test_every_result_says_where_it_comes_from(role: str) -> None:
    file = result(role, 1).file
    assert file.instrument.serial.startswith("SIM-")
    assert file.sample.startswith("REF-01") and file.method
    assert len(file.sha256) == 64 and file.size > 1000 and file.reader
    assert file.measured_utc <= file.written_utc
    assert file.written_utc - clock.VIRTUAL_EPOCH == pytest.approx(
        1.6 if role == ONCE else 2.6, abs=0.1
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("role", ["beam_tiff", "beam_png", "beam_hdf5"])
def test_beam(role: str, seed: int) -> None:
    image = result(role, seed).result
    counts, pitch = image.counts.values, image.pitch.value
    weight = np.where(counts > 40, counts, 0.0)
    y, x = np.mgrid[0 : counts.shape[0], 0 : counts.shape[1]] * pitch
    total = weight.sum()
    dx, dy = x - (weight * x).sum() / total, y - (weight * y).sum() / total
    xx, yy, xy = ((weight * each).sum() / total for each in (dx * dx, dy * dy, dx * dy))
    root = math.hypot(xx - yy, 2.0 * xy)
    known = truth(role)
    assert math.sqrt(8.0 * (xx + yy + root)) == pytest.approx(known["d4sigma_major"], rel=0.006)
    assert math.sqrt(8.0 * (xx + yy - root)) == pytest.approx(known["d4sigma_minor"], rel=0.006)
    assert image.exposure == pytest.approx(0.01) and image.saturated == 0


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("role", ["force_microscope", "topography"])
def test_grating(role: str, seed: int) -> None:
    found, known = result(role, seed), truth(role)
    row, step = found.height.values.mean(axis=0), found.pitch_x.value
    assert found.height.unit == found.pitch_x.unit == "m"
    turns = 2.0 * math.pi * np.arange(row.size) * step / known["pitch"]
    basis = np.stack([np.sin(turns), np.cos(turns), turns**0])
    assert found.tip == pytest.approx(8e-9)
    factors = np.linalg.lstsq(basis.T, row, rcond=None)[0]
    assert 2.0 * math.hypot(*factors[:2]) == pytest.approx(known["depth"], rel=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_rocking_curve(seed: int) -> None:
    found, known = result("diffractometer", seed), truth("diffractometer")
    angle, counts = found.angle.values, found.counts.values
    assert found.axis == "omega" and found.wavelength.value == pytest.approx(1.540598e-10)
    above = np.clip(counts - np.median(counts[:10]), 0.0, None)
    centre = (above * angle).sum() / above.sum()
    variance = (above * (angle - centre) ** 2).sum() / above.sum()
    beam = math.radians(12.0 / 3600.0)
    width = math.sqrt(8.0 * math.log(2.0) * variance - beam**2)
    assert width == pytest.approx(known["width"], rel=0.05)
    assert centre == pytest.approx(known["bragg_angle"], abs=math.radians(0.005))


@pytest.mark.parametrize("seed", SEEDS)
def test_wafer(seed: int) -> None:
    gauged, known = result("wafer_gauge", seed), truth("wafer_gauge")
    thickness = gauged.values["thickness"]
    values = thickness.values
    assert thickness.unit == "m" and gauged.diameter == pytest.approx(0.2)
    assert values.mean() == pytest.approx(known["mean_thickness"], abs=0.7e-6)
    half = 0.5 * (values.max() - values.min()) / values.mean()
    assert half == pytest.approx(known["non_uniformity"], rel=0.08)
    seen = result("wafer_inspection", seed)
    assert len(seen.x) == known["defects"]
    assert (seen.x[0], seen.y[0]) == pytest.approx((0.0123, 0.0456), abs=6e-6)
    assert seen.size[0] == pytest.approx(2.4e-6, rel=0.11) and seen.kind[2] == "scratch"


@pytest.mark.parametrize("seed", SEEDS)
def test_gas(seed: int) -> None:
    found = result("gas_chromatograph", seed)
    amounts = {peak.component: peak.amount.value for peak in found.peaks}
    assert amounts == pytest.approx(truth("gas_chromatograph"), rel=0.008)
    (trace,) = found.traces
    strongest = max(found.peaks, key=lambda peak: peak.height.value)
    top = trace.time[int(np.argmax(trace.signal.values))]
    assert top == pytest.approx(strongest.retention.value, abs=0.2)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("role", ["spectrometer_jcamp", "spectrometer_csv"])
def test_line(role: str, seed: int) -> None:
    spectrum = result(role, seed).result
    x, y = spectrum.wavelength.values, spectrum.signal.values
    strong = y > 0.1 * y.max()
    centre = (x[strong] * y[strong]).sum() / y[strong].sum()
    assert spectrum.wavelength.unit == "m"
    assert centre == pytest.approx(truth(role)["wavelength"], abs=0.12e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("role", ["neware_export", "land_export"])
def test_cell(role: str, seed: int) -> None:
    record, known = result(role, seed).result, truth(role)
    charges = {
        step: abs(record.charge.values[record.step == step]).max() for step in set(record.step)
    }
    charged, discharged = (charges[step] for step in sorted(charges)[1:4:2])
    assert record.charge.unit == "C" and record.current.values.min() == pytest.approx(
        -2e-3, rel=5e-3
    )
    assert discharged == pytest.approx(known["discharge_capacity"], rel=0.003)
    # The current's offset of at most 5 uA counts for the charge and against the discharge.
    assert discharged / charged == pytest.approx(known["coulombic_efficiency"], rel=5.1e-3)
    assert record.voltage.values.max() == pytest.approx(4.2, abs=3e-3)


@pytest.mark.parametrize("seed", SEEDS)
def test_voltammogram(seed: int) -> None:
    found, known = result("chi_potentiostat", seed).result, truth("chi_potentiostat")
    potential, current = found.potential.values, found.current.values
    anodic, cathodic = int(np.argmax(current)), int(np.argmin(current))
    assert anodic < cathodic  # the couple is reduced in solution: oxidation comes first
    assert 0.5 * (potential[anodic] + potential[cathodic]) == pytest.approx(
        known["standard_potential"], abs=0.004
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("role", ["tensile_machine", "tensile_logger"])
def test_specimen(role: str, seed: int) -> None:
    found, known = result(role, seed).result, truth(role)
    if role == "tensile_machine":
        force, strain = found.force.values, found.strain.values
    else:
        channels = {each.channel.rpartition("/")[2]: each.values for each in found}
        force, strain = channels["Load"].values, channels["Strain"].values
    stress = force / 25e-6
    assert stress.max() == pytest.approx(known["strength"], rel=0.007)
    elastic = (stress > 20e6) & (stress < 120e6) & (np.arange(stress.size) < np.argmax(stress))
    slope = np.polyfit(strain[elastic], stress[elastic], 1)[0]
    assert slope == pytest.approx(known["modulus"], rel=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_attenuator(seed: int) -> None:
    found, known = result("network_analyzer", seed).result, truth("network_analyzer")
    loss = -20.0 * np.log10(abs(found.s[:, 1, 0]))
    assert found.impedance == 50.0 and found.calibration
    assert loss.mean() == pytest.approx(known["loss"], abs=0.06)
    phase = np.unwrap(np.angle(found.s[:, 1, 0]))
    delay = -np.polyfit(found.frequency.values, phase, 1)[0] / (2.0 * math.pi)
    assert delay == pytest.approx(known["delay"], rel=0.01)


FAULTS: dict[str, tuple[Fault, ...]] = {
    "silence": (Silence(),),
    "delay": (Delay(seconds=20.0),),
    "cut": (Truncate(keep=900),),
    "cut at the end": (Truncate(keep=-3),),
    "garble": (Garble(mask=0x80),),
    "restart": (Reboot(after=1.5, seconds=5.0),),
}


@cache
def meant(role: str) -> frozenset[str]:
    """Hashes of the first files as the instrument means them."""

    async def main() -> frozenset[str]:
        simulated = sim(role, 1)
        simulated.open(clock.now())
        await clock.sleep(160.0)
        folder = Path(simulated.address(role).removeprefix("folder://").partition("?")[0])
        found = frozenset(
            hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
        )
        simulated.close()
        return found

    return clock.run(main(), virtual=True)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("role", STATIONS)
def test_a_spoiled_file_is_refused_and_a_sound_one_is_read(role: str, fault: str) -> None:
    """A clear error, or a result of a file that is as it was meant: never of a spoiled one."""

    async def use(driver: Any) -> Any:
        for _ in range(4):
            try:
                return await newest(driver)
            except (LinkError, InstrumentError) as error:
                assert error.address and error.remedy, error
                await clock.sleep(20.0)
        raise AssertionError("no sound file was read")

    found = driven(role, 1, use, *FAULTS[fault])
    if fault == "restart":  # the sequence of files is another one then; the cut file stays behind
        assert found.file.written_utc - clock.VIRTUAL_EPOCH > 6.5
    else:
        assert found.file.sha256 in meant(role)


@pytest.mark.parametrize("fault", ["silence", "cut", "cut at the end", "garble"])
def test_the_only_file_is_refused_where_it_is_spoiled(fault: str) -> None:
    async def use(driver: Any) -> str:
        await clock.sleep(10.0)
        with pytest.raises((LinkError, InstrumentError)) as refused:
            await newest(driver)
        return str(refused.value)

    assert "remedy" in driven(ONCE, 1, use, *FAULTS[fault])
