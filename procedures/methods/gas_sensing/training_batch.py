"""The log of a training batch: other arrays of the production, exposed to known gases in a lab.

A group of channels for each array, named by its serial number: `gas` (0 for clean air, then the
gases in the order in which they are named), `amount` in mole fraction, `humidity` in %, and
`air 1`, `film 1`, `air 2`... what each film conducted in clean air before the exposure and in it,
in whatever unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from drivers.roles.data_logger import LoggedChannel
from labctl.errors import InstrumentError
from labctl.quantity import Quantity
from labctl.run import Run
from procedures.analysis.gas_patterns import AIR, GROUPS, Exposures
from procedures.methods.gas_sensing.blending import GASES
from rigs.gas_identification import GasIdentificationRig

LEAST = 3
"""Exposures of each array to each gas and to clean air."""

NEAR = 1.2
"""Ratio by which amounts, and 100 % over 10 % of humidity, may miss what is to be offered."""

NAME, TYPE = "training-batch.json", "application/json"


class Trained(msgspec.Struct, frozen=True):
    """One array of the batch: its `serial`, and by exposure the label `gas`, the `amount` in
    umol/mol, the `humidity` in %, and ln of film over air of each film (`logs`)."""

    serial: str
    gas: tuple[int, ...]
    amount: tuple[float, ...]
    humidity: tuple[float, ...]
    logs: tuple[tuple[float, ...], ...]


class Batch(msgspec.Struct, frozen=True):
    """The batch as imported: file `name` and its `sha256`, when it was begun in Unix time in s."""

    name: str
    sha256: str
    measured_utc: float
    arrays: tuple[Trained, ...]

    @property
    def exposures(self) -> Exposures:
        """All exposures of all arrays, arrays counted from 0."""
        logs = np.array([row for one in self.arrays for row in one.logs])
        labels = np.array([gas for one in self.arrays for gas in one.gas], int)
        counts = [len(one.gas) for one in self.arrays]
        return Exposures(logs, labels, np.repeat(np.arange(len(counts)), counts))


async def training_batch(run: Run, rig: GasIdentificationRig, films: int) -> Batch:
    """The newest log in the batch's folder, kept with the run; a step of the run.

    `InstrumentError` for one that lacks a column, has another number of `films`, holds the array
    under test, or does not show every gas on every array.
    """

    async def once() -> Batch:
        found = await rig.batch.latest()
        about = found.file
        arrays = _arrays(rig.batch.address, found.result, films)
        return Batch(about.name, about.sha256, about.measured_utc, arrays)

    batch = await run.step("training batch", once, Batch)
    fault = lacking(batch, run.sample.id)
    if fault:
        raise InstrumentError(
            f"the training batch {batch.name} {fault}",
            address=rig.batch.address,
            remedy="export the log of another batch",
        )
    await run.attach(NAME, msgspec.json.encode(batch), TYPE)
    return batch


def lacking(batch: Batch, under_test: str) -> str:
    """What makes `batch` unfit to judge the array `under_test`; empty where nothing does."""
    if any(one.serial.casefold() == under_test.casefold() for one in batch.arrays):
        return f"holds the array under test, {under_test}"
    if len(batch.arrays) < GROUPS:
        return f"has {len(batch.arrays)} arrays, fewer than {GROUPS}"
    for one in batch.arrays:
        for label, name in enumerate(("clean air", *GASES)):
            if one.gas.count(label) < LEAST:
                return f"shows {name} to array {one.serial} fewer than {LEAST} times"
    return ""


def uncovered(batch: Batch, amounts: tuple[float, float], humidity: tuple[float, float]) -> str:
    """What of the `amounts` in umol/mol and of the `humidity` in % that are to be offered the batch
    has not seen; empty where it has seen them."""
    for label, name in enumerate(GASES, start=1):
        rows = [
            (amount, wet)
            for one in batch.arrays
            for gas, amount, wet in zip(one.gas, one.amount, one.humidity, strict=True)
            if gas == label
        ]
        for what, seen, (low, high) in zip(
            ("umol/mol", "% of humidity"), zip(*rows, strict=True), (amounts, humidity), strict=True
        ):
            if min(seen) > NEAR * low or max(seen) < high / NEAR:
                return f"{name} from {min(seen):.3g} to {max(seen):.3g} {what} alone"
    return ""


def _arrays(address: str, channels: Sequence[LoggedChannel], films: int) -> tuple[Trained, ...]:
    groups: dict[str, dict[str, LoggedChannel]] = {}
    for one in channels:
        serial, _, column = one.channel.rpartition("/")
        groups.setdefault(serial, {})[column] = one
    try:
        return tuple(_array(serial, columns, films) for serial, columns in groups.items())
    except ValueError as error:
        raise InstrumentError(
            f"the training batch {error}",
            address=address,
            remedy="docs/gas-identification.md says which channels it has",
        ) from error


def _array(serial: str, columns: Mapping[str, LoggedChannel], films: int) -> Trained:
    """`ValueError` says what is wrong with the group of channels."""
    wanted = {"gas", "amount", "humidity"}
    wanted |= {f"{kind} {n + 1}" for kind in ("air", "film") for n in range(films)}
    if set(columns) != wanted:
        odd = ", ".join(sorted(set(columns) ^ wanted))
        raise ValueError(f"has or lacks channels of array {serial or '(no name)'}: {odd}")
    rows = {name: one.values.values for name, one in columns.items()}
    if len({len(one) for one in rows.values()}) != 1:
        raise ValueError(f"has channels of unequal length of array {serial}")
    before = np.array([rows[f"air {n + 1}"] for n in range(films)])
    during = np.array([rows[f"film {n + 1}"] for n in range(films)])
    labels = rows["gas"]
    if not (before > 0.0).all() or not (during > 0.0).all():
        raise ValueError(f"has a film of array {serial} that does not conduct")
    if not np.isin(labels, np.arange(AIR, len(GASES) + 1)).all():
        raise ValueError(f"names a gas of array {serial} by a number that is none")
    return Trained(
        serial,
        tuple(int(one) for one in labels),
        tuple(_scaled(columns["amount"], "umol/mol")),
        tuple(_scaled(columns["humidity"], "%")),
        tuple(tuple(row) for row in np.log(during / before).T.tolist()),
    )


def _scaled(channel: LoggedChannel, unit: str) -> list[float]:
    factor = Quantity(1.0, channel.values.unit).to(unit).value
    return (channel.values.values * factor).tolist()
