# pyright: reportMissingImports=false
"""pylablib's Ophir Vega at the port and the wavelength in m of the command line; prints JSON.

Runs in the environment of gpl-requirements.txt. pylablib takes serial numbers for whole numbers,
which those of emulators are not: identity and head are not asked for.
"""

from __future__ import annotations

import json
import sys

from pylablib.devices.Ophir import VegaPowerMeter

meter = VegaPowerMeter((sys.argv[1], 9600))
meter.set_wavelength(float(sys.argv[2]))
wavelengths = meter.get_wavelength_info()
meter.set_range_idx(1)
ranges = meter.get_range_info()
found: dict[str, object] = {
    "power": meter.get_power(),
    "units": meter.get_units(),
    "mode": wavelengths.mode,
    "wavelength": wavelengths.curr_wavelength,
    "range": float(ranges.curr_range),
    "ranges": [float(each) for each in ranges.ranges],
    "filter": meter.is_filter_in(),
}
try:
    meter.query("$QQ")
except meter.Error as error:
    found["refused"] = str(error)
meter.set_range_idx(-1)
found["auto"] = meter.get_range_idx()
meter.close()
print(json.dumps(found))
