"""Pictures of beams with known M2 by laserbeamsize's generator, which is none of ours."""

from __future__ import annotations

from math import pi, sqrt
from pathlib import Path
from typing import Any

import laserbeamsize
import numpy as np
import pytest

from labctl.analysing.carrying import analysed
from labctl.errors import UsageError
from labctl.evidence import Evidence, Figure

THEIRS: Any = laserbeamsize
BEAMS = Path(__file__).parents[2] / "golden" / "beams"
PITCH, WAVELENGTH, WAIST, QUALITIES = 5e-6, 1.24e-6, 150e-6, (1.5, 1.2)
LENGTH = pi * WAIST**2 / (4.0 * 1.35 * WAVELENGTH)
PARTS = (-2.9, -2.5, -2.3, -0.7, -0.3, 0.0, 0.3, 0.7, 2.3, 2.5, 2.9)


def pictures(folder: Path, parts: tuple[float, ...]) -> dict[str, str]:
    """A caustic in `folder`, one NumPy file a plane; its places as the setting has them."""
    for index, part in enumerate(parts):
        place = part * LENGTH
        widths = [
            sqrt(WAIST**2 + (4.0 * m2 * WAVELENGTH / (pi * WAIST) * place) ** 2) / PITCH
            for m2 in QUALITIES
        ]
        seen = THEIRS.create_test_image(
            380, 380, 190, 188, *widths, 0.0, noise=2, ntype="gaussian", max_value=4095, rng=index
        )
        np.save(folder / f"plane-{index:02d}.npy", seen)
    places = ", ".join(f"{1e3 * part * LENGTH:.6f}" for part in parts)
    return {"places": places, "wavelength": "1240 nm", "pitch": "5 um u=0.005"}


def value(evidence: Evidence, name: str) -> float:
    found = evidence.results[name]
    assert isinstance(found, Figure)
    return found.value


def test_a_caustic_of_another_partys_generator(tmp_path: Path) -> None:
    settings = pictures(tmp_path, PARTS)
    evidence = analysed("beam_propagation", sorted(tmp_path.glob("*.npy")), settings).evidence
    assert not evidence.missing
    for axis, m2 in zip(("1", "2"), QUALITIES, strict=True):
        assert value(evidence, f"axis_{axis}_m2") == pytest.approx(m2, rel=6e-3)
        assert value(evidence, f"axis_{axis}_waist") == pytest.approx(WAIST, rel=4e-3)
        angle = 4.0 * m2 * WAVELENGTH / (pi * WAIST)
        assert value(evidence, f"axis_{axis}_divergence") == pytest.approx(angle, rel=4e-3)


def test_too_few_planes_by_the_standard_are_said(tmp_path: Path) -> None:
    settings = pictures(tmp_path, PARTS[3:8])
    evidence = analysed("beam_propagation", sorted(tmp_path.glob("*.npy")), settings).evidence
    assert any("Rayleigh" in str(one) for one in evidence.missing)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    settings = pictures(tmp_path, PARTS[:5])
    files = sorted(tmp_path.glob("*.npy"))
    with pytest.raises(UsageError, match="places for"):
        analysed("beam_propagation", files[:4], settings)
    with pytest.raises(UsageError, match="places"):
        analysed("beam_propagation", files, settings | {"places": "1, two"})
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"no picture")
    with pytest.raises(UsageError, match="cannot be read"):
        analysed("beam_propagation", [broken, *files[1:]], settings)


def test_published_pictures_without_a_dark_one_are_read_or_refused_with_the_reason() -> None:
    """Two planes are no caustic: what is asserted is that their pictures are read so far."""
    files = sorted(BEAMS.glob("*.png"))
    with pytest.raises(UsageError, match="no caustic"):
        analysed(
            "beam_propagation",
            files,
            {"places": "495, 580", "wavelength": "632.8 nm", "pitch": "3.75 um"},
        )
