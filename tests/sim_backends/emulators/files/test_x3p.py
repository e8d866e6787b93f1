"""A map taken out of the archive, with its checksums."""

from __future__ import annotations

import hashlib
import io
import xml.etree.ElementTree as ET
import zipfile

import numpy as np
import pytest

from tests.sim_backends.emulators.files.test_scanner import check_grating
from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first


@pytest.mark.parametrize("seed", SEEDS)
def test_a_map(seed: int) -> None:
    with zipfile.ZipFile(io.BytesIO(first("x3p", seed))) as archive:
        page, data = archive.read("main.xml"), archive.read("bindata/data.bin")
        told, name = archive.read("md5checksum.hex").decode().split()
    assert name == "*main.xml" and told == hashlib.md5(page).hexdigest()
    root = ET.fromstring(page)
    assert root.tag == "{http://www.opengps.eu/2008/ISO5436_2}ISO5436_2"
    text = {element.tag: element.text or "" for element in root.iter()}
    assert text["MD5ChecksumPointData"].lower() == hashlib.md5(data).hexdigest()
    assert text["Serial"] == SERIAL and text["FeatureType"] == "SUR"
    heights = np.frombuffer(data, "<f8").reshape(int(text["SizeY"]), int(text["SizeX"]))
    check_grating(heights, float(root.findtext("Record1/Axes/CX/Increment") or ""))
