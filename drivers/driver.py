"""What every driver is: identity, a way back to a known line, a safe state."""

from __future__ import annotations

from typing import ClassVar, Protocol

from labctl.evidence import Accuracy, Identity


class Driver(Protocol):
    """One plain class a model, in `drivers/<vendor>/<model>.py`.

    A driver holds one link and says the state it wants; it never toggles. Its data sheet stands
    in the class as `accuracies`, each line with its source. Values out of range are refused with
    `LimitRefused` before anything is sent.
    """

    accuracies: ClassVar[tuple[Accuracy, ...]]

    @property
    def address(self) -> str:
        """The link's address."""
        ...

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        ...

    async def identify(self) -> Identity:
        """Ask the instrument who it is; `InstrumentError` where it is another model."""
        ...

    async def resync(self) -> None:
        """Bring line and instrument to a known state after a broken transaction."""
        ...

    async def safe(self) -> None:
        """Take the instrument to its safe state and read back that it is there.

        `InstrumentError` where the read-back says otherwise.
        """
        ...

    async def close(self) -> None:
        """Give the line back; the instrument's state stays as it is."""
        ...
