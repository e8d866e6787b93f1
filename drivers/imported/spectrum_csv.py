"""Spectra in CSV by docs/protocols/result-files.md, our own reader."""

from __future__ import annotations

from typing import ClassVar

from drivers.imported.folder import Importer
from drivers.imported.headed import Headed, headed
from drivers.imported.source import Refused, Source, number, own
from drivers.imported.spectra import Signal, spectrum
from drivers.imported.text import spelled
from drivers.roles.imported import Imported
from drivers.roles.spectrometer import Spectrum

MEDIA = ("air", "vacuum")
SATURATION = "Saturation"


class SpectrumCsv(Importer[Imported[Spectrum]]):
    """Spectra of CSV files in a watched folder, wavelengths in m in air."""

    instrument_class: ClassVar[str] = "spectrometer"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)

    def result_of(self, source: Source) -> Imported[Spectrum]:
        """The spectrum; `Refused` for a cut file, and without units, dark, medium or exposure."""
        found = headed(source, "Wavelength", "Intensity")
        file = source.file(own("drivers.imported.spectrum_csv"), found.header(source, "Sample"))
        return Imported(file, spectrum(source, file, _signal(found)))


def _signal(found: Headed) -> Signal:
    medium = found.said("Wavelength Medium")
    if medium not in MEDIA:
        raise Refused(f"states the medium {medium!r} of its wavelengths, expected air or vacuum")
    if found.said("Dark") != "subtracted":
        raise Refused("has not had its dark spectrum taken off")
    table = found.table
    at = table.names.index("Intensity")
    unit = spelled(table.units[at])
    if not unit:
        raise Refused("states no unit of its intensity")
    limit = found.keys.get(SATURATION, "")
    if limit and spelled(found.units[SATURATION]) != unit:
        raise Refused(f"states its saturation in another unit than its intensity, {unit}")
    return Signal(
        table.column("Wavelength", "m"),
        "m",
        table.values[:, at],
        unit,
        vacuum=medium == "vacuum",
        exposure=found.number("Integration Time", "s"),
        averages=int(number(found.said("Averages"), "Averages")),
        saturation=number(limit, SATURATION) if limit else 0.0,
    )


DRIVER = SpectrumCsv
