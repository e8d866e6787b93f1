"""Beam profiler that writes HDF5 in the form of NeXus (NXdata of the NeXus definitions 2024).

`/entry` (NXentry) with title, start_time, `sample/name`, `instrument` (NXinstrument: name,
model and serial number; `detector`, an NXdetector, with data, count_time in s, x_pixel_size and
y_pixel_size in m) and `data` (NXdata: the same data by a link as signal, axes `y`, `x` in m from
the sensor's corner). Every dataset of a quantity has the attribute `units`; the picture itself
also carries `pitch_x`, `pitch_y` in m.
Left out: stacks, compression, links.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from sim_backends.emulators.files.beam_camera import (
    EXPOSURE,
    FULL,
    MAKER,
    MODEL,
    PITCH,
    BeamCamera,
    Frame,
)
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.gaussian_beam import BeamProfilePort


class Hdf5BeamProfiler(FileStation):
    """A beam camera before the beam in `port`."""

    suffix = ".h5"

    def __init__(self, port: BeamProfilePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._camera = BeamCamera(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One picture."""
        import h5py

        file = io.BytesIO()
        with h5py.File(file, "w") as root:
            root.attrs["default"] = "entry"
            entry = _group(root, "entry", "NXentry")
            entry.attrs["default"] = "data"
            entry["title"] = shot.sample
            entry["start_time"] = shot.moment.isoformat()
            _group(entry, "sample", "NXsample")["name"] = shot.sample
            frame = self._camera.frame(shot)
            entry["experiment_description"] = frame.about["Description"]
            _instrument(entry, shot, frame)
            _picture(entry)
        return file.getvalue()


def _group(parent: Any, name: str, kind: str) -> Any:
    group = parent.create_group(name)
    group.attrs["NX_class"] = kind
    return group


def _quantity(parent: Any, name: str, value: Any, units: str) -> Any:
    parent[name] = value
    parent[name].attrs["units"] = units
    return parent[name]


def _instrument(entry: Any, shot: Shot, frame: Frame) -> None:
    instrument = _group(entry, "instrument", "NXinstrument")
    instrument["name"] = f"{MAKER} {MODEL}"
    instrument["manufacturer"] = MAKER
    instrument["model"] = MODEL
    instrument["serial_number"] = shot.serial
    detector = _group(instrument, "detector", "NXdetector")
    detector["data"] = frame.counts
    detector["data"].attrs["units"] = "counts"
    detector["vendor"] = MAKER
    detector["model"] = MODEL
    detector["serial_number"] = shot.serial
    detector["saturation_value"] = FULL
    detector["description"] = "\n".join(f"{name}={value}" for name, value in frame.about.items())
    _quantity(detector, "count_time", EXPOSURE, "s")
    _quantity(detector, "x_pixel_size", PITCH, "m")
    _quantity(detector, "y_pixel_size", PITCH, "m")


def _picture(entry: Any) -> None:
    data = _group(entry, "data", "NXdata")
    data.attrs["signal"] = "data"
    data.attrs["axes"] = ["y", "x"]
    data["data"] = picture = entry["instrument/detector/data"]
    picture.attrs["pitch_x"] = picture.attrs["pitch_y"] = PITCH
    picture.attrs["pitch_units"] = "m"
    for axis, count in zip("yx", picture.shape, strict=True):
        _quantity(data, axis, (np.arange(count) + 0.5) * PITCH, "m")


EMULATOR = Hdf5BeamProfiler
