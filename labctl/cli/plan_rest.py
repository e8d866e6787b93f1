"""What a planned run takes beside time, and what is known of its benches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.planning.document import BenchPlan, CertificatePlan, RunPlan

STATES = {
    "lasts": N_("lasts until {due}"),
    "ends": N_("ends on {due}, during {item}"),
    "ended": N_("ended on {due}"),
}


def rest_lines(plan: RunPlan) -> Iterable[str]:
    """Disk, consumables, left-out contributions, and the benches."""
    if plan.benches:
        yield ""
        yield _("disk: {size}").format(size=size_text(plan.disk.journal + plan.disk.attachments))
        yield from _used(plan)
        yield from _left_out(plan)
    for bench in plan.benches:
        yield from _bench(bench)
    if plan.benches:
        yield _(
            "Rehearsed on simulated instruments, {count} × an item from seed {seed}, rule: {rule}. "
            "No address of a bench was opened."
        ).format(count=plan.rehearsals, seed=plan.seed, rule=_rule(plan))


def _rule(plan: RunPlan) -> str:
    from labctl.report.wording import word

    return word(plan.rule)


def _used(plan: RunPlan) -> Iterable[str]:
    from labctl.cli.plan_text import digits
    from labctl.report.notation import with_unit
    from labctl.report.wording import plain

    named = [
        f"{plain(name)} {with_unit(digits(used.value, 3), used.unit)}"
        for name, used in plan.used.items()
        if used.value
    ]
    if named:
        yield _("uses up: {used}").format(used=", ".join(named))
    if plan.used_unknown:
        yield _("not known what these use up: {items}").format(items=", ".join(plan.used_unknown))


def _left_out(plan: RunPlan) -> Iterable[str]:
    from labctl.cli.plan_text import sentence

    found = (sentence(words) for item in plan.items for words in item.left_out)
    named = list(dict.fromkeys(found))
    if named:
        yield _("not in U: {what}").format(what="; ".join(named))


def _bench(bench: BenchPlan) -> Iterable[str]:
    from labctl.cli.plan_text import sentence

    kind = _("real") if bench.real else _("simulated")
    yield _("bench {name} ({kind})").format(name=bench.name, kind=kind)
    for one in bench.stand_ins:
        yield f"  {one.role}: {one.driver} → {one.by}: {sentence(one.why)}"
    dated = [one for one in bench.certificates if one.due is not None]
    for one in dated:
        yield "  " + _("certificate of {of}: {state}").format(of=one.of, state=_state(one))
    silent = ", ".join(one.of for one in bench.certificates if one.due is None)
    if silent and bench.real:
        yield "  " + _("no calibration_due is stated for {roles}").format(roles=silent)
    for guard in bench.guards:
        yield "  " + _("interlock {name}: {action}").format(name=guard.name, action=guard.action)
    if bench.real and not bench.guards:
        yield "  " + _("no interlock is watched")
    if bench.hardware_interlock:
        yield "  " + _("hardware interlock: {name}").format(name=bench.hardware_interlock)


def _state(one: CertificatePlan) -> str:
    return _(STATES[one.state]).format(due=one.due, item=one.item)


def size_text(count: int) -> str:
    """A number of bytes with a unit that suits it."""
    size, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000.0:
            break
        size, unit = size / 1000.0, larger
    return f"{size:.3g} {unit}"
