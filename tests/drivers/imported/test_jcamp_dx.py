"""JCAMP-DX files written by hand; the ordinates are the example of McDonald and Wilks (1988)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.jcamp_dx import JcampDx
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

Y = [0, 0, 0, 0, 2, 4, 4, 4, 7, 5, 4, 4, 5, 5, 7, 10, 11, 11, 6, 5, 7, 6, 9, 9, 7]
AFFN = "600 " + " ".join(str(y) for y in Y[:13]) + "\n613 " + " ".join(str(y) for y in Y[13:])
PAC = "600" + "".join(f"+{y}" for y in Y)
SQZ = "600@@@@BDDDGEDDEEGA0A1A1FEGFIIG"
DIF = "600@%%%KK%%Lkj%J%KLJ%njKjL%k"
DUP = "600@VKT%TLkj%J%KLJ%njKjL%k"
CHECKED = "600@VKT%TLkj%J\n613E%KLJ%njKjL%k"


def text(data: str, x_units: str = "NANOMETERS", first: float = 600, last: float = 624) -> bytes:
    return f"""##TITLE= lamp 3
##JCAMP-DX= 4.24 $$ written for a test
##DATA TYPE= UV/VIS SPECTRUM
##ORIGIN= Acme
##OWNER= nobody
##SPECTROMETER/DATA SYSTEM= Acme S1
##$SERIAL NUMBER= SIM-3
##SAMPLING PROCEDURE= fibre, cosine head
##LONGDATE= 2026/01/02 03:04:05
##$EXPOSURE= 0.25
##$AVERAGES= 4
##$SATURATION= 20
##XUNITS= {x_units}
##YUNITS= COUNTS
##FIRSTX= {first}
##LASTX= {last}
##XFACTOR= 1
##YFACTOR= 2
##NPOINTS= 25
##XYDATA= (X++(Y..Y))
{data}
##END=
""".encode()


SCIENTIFIC = AFFN.replace(" 10 ", " 1.0e+01 ").replace(" 11 ", " 1.1E+1 ")
LETTER = "600E" + "@" * 24


def test_a_squeezed_five_is_no_exponent() -> None:
    found = result(JcampDx, source(text(LETTER), "a.jdx")).result
    assert found.signal.values.tolist() == [10.0] + [0.0] * 24


@pytest.mark.parametrize("data", [AFFN, PAC, SQZ, DIF, DUP, CHECKED, SCIENTIFIC])
def test_every_form_of_the_ordinates_is_read_alike(data: str) -> None:
    found = result(JcampDx, source(text(data), "a.jdx"))
    spectrum, file = found.result, found.file
    np.testing.assert_allclose(spectrum.wavelength.values, np.arange(600, 625) * 1e-9)
    np.testing.assert_allclose(spectrum.signal.values, 2.0 * np.array(Y))
    assert (spectrum.signal.unit, spectrum.exposure, spectrum.averages) == (
        "dimensionless",
        0.25,
        4,
    )
    assert spectrum.saturated.tolist() == [2 * y >= 20 for y in Y]
    assert (file.instrument.model, file.instrument.serial) == ("Acme S1", "SIM-3")
    assert file.method == "##SAMPLINGPROCEDURE= fibre, cosine head"
    assert (file.sample, file.measured_utc, file.encoding) == ("lamp 3", 1767323045.0, "utf-8")


def test_wavenumbers_become_wavelengths_in_air() -> None:
    found = result(JcampDx, source(text(AFFN, "1/CM", 600, 624), "a.jdx")).result
    # 1/(624 cm-1) = 16.0256 um in vacuum, longer by n = 1.000273 than in air
    assert found.wavelength.values[0] == pytest.approx(16.025641e-6 / 1.000273, rel=1e-6)
    np.testing.assert_allclose(found.signal.values, 2.0 * np.array(Y[::-1]))


def test_sodium_lines_in_air() -> None:
    """D2 and D1 by D. A. Steck, Sodium D Line Data: 16973.36619 and 16956.17025 1/cm, in air
    588.9950954 and 589.5924237 nm. His air has 300 ppm CO2, Ciddor's 450: 2e-8 of the length."""
    from drivers.imported.air import in_air

    vacuum = 0.01 / np.array([16973.36619, 16956.17025])
    np.testing.assert_allclose(in_air(vacuum), [588.9950954e-9, 589.5924237e-9], rtol=2.5e-8)


def test_pairs() -> None:
    pairs = text("600, 1; 610, 2\n 625.5, ?").replace(b"XYDATA= (X++(Y..Y))", b"XYPOINTS= (XY..XY)")
    found = result(JcampDx, source(pairs.replace(b"NPOINTS= 25", b"NPOINTS= 3"), "a.dx"))
    np.testing.assert_allclose(found.result.wavelength.values, [600e-9, 610e-9, 625.5e-9])
    np.testing.assert_allclose(found.result.signal.values, [2.0, 4.0, np.nan])
    assert "1 of 3 values of signal are nan" in found.file.remarks


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("##END=\n", "", "does not end with ##END="),
        ("NPOINTS= 25", "NPOINTS= 26", "25 of 26 points"),
        ("##XUNITS= NANOMETERS\n", "", "make no optical spectrum"),
        ("YUNITS= COUNTS", "YUNITS= FURLONGS", "FURLONGS"),
        ("##SAMPLING PROCEDURE= fibre, cosine head\n", "", "names no method"),
        ("##LONGDATE= 2026/01/02 03:04:05\n", "", "no time of measurement"),
        ("##SPECTROMETER/DATA SYSTEM= Acme S1\n", "", "names no instrument"),
        ("613", "640", "is torn: line 2"),
        ("##TITLE", "#TITLE", "has not the header"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    data = text(AFFN).decode().replace(old, new).encode()
    assert why in refusal(JcampDx, source(data, "a.jdx"))


def test_a_lost_line_of_differences_shows() -> None:
    assert "does not go on" in refusal(JcampDx, source(text(CHECKED.replace("613E", "613F"))))


@given(st.sampled_from([AFFN, DUP, CHECKED]), st.floats(0.0, 0.9999))
def test_a_cut_file_is_refused_or_whole(data: str, part: float) -> None:
    whole = text(data)
    found = whole_or_refused(JcampDx, source(whole, "a.jdx"), int(part * len(whole)))
    assert found is None
