"""XRDML written by hand after the schema XRDMeasurement 1.5 and 2.0."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.xrdml import Xrdml
from drivers.roles.xrd import ReciprocalMap
from tests.drivers.imported.folders import Folder, refusal, result, run, source, whole_or_refused

SCAN = """<scan appendNumber="{n}" mode="Continuous" scanAxis="{axis}" status="Completed"><header>
<startTimeStamp>2026-01-02T05:04:05+02:00</startTimeStamp><source>
<instrumentControlSoftware version="4.1">XPERT-PRO</instrumentControlSoftware>
<instrumentID>SIM-11</instrumentID></source></header><dataPoints>
<positions axis="2Theta" unit="deg">{theta}</positions>
<positions axis="Omega" unit="deg">{omega}</positions>
<positions axis="Z" unit="mm"><commonPosition>8.0</commonPosition></positions>
<commonCountingTime unit="seconds">1.50</commonCountingTime>
<{tag} unit="counts">{counts}</{tag}></dataPoints></scan>"""
FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<xrdMeasurements xmlns="http://www.xrdml.com/XRDMeasurement/1.5" status="Completed">
<comment><entry>recipe 7</entry></comment><sample type="To be analyzed"><id>W1</id>
<name>外延片 1</name></sample>
<xrdMeasurement measurementType="Scan" status="Completed"><usedWavelength intended="K-Alpha 1">
<kAlpha1 unit="Angstrom">1.5405980</kAlpha1><kAlpha2 unit="Angstrom">1.5444260</kAlpha2>
<ratioKAlpha2KAlpha1>0.5</ratioKAlpha2KAlpha1></usedWavelength>
<incidentBeamPath><monochromator name="Ge(220) 4-bounce"/></incidentBeamPath>
<diffractedBeamPath><receivingSlit name="1/4 deg"/></diffractedBeamPath>
{scans}</xrdMeasurement></xrdMeasurements>
"""
ENDS = "<startPosition>{}</startPosition><endPosition>{}</endPosition>"
COMMON = "<commonPosition>{}</commonPosition>"


def scan(number: int = 0, tag: str = "intensities", counts: str = "1 20 300 21 2") -> str:
    omega, theta = ENDS.format(30.0, 30.4), COMMON.format(60.4)
    return SCAN.format(n=number, axis="Omega", theta=theta, omega=omega, tag=tag, counts=counts)


DATA = FRAME.format(scans=scan()).encode("utf-8")


@pytest.mark.parametrize("tag", ["intensities", "counts"])
def test_a_rocking_curve(tag: str) -> None:
    found = result(Xrdml, source(FRAME.format(scans=scan(tag=tag)).encode(), "a.xrdml"))
    assert found.axis == "omega"
    np.testing.assert_allclose(np.degrees(found.angle.values), [30.0, 30.1, 30.2, 30.3, 30.4])
    np.testing.assert_array_equal(found.counts.values, [1, 20, 300, 21, 2])
    assert (found.time, found.wavelength.value) == (1.5, pytest.approx(1.540598e-10))
    assert found.fixed == {"two_theta": pytest.approx(math.radians(60.4))}
    assert found.optics == "Ge(220) 4-bounce, 1/4 deg"
    assert math.isnan(found.instrument_width)
    file = found.file
    assert (file.sample, file.instrument.serial) == ("外延片 1", "SIM-11")
    assert file.measured_utc == 1767323045.0
    assert "recipe 7" in file.method


def test_an_attenuator_is_taken_off() -> None:
    factors = "<beamAttenuationFactors>1 1 10 1 1</beamAttenuationFactors><counts"
    data = FRAME.format(scans=scan(tag="counts").replace("<counts", factors)).encode()
    found = result(Xrdml, source(data, "a.xrdml"))
    np.testing.assert_array_equal(found.counts.values, [1, 20, 3000, 21, 2])
    assert "an attenuator was in the beam" in found.file.remarks[0]


def test_the_mean_of_both_lines() -> None:
    data = DATA.replace(b'intended="K-Alpha 1"', b'intended="K-Alpha"')
    found = result(Xrdml, source(data, "a.xrdml"))
    assert found.wavelength.value == pytest.approx((1.540598 + 0.5 * 1.544426) / 1.5 * 1e-10)


def test_a_map_in_reciprocal_space(tmp_path) -> None:
    scans = "".join(
        SCAN.format(
            n=n,
            axis="2Theta",
            theta=ENDS.format(60.0, 62.0),
            omega=COMMON.format(omega),
            tag="counts",
            counts="1 2 3",
        )
        for n, omega in enumerate((30.0, 31.0))
    )
    data = FRAME.format(scans=scans).encode()
    assert "holds 2 scans" in refusal(Xrdml, source(data, "a.xrdml"))

    async def body(driver: Xrdml, folder: Folder) -> ReciprocalMap:
        assert (await driver.identify()).serial == "SIM-11"
        return await driver.latest_map()

    found = run(tmp_path, Xrdml, body, {"a.xrdml": data})
    assert found.qx.shape == found.qz.shape == found.counts.values.shape == (2, 3)
    # symmetric: qx = 0 where omega is half of 2Theta; |q| = 4 pi sin(theta) / wavelength
    np.testing.assert_allclose([found.qx[0, 0], found.qx[1, 2]], [0, 0], atol=1e-3)
    assert found.qz[0, 0] == pytest.approx(4 * math.pi * math.sin(math.radians(30)) / 1.540598e-10)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('scanAxis="Omega" status="Completed"', 'scanAxis="Omega" status="Aborted"', "'Aborted'"),
        ("<kAlpha1", "<kAlpha9", ""),
        ("usedWavelength", "otherWavelength", "no wavelength"),
        ('<monochromator name="Ge(220) 4-bounce"/>', "", ""),
        ("1 20 300 21 2", "1 20 300 x 2", "'x'"),
        ("2026-01-02T05:04:05+02:00", "", "no time"),
        ("commonCountingTime", "countingTimes", "one counting time"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    data = DATA.decode().replace(old, new)
    if "monochromator" in old:
        data, why = data.replace('<receivingSlit name="1/4 deg"/>', ""), "names no optics"
    assert why in refusal(Xrdml, source(data.encode(), "a.xrdml"))


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_is_refused_or_whole(length: int) -> None:
    found = whole_or_refused(Xrdml, source(DATA, "a.xrdml"), length)
    if found is not None:
        np.testing.assert_array_equal(found.counts.values, [1, 20, 300, 21, 2])
