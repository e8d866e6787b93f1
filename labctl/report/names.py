"""Names that come from benches and journals instead of from the source of a message.

Marked here, so that `labctl.report.wording.plain` finds their translation.
"""

from __future__ import annotations

from labctl.i18n import N_

ROLES = (
    N_("source meter"),
    N_("reference meter"),
    N_("lamp"),
    N_("bender"),
    N_("chuck"),
)
"""Roles of a bench."""

CHANNELS = (
    N_("before"),
    N_("after"),
    N_("forward"),
    N_("reverse"),
    N_("irradiance"),
    N_("temperature"),
    N_("power"),
    N_("voltage"),
    N_("current"),
    N_("reference"),
    N_("radius"),
    N_("cycles"),
    N_("iv"),
)
"""Parts of the names of channels."""

CONTRIBUTIONS = (
    N_("bench"),
    N_("sample"),
    N_("area"),
    N_("reference cell"),
    N_("responsivity"),
    N_("spectral mismatch"),
    N_("non uniformity"),
    N_("temperature offset"),
    N_("cell heating"),
    N_("series resistance"),
    N_("curve correction factor"),
    N_("voltage temperature coefficient"),
    N_("current temperature coefficient"),
    N_("hysteresis"),
    N_("power temperature coefficient"),
    N_("repeatability"),
    N_("exposure"),
    N_("noise"),
    N_("light soaking"),
    N_("remounted"),
    N_("scatter"),
    N_("start"),
    N_("end"),
)
"""Parts of the names of contributions to an uncertainty."""

CONSUMABLES = (N_("lamp hours"), N_("bending cycles"))
"""What a run uses up."""

ENDS = (N_("low end"), N_("high end"))
"""Ends of a range, in the reasons of a verdict."""

ERROR = (
    N_("kind"),
    N_("message"),
    N_("address"),
    N_("command"),
    N_("answer"),
    N_("remedy"),
)
"""Parts of an error."""
