"""bronkhorst-propar (MIT), the maker's own client, on the flow controller's terminal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "inlet_flow_controller"
MEASURE, FLUID_NAME, SERIAL, CAPACITY, UNIT, FMEASURE, FSETPOINT = 8, 25, 92, 21, 129, 205, 206
pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


@pytest.fixture(scope="module")
def controller(served: Served) -> Iterator[Any]:
    """One client for all tests: it keeps its line for as long as its process lives."""
    controller = library("propar").instrument(served.endpoint(ROLE, "pty"))
    yield controller
    controller.setpoint = 0
    controller.master.stop()


def settled(controller: Any, part: float) -> float:
    """The flow as part of the capacity, when it is near `part`."""
    pause, found = threading.Event(), 0.0
    capacity = controller.readParameter(CAPACITY)
    for _ in range(100):
        found = controller.readParameter(FMEASURE) / capacity
        if abs(found - part) < 0.01:
            return found
        pause.wait(0.1)
    raise AssertionError(f"{found} is not {part}")


def test_it_knows_the_instrument(controller: Any) -> None:
    assert controller.readParameter(SERIAL).startswith("SIM-")
    assert controller.readParameter(FLUID_NAME).strip() == "N2"
    assert controller.readParameter(UNIT).strip() == "mln/min"


def test_the_flow_follows_the_set_point(served: Served, controller: Any) -> None:
    capacity = controller.readParameter(CAPACITY)
    true = served.true(ROLE, "flow")
    assert abs(controller.readParameter(FMEASURE) - true) <= 0.001 * capacity
    controller.setpoint = 16000
    assert controller.setpoint == 16000
    assert controller.readParameter(FSETPOINT) == pytest.approx(0.5 * capacity, rel=1e-4)
    assert settled(controller, 0.5) == pytest.approx(0.5, abs=0.01)
    assert controller.measure == pytest.approx(16000, abs=320)


def test_chained_parameters_come_in_one_answer(controller: Any) -> None:
    asked = [controller.db.get_parameter(number) for number in (SERIAL, FLUID_NAME, CAPACITY)]
    serial, fluid, capacity = (one["data"] for one in controller.read_parameters(asked))
    assert (serial[:4], fluid.strip(), capacity) == ("SIM-", "N2", 500.0)


def test_what_is_read_only_is_refused(controller: Any) -> None:
    assert controller.writeParameter(FMEASURE, 1.0) is False
    assert controller.read(1, 27, library("propar").PP_TYPE_INT16) is None


def test_a_silent_or_corrupted_line_gives_no_value(served: Served, controller: Any) -> None:
    for fault in ("silence", "truncate keep=5"):
        served.say(f"fault {ROLE} {fault}")
        assert controller.readParameter(FMEASURE) is None
    # half a frame costs the client the answer after it, too
    assert controller.readParameter(CAPACITY) in (None, 500.0)
    assert controller.readParameter(CAPACITY) == 500.0
