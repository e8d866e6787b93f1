"""Methods of roles that no bench limit bounds, and why: data for test_limits.py."""

from __future__ import annotations

HARMLESS = {
    "a range, a band or an averaging of what is measured": {
        "DigitalMultimeterScanner.digitize_voltage",
        "DigitalMultimeterScanner.measure_current",
        "DigitalMultimeterScanner.measure_resistance",
        "DigitalMultimeterScanner.measure_voltage",
        "FlowMeter.set_damping",
        "GasSensor.set_range",
        "LaserEnergyMeter.set_attenuation",
        "LaserEnergyMeter.set_range",
        "LaserEnergyMeter.set_trigger",
        "LaserEnergyMeter.set_wavelength",
        "LaserPowerMeter.set_attenuation",
        "LaserPowerMeter.set_range",
        "LaserPowerMeter.set_wavelength",
        "OpticalSpectrumAnalyzer.set_resolution",
        "OpticalSpectrumAnalyzer.set_sensitivity",
        "OpticalSpectrumAnalyzer.set_span",
        "Oscilloscope.set_bandwidth",
        "Oscilloscope.set_channel",
        "Oscilloscope.set_sample_rate",
        "Oscilloscope.set_timebase",
        "Oscilloscope.set_trigger",
        "PowerAnalyzer.set_range",
        "PowerAnalyzer.set_update_interval",
        "PressureTransducer.set_averaging",
        "SourceMeter.integrate",
        "SpectrumAnalyzer.channel_power",
        "SpectrumAnalyzer.noise_density",
        "SpectrumAnalyzer.set_bandwidth",
        "SpectrumAnalyzer.set_mixer",
        "SpectrumAnalyzer.set_reference_level",
        "SpectrumAnalyzer.set_span",
        "Voltmeter.measure_voltage",
    },
    "what is looked at, waited for or logged": {
        "Balance.weigh",
        "DataLogger.logged",
        "DataLogger.start",
        "DimensionGauge.next_length",
        "LaserEnergyMeter.energies",
        "LaserEnergyMeter.energy",
        "MassSpectrometer.partial_pressure",
        "MassSpectrometer.scan",
        "MassSpectrometer.single_mass",
        "MotionStage.wait",
        "Oscilloscope.wait",
    },
    "an adjustment of the instrument itself": {
        "DimensionGauge.preset",
        "GasAnalyzer.set_compensation",
        "GasAnalyzer.span",
        "GasSensor.span",
        "SyringePump.set_diameter",
    },
    "a rate towards a target that is itself limited": {
        "DcPowerSupply.set_slew_rate",
        "ElectronicLoad.set_slew_rate",
        "MassFlowController.set_ramp",
        "SiteController.set_ramp",
    },
    "a frequency of a signal whose size is limited": {
        "ImpedanceAnalyzer.set_frequency",
        "ImpedanceAnalyzer.sweep_frequency",
    },
    "software under test does nothing outside itself": {
        "CacheSystem.replay",
    },
    "no instrument here has it, or its driver has a test of its own": {
        "LaserSource.set_current",
        "LaserSource.set_pulses",
        "DataLogger.set_output",
        "GridSimulator.set_harmonics",
        "Potentiostat.apply_current",
        "Potentiostat.impedance",
    },
}
"""Methods of roles that take numbers and need no bench limit, by the reason."""

LACKING = {
    "hioki.bt4560": {
        "ImpedanceAnalyzer.set_bias",
        "ImpedanceAnalyzer.set_level",
        "ImpedanceAnalyzer.sweep_bias",
    },
}
"""What a driver refuses on every bench, since its instrument has no such setting to be limited."""
