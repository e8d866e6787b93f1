"""pymeasure (MIT), its AQ6370D, on the optical spectrum analyser, after the log-in on Ethernet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "optical_spectrum_analyzer"
LINE = {"visa_library": "@py", "read_termination": "\r\n", "write_termination": "\r\n"}


@pytest.fixture
def analyser(served: Served) -> Iterator[Any]:
    host, port = served.socket(ROLE)
    # Its keyword `port` for Ethernet does not fit a raw socket: it is given an open adapter.
    adapter = library("pymeasure.adapters").VISAAdapter(
        f"TCPIP::{host}::{port}::SOCKET", timeout=5000, **LINE
    )
    yield library("pymeasure.instruments.yokogawa.aq6370series").AQ6370D(adapter)
    adapter.close()


def log_in(analyser: Any) -> None:
    assert analyser.ask('OPEN "anonymous"') == "AUTHENTICATE CRAM-MD5."
    assert analyser.ask(" ").upper() == "READY"


def test_it_finds_the_laser(served: Served, analyser: Any) -> None:
    log_in(analyser)
    assert analyser.id.startswith("YOKOGAWA,AQ6370D,SIM-")
    analyser.abort()
    analyser.wavelength_start = 1549e-9
    analyser.wavelength_stop = 1551e-9
    analyser.resolution_bandwidth = 0.05e-9
    analyser.sensitivity = "MID"
    analyser.automatic_sample_number = True
    analyser.sweep_mode = "SINGLE"
    assert (analyser.sensitivity, analyser.sweep_mode) == ("MID", "SINGLE")
    analyser.initiate_sweep()
    assert analyser.wait_for_sweep_complete(timeout=60, delay=0.1)
    wavelengths, levels = analyser.get_xdata("A"), analyser.get_ydata("A")
    assert len(wavelengths) == len(levels) == analyser.TRA.sample_number
    highest = max(levels)
    assert highest == pytest.approx(0.0, abs=0.5)
    step = wavelengths[1] - wavelengths[0]
    found = wavelengths[levels.index(highest)]
    assert found == pytest.approx(served.true(ROLE, "wavelength"), abs=0.01e-9 + step)


def test_what_is_wrong_is_in_the_queue(analyser: Any) -> None:
    log_in(analyser)
    analyser.write("*CLS")
    analyser.write(":SENSe:SENSe 9")
    analyser.write(":NONSense 1")
    errors = [analyser.ask(":SYSTem:ERRor?") for _ in range(2)]
    assert any(not one.lstrip("+").startswith("0,") for one in errors)
