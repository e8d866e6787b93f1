"""Asking for the barcode of the sample that is in place."""

from __future__ import annotations

from labctl import clock
from labctl.asking.answering import Answering
from labctl.asking.asked import row_of
from labctl.asking.prompts import BarcodePrompt
from labctl.i18n import N_
from labctl.journal.plain import encode
from labctl.journal.reader import Reader
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Landing
from labctl.words import Text

PROMPT = "sample/barcode"
"""Name of the prompt, as a script of answers names it."""

ASKED = N_("Scan the barcode of the sample in place; it should be {id}.")


def wants_scan(bench: OpenBench, landing: Landing | None) -> bool:
    """Whether the barcode is to be scanned where an item begins, or goes on at `landing`.

    Not after a hold by interlocks alone on a bench whose doors are watched and stayed shut: nobody
    was at the sample, and nobody may be there to scan.
    """
    if not bench.scan_sample or landing is None or not landing.held:
        return bench.scan_sample
    doors = {watch.terms.name for watch in bench.watches if watch.terms.door}
    interlocks = {watch.terms.name for watch in bench.watches}
    shut = bool(doors) and not doors & landing.causes
    return not (shut and landing.causes <= interlocks)


async def scanned(people: Answering, journal: Journal, item: int, id: str) -> str:
    """What is scanned of the sample that should be `id`, journalled as an answer.

    `OperatorError` where nobody answers.
    """
    await journal.flush()
    with Reader(journal.path) as reader:
        before = sum(1 for name, *_ in reader.steps(item) if name == PROMPT)
    attempt = journal.attempt(item, PROMPT, before + 1)
    prompt = BarcodePrompt(PROMPT, Text(ASKED, {"id": id}), simulated=id)
    await journal.flush()
    asked = clock.stamp()
    code, answer = await people.answer(prompt)
    journal.answered(row_of(item, attempt, prompt, encode(code), answer, asked))
    await journal.finish(attempt, encode(code))
    return code
