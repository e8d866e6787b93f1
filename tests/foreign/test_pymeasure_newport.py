"""pymeasure (MIT), its ESP300, on the ESP301, which takes the older controller's commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "motion_stage"
LINE = {"visa_library": "@py", "read_termination": "\r\n", "write_termination": "\r"}


@pytest.fixture
def controller(served: Served) -> Iterator[Any]:
    host, port = served.socket(ROLE)
    kind = library("pymeasure.instruments.newport").ESP300
    controller = kind(f"TCPIP::{host}::{port}::SOCKET", timeout=5000, **LINE)
    controller.clear_errors()
    yield controller
    controller.x.disable()
    controller.adapter.close()


def test_it_homes_and_moves(served: Served, controller: Any) -> None:
    axis = controller.x
    assert axis.units == "millimeter"
    axis.enable()
    assert axis.enabled
    axis.home()
    axis.wait_for_stop()
    assert axis.position * 1e-3 == pytest.approx(served.true(ROLE, "position"), abs=5e-6)
    axis.position = 1.25
    axis.wait_for_stop()
    assert axis.motion_done
    assert axis.position == pytest.approx(1.25, abs=5e-3)
    assert controller.errors == []


def test_what_is_wrong_is_in_the_queue(controller: Any) -> None:
    axis = controller.x
    axis.enable()
    axis.position = axis.right_limit + 1.0
    (error,) = controller.errors
    assert (error.axis, error.message) == ("1", "POSITIVE SOFTWARE LIMIT DETECTED")
    axis.disable()
    axis.position = 0.0
    (error,) = controller.errors
    assert error.message == "MOTOR NOT ENABLED"
    controller.write("XYZ")
    (error,) = controller.errors
    assert error.message == "COMMAND DOES NOT EXIST"
