"""The errors of labctl, drawn once.

    LabError
    ├── UsageError         the caller asked for something that cannot be: unknown id, bad option
    ├── BenchError         a bench, agreement, dossier or sample file is wrong or incomplete
    ├── LinkError          the line: no answer, refused connection, broken frame
    ├── InstrumentError    the instrument answered, and answered wrongly
    ├── LimitRefused       a value beyond an instrument's or the bench's limit; nothing was sent
    ├── InterlockError     an interlock does not read good: nothing is energised, or the run ends
    ├── UnitError          a quantity in a unit that does not fit
    ├── OperatorError      an answer that a person owed was not given
    ├── JournalError       the journal cannot be written or read
    └── Defect             labctl itself is wrong
        └── OutsideStep    a procedure uses an instrument where a resume would use it again

The type says who was wrong. Every error can name the address, the command and the answer at
fault, and a remedy. Only a `LinkError` may be retried, and only for idempotent transactions.
"""

from __future__ import annotations

from typing import ClassVar


class LabError(Exception):
    """Base of all labctl errors.

    `kind` is the short name that `--json` prints; `exit_code` is what the command line ends with.
    """

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 3
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        address: str = "",
        command: str = "",
        answer: str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.address = address
        self.command = command
        self.answer = answer
        self.remedy = remedy

    def __str__(self) -> str:
        parts = [self.message]
        parts += [
            f"{name}: {text}"
            for name, text in (
                ("address", self.address),
                ("command", self.command),
                ("answer", self.answer),
                ("remedy", self.remedy),
            )
            if text
        ]
        return "; ".join(parts)

    def as_dict(self) -> dict[str, str]:
        """What `--json` prints of an error: kind, message, address, command, answer, remedy."""
        return {
            "kind": self.kind,
            "message": self.message,
            "address": self.address,
            "command": self.command,
            "answer": self.answer,
            "remedy": self.remedy,
        }


class UsageError(LabError):
    """The caller asked for something that cannot be done as asked."""

    kind = "usage"


class BenchError(LabError):
    """A bench, agreement, dossier or sample file is wrong; the message names file and key."""

    kind = "bench"


class LinkError(LabError):
    """The line failed: no answer in time, connection refused or lost, broken frame."""

    kind = "link"
    retryable = True


class InstrumentError(LabError):
    """The instrument answered, and the answer is an error or makes no sense."""

    kind = "instrument"


class LimitRefused(LabError):
    """A value beyond an instrument's range or the bench file's limit; nothing was sent."""

    kind = "limit"


class InterlockError(LabError):
    """An interlock tripped while the procedure ran, or does not read good before it."""

    kind = "interlock"


class UnitError(LabError):
    """A quantity in a unit that cannot be converted to the unit asked for."""

    kind = "unit"


class OperatorError(LabError):
    """An answer or confirmation that a person owed was not given."""

    kind = "operator"


class JournalError(LabError):
    """The journal cannot be written, or what stands in it is not what was written."""

    kind = "journal"


class Defect(LabError):
    """labctl itself is wrong: a rule of the house was broken by our own code."""

    kind = "defect"
    exit_code = 4


class OutsideStep(Defect):
    """A procedure uses an instrument outside every step, exposure and arrangement of a scope.

    A resumed run would do it again; nothing was sent.
    """
