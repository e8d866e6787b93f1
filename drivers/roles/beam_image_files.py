"""Role: camera of a beam bench whose software writes its pictures to files."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.imported import ImageFiles
from drivers.roles.microscope_image import Microscope


class BeamImageFiles(Microscope, ImageFiles, Protocol):
    """Pictures of a beam by file, one after another, pixel pitch in m.

    `following` tells that the next one is there, `latest_beam_image` how many pixels of it are
    saturated. `InstrumentError` for a picture without exposure or pitch.
    """
