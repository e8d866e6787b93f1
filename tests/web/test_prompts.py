"""Prompts in several browsers, after a reload, and for those who may only look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from labctl.runfile import open_run
from tests.web.conftest import Console, Seen
from tests.web.test_technician import asked, start


def test_what_is_typed_survives_a_reload_and_the_first_answer_counts(
    browse: Callable[..., Any], console: Console, seen: Seen
) -> None:
    ann, bob, vic = browse("ann"), browse("bob"), browse("vic", width=820)
    run = start(ann, "99.2-02", "Start the run")
    asked(ann, "Which colour").locator("input").fill("half a wo")
    ann.reload()
    field = asked(ann, "Which colour").locator("input")
    assert field.input_value() == "half a wo"

    bob.goto(f"/runs/{run}")
    asked(bob, "Which colour").locator("input").fill("blue")
    vic.goto(f"/runs/{run}")
    assert asked(vic, "Which colour").locator("input, button").count() == 0
    vic.locator(".run-head").wait_for()
    assert vic.locator(".run-acts button").count() == 0

    bob.keyboard.press("Enter")
    ann.locator(".notice", has_text="Bob has answered: Which colour").wait_for()
    assert ann.locator("form.prompt").count() == 0
    for page in (ann, bob, vic):
        page.locator(".run-head .mark", has_text="done").wait_for()
    [item] = open_run(console.runs / run).items
    assert [(one.said, one.who) for one in item.answers] == [("blue", "Bob")]
    assert seen.errors == [] and seen.strangers == []


def test_a_run_is_paused_and_aborted_behind_a_question(
    browse: Callable[..., Any], console: Console, seen: Seen
) -> None:
    page = browse("ann")
    run = start(page, "99.2-03", "Start the run")
    page.locator(".chips button", has_text="hold").wait_for()
    page.locator(".plot canvas").first.wait_for()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Continue").click()
    # The buttons are drawn anew when the run goes on; a click on one that is going away is lost.
    page.get_by_role("button", name="Pause").wait_for()
    abort = page.get_by_role("button", name="Abort", exact=True)
    abort.click()
    page.get_by_role("button", name="No, go on").press("Enter")
    page.get_by_role("button", name="No, go on").wait_for(state="hidden")
    abort.click()
    page.get_by_role("button", name="Abort the run").click()
    page.locator(".run-head .mark", has_text="interrupted").wait_for()
    page.get_by_role("button", name="Resume").wait_for()
    assert open_run(console.runs / run).state == "interrupted"
    assert seen.errors == [] and seen.strangers == []
