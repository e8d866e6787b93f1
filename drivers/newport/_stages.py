"""Stages whose accuracy is known, by the model that the controller reads from them (`ID?`)."""

from __future__ import annotations

from labctl.evidence import Accuracy

UTS = "remembered: Newport catalogue, UTS series, stages with encoder: on-axis accuracy"


def _line(travel: float) -> Accuracy:
    """A UTS stage of `travel` in m: 5 um over its travel, shown in steps of 0.1 um."""
    return Accuracy("position", travel, "m", 0.0, 5e-6, UTS, 0.1e-6)


STAGES = {"UTS50CC": _line(0.05), "UTS100CC": _line(0.1), "UTS150CC": _line(0.15)}
"""Line of the sheet by model; a suffix after a point (`TS50DC.5`) is no part of the model."""
