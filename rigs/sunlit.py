"""What a rig offers to methods that set light by a reference cell and hold a temperature."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.solar_simulator import SolarSimulator
from drivers.roles.source_meter import SourceMeter
from drivers.roles.temperature_controller import TemperatureController
from drivers.roles.voltmeter import Voltmeter
from rigs.photovoltaic import ReferenceCell


class LitRig(Protocol):
    """A lamp, and a reference cell that is read through a voltmeter."""

    @property
    def lamp(self) -> SolarSimulator:
        """The solar simulator."""
        ...

    @property
    def reference_meter(self) -> Voltmeter:
        """The voltmeter across the reference cell's shunt."""
        ...

    @property
    def reference_cell(self) -> ReferenceCell:
        """The reference cell with its certificate."""
        ...


class ChuckRig(Protocol):
    """A chuck that holds the device's temperature."""

    @property
    def chuck(self) -> TemperatureController:
        """The chuck's controller."""
        ...


class SunlitRig(LitRig, ChuckRig, Protocol):
    """Both: a device in set light at a set temperature."""


class SweptRig(SunlitRig, Protocol):
    """A device in set light at a set temperature, and a source meter at its terminals."""

    @property
    def source_meter(self) -> SourceMeter:
        """The source meter."""
        ...
