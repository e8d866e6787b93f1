"""TDMS files of data loggers (NI), our own reader `drivers.codecs.tdms`.

Each channel with values becomes a logged channel; its unit stands in `unit_string` or
`NI_UnitDescription`, its times in `wf_start_time`, `wf_start_offset` and `wf_increment`. The file's
own properties `Method` (or `description`), `Sample` (or `name`), `Manufacturer`, `Model` and
`Serial number` say the rest. The format has no end after its last segment: `points` in
labctl-import.toml states how many values a channel has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from drivers.codecs import tdms
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, by_library, missing, own
from drivers.imported.text import spelled
from drivers.roles.data_logger import LoggedChannel
from drivers.roles.imported import Imported, ImportedFile
from labctl.evidence import Identity

METHODS = ("Method", "description", "Description")
UNITS = ("unit_string", "NI_UnitDescription")
_PART = re.compile(r"'((?:[^']|'')*)'")
Channels = Mapping[str, tdms.Channel]


class Tdms(Importer[Imported[tuple[LoggedChannel, ...]]]):
    """Channels of TDMS files in a watched folder, each in its own unit, times in s."""

    instrument_class: ClassVar[str] = "data_logger"
    suffixes: ClassVar[tuple[str, ...]] = (".tdms",)

    def result_of(self, source: Source) -> Imported[tuple[LoggedChannel, ...]]:
        """All channels; `Refused` for a cut file and for a channel without unit or times."""
        objects = by_library(lambda: tdms.objects(source.data))
        channels = {path: one for path, one in objects.items() if one.parts}
        if not channels:
            raise Refused("holds no values")
        counts = {len(one.values()) for one in channels.values()}
        points = source.beside.points
        if points and counts != {points}:
            raise Refused(f"is cut or not whole: {sorted(counts)} of {points} values a channel")
        file = source.file(own("drivers.codecs.tdms"), _header(source, objects, channels))
        return Imported(file, tuple(_logged(source, file, *one) for one in channels.items()))


def _header(source: Source, objects: Channels, channels: Channels) -> Header:
    found: Mapping[str, Any] = objects["/"].properties if "/" in objects else {}
    starts = [_start(path, one) for path, one in channels.items()]
    remarks = missing(**{_name(path): one.values() for path, one in channels.items()})
    if not source.beside.points:
        remarks += ("no end in this format: the segments that are there are whole",)
    model = str(found.get("Model", ""))
    who = Identity(str(found.get("Manufacturer", "")), model, str(found.get("Serial number", "")))
    method = next((str(found[key]) for key in METHODS if found.get(key)), "")
    sample = str(found.get("Sample", "") or found.get("name", ""))
    return Header(method, sample, min(starts), who if model else None, "", remarks)


def _logged(source: Source, file: ImportedFile, path: str, channel: tdms.Channel) -> LoggedChannel:
    import numpy as np

    values, found = channel.values(), channel.properties
    unit = next((spelled(str(found[key])) for key in UNITS if found.get(key)), "")
    if not unit:
        raise Refused(f"states no unit of {_name(path)}")
    step = float(found.get("wf_increment", 0.0))
    if step <= 0:
        raise Refused(f"states no interval of {_name(path)}")
    begin = _start(path, channel) + float(found.get("wf_start_offset", 0.0))
    time = begin + step * np.arange(len(values), dtype=np.float64)
    return LoggedChannel(_name(path), time, source.array(values, unit, file), 0)


def _start(path: str, channel: tdms.Channel) -> float:
    """When a channel's first value was taken, Unix time in s."""
    found = channel.properties.get("wf_start_time")
    if not isinstance(found, float):
        raise Refused(f"does not say when {_name(path)} began")
    return found


def _name(path: str) -> str:
    """`group/channel` of a path `/'group'/'channel'`, in which quotes are doubled."""
    return "/".join(part.replace("''", "'") for part in _PART.findall(path))


DRIVER = Tdms
