"""Direction 9.8: high-power, high-coherence diamond lasers."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.laser.balance import power_balance
from procedures.methods.laser.efficiency import conversion_efficiency, slope_efficiency
from procedures.methods.laser.linewidth import linewidth
from procedures.methods.laser.optical_snr import optical_snr
from procedures.methods.laser.orders import cascade_orders
from procedures.methods.laser.output_power import output_power
from procedures.methods.laser.single_mode import single_mode
from procedures.methods.laser.spectral_width import spectral_width
from rigs.laser import LaserRig


@procedure("9.8-01", rig=LaserRig)
async def single_frequency(run: Run, rig: LaserRig) -> Evidence:
    """Whether one longitudinal mode alone runs."""
    return await single_mode(run, rig, "single_frequency_operation")


@procedure("9.8-02", rig=LaserRig)
async def orders_of_cascade(run: Run, rig: LaserRig) -> Evidence:
    """How many Stokes orders lase at the rated pump."""
    return await cascade_orders(run, rig, "cascade_orders")


@procedure("9.8-03", rig=LaserRig)
async def continuous_output_power(run: Run, rig: LaserRig) -> Evidence:
    """Continuous output power at the rated pump, in W."""
    return await output_power(run, rig, "output_power")


@procedure("9.8-06", rig=LaserRig)
async def balance_of_orders(run: Run, rig: LaserRig) -> Evidence:
    """Largest less smallest power of the orders over their sum, dimensionless."""
    return await power_balance(run, rig, "relative_spread")


@procedure("9.8-07", rig=LaserRig)
async def efficiency_from_pump(run: Run, rig: LaserRig) -> Evidence:
    """Output over pump power at the rated pump, dimensionless."""
    return await conversion_efficiency(run, rig, "optical_conversion_efficiency")


@procedure("9.8-08", rig=LaserRig)
async def slope_above_threshold(run: Run, rig: LaserRig) -> Evidence:
    """Slope of output over pump power above threshold, dimensionless."""
    return await slope_efficiency(run, rig, "slope_efficiency")


@procedure("9.8-12", rig=LaserRig)
async def width_of_single_line(run: Run, rig: LaserRig) -> Evidence:
    """Width of the line in single-frequency operation, in Hz."""
    return await linewidth(run, rig, "linewidth")


@procedure("9.8-13", rig=LaserRig)
async def width_of_orders(run: Run, rig: LaserRig) -> Evidence:
    """Width of the widest order, in Hz."""
    return await spectral_width(run, rig, "linewidth")


@procedure("9.8-14", rig=LaserRig)
async def ratio_of_single_line(run: Run, rig: LaserRig) -> Evidence:
    """Power of the line over the background in 0.1 nm, in dB."""
    return await optical_snr(run, rig, "optical_snr", most=1)


@procedure("9.8-15", rig=LaserRig)
async def ratio_of_orders(run: Run, rig: LaserRig) -> Evidence:
    """Power of the weakest order over the background in 0.1 nm, in dB."""
    return await optical_snr(run, rig, "optical_snr")
