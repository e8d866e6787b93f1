"""Re-evaluation: the items of a run judged again from its journal, which stays as it is.

By another agreement, or with certificates of later calibrations. A re-evaluation is no verdict of
the run: it says what it is, and is never exported as an acceptance.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from labctl.agreement import Agreement
from labctl.calibration import Certificate
from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.indicator import Indicator
from labctl.item import bands_of
from labctl.journal.plain import decode, encode
from labctl.journal.reader import Reader
from labctl.judging.record import Verdict
from labctl.runfolder import RunFolder
from labctl.traceable import Calibrated
from labctl.verification.judgement import judged, was_simulated
from labctl.words import Text, Words, said

MEASURAND = ("area_basis", "end_of_life", "statistic", "items")
"""What an agreement says of the measurand: the figure was made by the one of the run's start."""

ANOTHER = N_("{name}: the figure was made for {was}, agreed is now {now}")
NOTHING = N_("not agreed")


class Reevaluated(msgspec.Struct, frozen=True):
    """An item judged again: `indicator`, its verdict `before` as journalled, and what follows
    `now`; both None of an item that is not finished."""

    indicator: Indicator
    before: Verdict | None = None
    now: Verdict | None = None

    def as_dict(self) -> dict[str, Any]:
        """What `labctl rejudge --json` prints of it."""
        if self.before is None or self.now is None:
            return {"id": self.indicator.id, "before": None, "outcome": None}
        return {
            **self.now.as_dict(),
            "before": str(self.before.outcome),
            "reevaluation": self.now.reevaluation,
            "rule": self.now.rule,
            "agreement": self.now.agreement,
            "reasons": list(self.now.reasons),
            "warnings": [said(words) for words in self.now.warnings],
            "waived": msgspec.to_builtins(self.now.waived),
        }


def reevaluate(
    path: Path, agreement: Agreement | None, certificates: Sequence[Certificate] = ()
) -> list[Reevaluated]:
    """The items of the run in the folder `path` judged again by `agreement`, None: the run's own.

    `certificates` are those of later calibrations: what they found tells whether the instruments
    were still within their specification. `JournalError` where the journal cannot be read.
    """
    with Reader(RunFolder(path).journal) as reader:
        own = decode(encode(reader.meta().get("agreement", {})), Agreement)
        again = _Again(reader, own, agreement or own, tuple(certificates))
        return [again.item(number, decode(row, Indicator)) for number, _, row, *_ in reader.items()]


class _Again(msgspec.Struct, frozen=True):
    reader: Any
    own: Agreement
    agreement: Agreement
    certificates: tuple[Certificate, ...]

    def item(self, number: int, indicator: Indicator) -> Reevaluated:
        before = self.reader.fact(number, "verdict", Verdict)
        if before is None:
            return Reevaluated(indicator)

        def seen(evidence: Evidence) -> Evidence:
            return msgspec.structs.replace(
                evidence,
                conditions=recounted(evidence.conditions, indicator, self.own, self.agreement),
                calibrations=tuple(
                    later_found(one, self.certificates) for one in evidence.calibrations
                ),
            )

        simulated = was_simulated(self.reader, number, before)
        now = judged(self.reader, number, indicator, self.agreement, simulated=simulated, seen=seen)
        told = (*now.warnings, *otherwise_defined(self.own, self.agreement))
        another = self.agreement.sha256 != self.own.sha256
        return Reevaluated(
            indicator, before, msgspec.structs.replace(now, warnings=told, reevaluation=another)
        )


def recounted(
    observed: Sequence[Observed], indicator: Indicator, own: Agreement, other: Agreement
) -> tuple[Observed, ...]:
    """Conditions as observed, for judging by the `other` agreement.

    Shares were counted with the tolerances of the run's `own`. Under another tolerance they say
    nothing: a condition is then held where all that was read lies inside, and nowhere else.
    """
    was, now = bands_of(indicator, own), bands_of(indicator, other)
    return tuple(
        one if was.get(one.quantity) == now.get(one.quantity) else _whole(one) for one in observed
    )


def _whole(one: Observed) -> Observed:
    """Without a count of what lay inside; where extremes are missing the old count has to do."""
    if one.low is None or one.high is None:
        return one
    return msgspec.structs.replace(one, share=1.0, worst_excursion=0.0)


def later_found(one: Calibrated, certificates: Sequence[Certificate]) -> Calibrated:
    """`one` with what the next calibration after its last reading found, if any says so."""
    from labctl.judging.calibrations import start_of

    later = [
        certificate
        for certificate in certificates
        if certificate.serial == one.serial
        and certificate.calibrated
        and start_of(certificate.calibrated) > one.last
    ]
    if not later:
        return one
    following = min(later, key=lambda certificate: certificate.calibrated)
    return msgspec.structs.replace(one, as_found=following.as_found)


def otherwise_defined(own: Agreement, other: Agreement) -> tuple[Words, ...]:
    """Where another measurand is agreed than the one that was measured, in words."""
    pairs = zip(MEASURAND, _measurand(own), _measurand(other), strict=True)
    return tuple(
        Text(ANOTHER, {"name": name, "was": was or NOTHING, "now": now or NOTHING})
        for name, was, now in pairs
        if was != now
    )


def _measurand(agreement: Agreement) -> tuple[str, str, str, str]:
    return agreement.area_basis, agreement.end_of_life, agreement.statistic, str(agreement.items)
