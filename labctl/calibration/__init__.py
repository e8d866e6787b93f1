"""Calibration certificates: what a laboratory found of one instrument, with its uncertainty."""

from __future__ import annotations

from labctl.calibration.certificate import AsFound, Certificate, Distribution, Point, Table

__all__ = ["AsFound", "Certificate", "Distribution", "Point", "Table"]
