"""What befell a run, marked on the evidence that it gave."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from labctl.evidence import Evidence
from labctl.gaps import Gap, Gaps, intolerable, told


def marked(
    evidence: Evidence, gaps: Sequence[Gap], tolerated: Gaps, changed: Sequence[str]
) -> Evidence:
    """`evidence` with its `gaps`, where more than `tolerated`, and with what was `changed`.

    What the procedure itself says makes it invalid (a camera that saw nothing), or was changed,
    stays.
    """
    return msgspec.structs.replace(
        evidence,
        invalid=(*evidence.invalid, *intolerable(gaps, tolerated)),
        changed=tuple(dict.fromkeys((*evidence.changed, *changed))),
        how=(*evidence.how, *told(gaps)),
    )
