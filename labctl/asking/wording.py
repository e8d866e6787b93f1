"""A prompt in words, in the user's language: for the terminal and for whoever watches."""

from __future__ import annotations

from labctl.asking.prompts import (
    BarcodePrompt,
    ChoicePrompt,
    ConfirmPrompt,
    FilePrompt,
    NumberPrompt,
    Prompt,
    TextPrompt,
)
from labctl.asking.reading import range_text
from labctl.i18n import _
from labctl.report.wording import duration
from labctl.words import said


def shown(prompt: Prompt) -> list[str]:
    """Lines that ask `prompt`; the first says why the answer before was none."""
    head = f"[{prompt.item}] " if prompt.item else ""
    lines = [said(prompt.refused, _)] if prompt.refused else []
    lines.append(f"{head}{said(prompt.text, _)}")
    if isinstance(prompt, ChoicePrompt):
        lines += [f"  {number}. {_(option)}" for number, option in enumerate(prompt.options, 1)]
    if prompt.timeout is not None:
        time, safe = duration(prompt.timeout), prompt.safe or _("none")
        text = _("  Without an answer within {time} it is taken to be: {safe}.")
        lines.append(text.format(time=time, safe=safe))
    return lines


def hint(prompt: Prompt) -> str:
    """What is to be typed, in a few words."""
    match prompt:
        case TextPrompt():
            return _("y, or what else") if prompt.proposed else _("text")
        case NumberPrompt(low=None, high=None):
            return _("a number in {unit}").format(unit=prompt.unit or "1")
        case NumberPrompt():
            return _number_range(prompt)
        case ChoicePrompt():
            return _("1 to {count}").format(count=len(prompt.options))
        case BarcodePrompt():
            return _("scan or type")
        case FilePrompt():
            return _("path of the photo") if prompt.photo else _("path of the file")
        case ConfirmPrompt():
            return _("y or n")


def _number_range(prompt: NumberPrompt) -> str:
    low = float("-inf") if prompt.low is None else prompt.low
    high = float("inf") if prompt.high is None else prompt.high
    text = _("a number, {range}")
    return text.format(range=range_text(low, high, prompt.unit))
