"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f06_micro_nano_electronics import d07_gas_identification as d07
from rigs.gas_identification import GasIdentificationRig


def test_the_indicator_is_bound_to_the_gas_identification_rig() -> None:
    spec = registered()["6.7-01"]
    assert spec.function is d07.gases_identified
    assert spec.rig is GasIdentificationRig
