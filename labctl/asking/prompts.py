"""What is asked of people, and what they answer.

A prompt is plain data: the same one is shown by the terminal, a guardian's viewer and a web page.
Its `read` turns what was typed into the value that the procedure gets.
"""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from labctl.asking import reading
from labctl.asking.barcodes import Check
from labctl.evidence import Attachment
from labctl.journal.plain import loads
from labctl.journal.rows import Source
from labctl.quantity import Quantity
from labctl.words import Words

T = TypeVar("T")


class Question(msgspec.Struct, Generic[T], frozen=True, tag_field="kind"):
    """One question to a person; `name` is unique in its item, as that of a step.

    `text` is what is asked. `result` is the type of what `read` gives.
    """

    result: ClassVar[Any] = str
    name: str
    text: Words

    def read(self, said: str) -> T:
        """The value for what was typed; `reading.Refused` says why it is no answer."""
        raise NotImplementedError


class _Asked(Question[T], Generic[T], frozen=True, kw_only=True):
    """`timeout` in s of run time, after which the answer is `safe`, given by nobody.

    `simulated` is what is answered on a simulated bench; None: nothing can be. `item` is the id of
    the item that asks, `refused` why the answer before was none; a procedure states neither.
    """

    timeout: float | None = None
    safe: str | None = None
    simulated: str | None = None
    item: str = ""
    refused: Words = ""


class TextPrompt(_Asked[str], frozen=True, kw_only=True, tag="text"):
    """Asks for words; "y" stands for what is `proposed`, `optional` takes an empty answer."""

    proposed: str = ""
    optional: bool = False

    def read(self, said: str) -> str:
        """The words, without blanks around them."""
        return reading.words(said, self.proposed, optional=self.optional)


class NumberPrompt(_Asked[Quantity], frozen=True, kw_only=True, tag="number"):
    """Asks for a number in `unit`, from `low` to `high`, with standard uncertainty `u` in `unit`.

    What is typed with another unit of the same dimension is converted.
    """

    result: ClassVar[Any] = Quantity
    unit: str
    low: float | None = None
    high: float | None = None
    u: float = 0.0

    def read(self, said: str) -> Quantity:
        """The number as a quantity in `unit`."""
        value = reading.number(said, self.unit, self.low, self.high)
        return Quantity(value, self.unit, self.u)


class ChoicePrompt(_Asked[str], frozen=True, kw_only=True, tag="choice"):
    """Asks for one of `options`, by its words or its number from 1."""

    options: tuple[str, ...]

    def read(self, said: str) -> str:
        """The option, as it is written in `options`."""
        return reading.choice(said, self.options)


class BarcodePrompt(_Asked[str], frozen=True, kw_only=True, tag="barcode"):
    """Asks for a barcode, from a scanner or typed.

    `check` names the check digit that it must end with: "gtin" (EAN, UPC, GTIN, SSCC), "code39"
    (modulo 43), or "" for none. `pattern` is a regular expression for the whole code.
    """

    check: Check = ""
    pattern: str = ""

    def read(self, said: str) -> str:
        """The code."""
        return reading.barcode(said, self.check, self.pattern)


class FilePrompt(_Asked[Attachment | None], frozen=True, kw_only=True, tag="file"):
    """Asks for a file by its path, which is kept with the run; `photo` takes pictures alone.

    "" as `safe` or `simulated` stands for no file.
    """

    result: ClassVar[Any] = Attachment | None
    photo: bool = False

    def read(self, said: str) -> Attachment | None:
        """The file at the path, as it will be attached; None for no file, which nobody types."""
        return reading.file(said, photo=self.photo)


class ConfirmPrompt(_Asked[bool], frozen=True, kw_only=True, tag="confirm"):
    """Asks whether something is so; a yes needs a second person, of another name."""

    result: ClassVar[Any] = bool

    def read(self, said: str) -> bool:
        """Whether it is so."""
        return reading.yes(said)


Prompt = TextPrompt | NumberPrompt | ChoicePrompt | BarcodePrompt | FilePrompt | ConfirmPrompt
"""Any of the above, as it travels."""


class Answer(msgspec.Struct, frozen=True):
    """What was typed, by whom, by whom it was confirmed, and on which way it came."""

    value: str
    who: str
    second: str = ""
    source: Source = "person"


def stored_prompt(text: str) -> Prompt:
    """A prompt as the journal keeps it, as JSON."""
    return msgspec.convert(loads(text), Prompt)


def check(prompt: Prompt, answer: Answer) -> None:
    """`reading.Refused` where `answer` lacks a name, a file or a person that `prompt` needs."""
    if answer.source == "person":
        reading.first_person(answer.who)
    if isinstance(prompt, FilePrompt) and answer.source in ("person", "script"):
        reading.words(answer.value)
    if isinstance(prompt, ConfirmPrompt) and prompt.read(answer.value):
        reading.second_person(answer.who, answer.second)
