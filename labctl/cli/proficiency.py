"""`labctl proficiency`: whether a procedure measures, tried on devices it does not know."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson
from labctl.cli.run import Targets
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.indicator import Indicator
    from labctl.proficiency.marks import Marks
    from labctl.proficiency.proving import Proved, Tell

Draws = Annotated[
    int, typer.Option("--draws", metavar="N", min=2, help=N_("Blind devices of each procedure."))
]
SeedOf = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help=N_("Seed; without it that of the record.")),
]
ToRecord = Annotated[
    bool,
    typer.Option("--record", help=N_("Put the results on record; what is fresh there is left.")),
]


def proficiency(
    targets: Targets,
    draws: Draws = 100,
    seed: SeedOf = None,
    record: ToRecord = False,
    as_json: AsJson = False,
) -> None:
    """Measure devices whose true values are hidden, and tell whether the procedures are honest."""
    from labctl.cli.find import procedures_of, whole_catalogue
    from labctl.cli.streams import say_json
    from labctl.errors import UsageError
    from labctl.labs import load_labs

    if record and seed is not None:
        raise UsageError(
            _("the seed of the record is that of the code"), remedy=_("leave --seed out")
        )
    labs = load_labs()
    chosen = whole_catalogue(labs).select(*targets)
    known = procedures_of(chosen, labs)
    served = [one for one in chosen if one.id in known]
    if not served:
        raise UsageError(
            _("no procedure among {targets}").format(targets=" ".join(targets)),
            remedy=_("labctl indicators lists those that have one"),
        )
    rows = _all(served, draws, seed, record, quiet=as_json)
    if as_json:
        say_json([as_row(one) for one in rows])
    raise typer.Exit(0 if all(one.ok for one in rows) else 1)


def as_row(one: Marks) -> dict[str, Any]:
    """One procedure as `--json` prints it."""
    from labctl.proficiency.record import number

    return {
        "id": one.id,
        "draws": one.draws,
        "misses": one.misses,
        "u_ratio": number(one.u_ratio),
        "bias": number(one.bias),
        "edge": one.edge,
        "edge_pass": one.edge_pass,
        "ok": one.ok,
    }


def _all(
    served: Sequence[Indicator], draws: int, seed: int | None, record: bool, *, quiet: bool
) -> list[Marks]:
    """The marks of all; what is on record and fresh is not tried again."""
    from labctl.proficiency.proving import Asked, groups
    from labctl.proficiency.session import Session

    done: list[Proved] = []
    session = Session(Asked(draws, seed), record)
    for group in groups(served):
        name = (
            group[0].id
            if len(group) == 1
            else _("{id} and {count} more").format(id=group[0].id, count=len(group) - 1)
        )
        with _progress(name, quiet) as tell:
            done.append(session.prove(group, tell))
        if not quiet:
            _say(done[-1])
    if not quiet:
        _say_pooled(session.pooled())
    return [one for proved in done for one in proved.marks]


@contextmanager
def _progress(name: str, quiet: bool) -> Generator[Tell]:
    """Tells on stderr how many devices are measured and how long the rest takes."""
    import sys

    from labctl.clock import stopwatch
    from labctl.report.wording import duration

    begin, last = stopwatch(), [""]

    def tell(done: int, count: int) -> None:
        left = duration((stopwatch() - begin) / done * (count - done))
        text = _("{name}: {done} of {count} devices, {left} left").format(
            name=name, done=done, count=count, left=left
        )
        if sys.stderr.isatty():
            print(f"\r{text:<{len(last[0])}}", end="", file=sys.stderr, flush=True)
        elif done * 10 // count != (done - 1) * 10 // count:
            print(text, file=sys.stderr, flush=True)
        last[0] = text

    def tell_nobody(done: int, count: int) -> None:
        """A machine reads along."""

    yield tell_nobody if quiet else tell
    if not quiet and sys.stderr.isatty() and last[0]:
        print(f"\r{'':<{len(last[0])}}\r", end="", file=sys.stderr, flush=True)


def _say(proved: Proved) -> None:
    """One line a procedure, and what is wrong with it."""
    from labctl.cli.streams import say

    shown = [one for one in proved.marks if not one.ok] or proved.marks[:1]
    for one in shown:
        verdict = _("ok") if one.ok else _("REJECTED")
        more = f" (+{len(proved.marks) - len(shown)})" if len(proved.marks) > len(shown) else ""
        say(
            f"{one.id}{more}  {verdict}  {_figures(one)}{_(' (repeated)') if proved.before else ''}"
        )
        for why in one.why:
            say(f"    {why}")


def _figures(one: Marks) -> str:
    text = _("{draws} draws, {misses} misses").format(draws=one.draws, misses=one.misses)
    if not one.edge:
        return text
    return text + _(
        ", rms z {ratio:.2f}, mean z {bias:+.2f}; of {edge} edge devices {passed} PASS, "
        "of {mirror} on the other side {failed} FAIL"
    ).format(
        ratio=one.u_ratio,
        bias=one.bias,
        edge=one.edge,
        passed=one.edge_pass,
        mirror=one.mirror,
        failed=one.mirror_fail,
    )


def _say_pooled(pooled: tuple[int, int]) -> None:
    from labctl.cli.streams import say
    from labctl.proficiency.bounds import POOLED

    held, count = pooled
    if count:
        low, high = (round(100 * end) for end in POOLED)
        text = _("{held} of {count} true values lie in their 95 % intervals: {share:.1f} %")
        wanted = _(" (over all procedures {low} to {high} % is honest)").format(low=low, high=high)
        say(text.format(held=held, count=count, share=100 * held / count) + wanted)
