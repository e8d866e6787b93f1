from __future__ import annotations

from labctl.web.house import House
from labctl.web.throttle import ADDRESS, BOTH, FORGET, NAME, Throttle
from tests.labctl.web.houses import PASSWORD, Browser, somebody


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_wait_doubles_and_has_an_end() -> None:
    waits = [BOTH.wait(failures) for failures in range(20)]
    assert waits[:8] == [0, 0, 0, 0, 0, 1, 2, 4] and max(waits) == BOTH.longest


def test_failures_are_forgotten() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    for _ in range(30):
        throttle.failed("ann", "a")
    assert throttle.wait("ann", "a") == BOTH.longest
    assert throttle.wait("ann", "b") == NAME.longest
    seconds.now += FORGET + 1
    assert throttle.wait("ann", "a") == 0


def test_who_is_known_at_an_address_is_not_locked_out_by_others() -> None:
    throttle = Throttle(Seconds())
    throttle.succeeded("ann", "bench")
    for _ in range(100):
        throttle.failed("ann", "elsewhere")
    assert throttle.wait("ann", "bench") == 0 and throttle.wait("ann", "new") == NAME.longest


def test_an_address_that_tries_many_names_is_slowed_down() -> None:
    throttle = Throttle(Seconds())
    for number in range(100):
        throttle.failed(f"name {number}", "a")
    assert throttle.wait("ann", "a") == ADDRESS.longest and throttle.wait("ann", "b") == 0


def test_a_thousand_wrong_passwords_cost_little(house: House) -> None:
    looked: list[str] = []
    check = house.accounts.check

    def counted(name: str, password: str) -> object:
        looked.append(password)
        return check(name, password)

    house.accounts.check = counted  # type: ignore[method-assign]
    seconds = Seconds()
    house.throttle = Throttle(seconds)
    answers = [house.check_password("administrator", f"wrong {n}", "a") for n in range(1000)]
    assert len(looked) == BOTH.free and sum(isinstance(a, float) for a in answers) == 1000
    refused = [one for one in house.audit.entries() if one.action == "login refused"]
    assert len(refused) == BOTH.free
    seconds.now += BOTH.longest
    assert not isinstance(house.check_password("administrator", PASSWORD, "a"), float)


def test_it_is_told_how_long_to_wait(house: House) -> None:
    browser: Browser = somebody(house)
    codes = [browser.log_in("engineer", f"wrong {number}").status_code for number in range(7)]
    assert codes == [401] * 5 + [429] * 2
    told = browser.log_in("engineer")
    assert told.status_code == 429 and int(told.headers["retry-after"]) >= 1
    assert told.json()["remedy"]
