"""What the served instruments are called: maker and model, as a catalogue of instruments does."""

from __future__ import annotations

MODELS = {
    "apc.smart_ups": "APC Smart-UPS SMT",
    "ble.environmental": "Environmental Sensing node, Bluetooth Low Energy",
    "eurotherm.e3216": "Eurotherm 3216",
    "keithley.daq6510": "Keithley DAQ6510",
    "keithley.dmm6500": "Keithley DMM6500",
    "keithley.dmm6500_scan": "Keithley DMM6500 with 2000-SCAN",
    "keithley.k2450": "Keithley 2450",
    "keithley.k2636b": "Keithley 2636B",
    "llp.bend1": "labctl LLP-BEND1",
    "llp.sol1": "labctl LLP-SOL1",
    "palmsens.emstat_pico": "PalmSens EmStat Pico",
    "sunspec.storage": "SunSpec storage",
    "thorlabs.pm100d": "Thorlabs PM100D",
    "winsen.mhz19b": "Winsen MH-Z19B",
}


def model(emulator: str) -> str:
    """Maker and model of an emulator by its name; another lab's is called by the name itself."""
    return MODELS.get(emulator, emulator)


BAUDRATES = {"palmsens.emstat_pico": 230400, "winsen.mhz19b": 9600}
"""Line speeds as delivered, for the address of a serial port; a pseudo-terminal has no speed."""


def baudrate(emulator: str) -> int:
    """Line speed in baud; 115200 where the table does not say."""
    return BAUDRATES.get(emulator, 115200)
