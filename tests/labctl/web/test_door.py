from __future__ import annotations

from pathlib import Path

import pytest

from labctl.web.door import PAGES
from labctl.web.house import House
from labctl.web.server import address
from tests.labctl.web.houses import ORIGIN, Wall, house_in, settings_in, somebody


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://lab.test.evil.test"},
        {"Origin": "https://lab.test"},
        {"Origin": ""},
    ],
)
def test_a_post_from_another_site_is_refused(house: House, headers: dict[str, str]) -> None:
    browser = somebody(house, "administrator")
    answer = browser.post("/users", {"name": "eve"}, headers=headers)
    assert answer.status_code == 403 and answer.json()["kind"] == "origin"
    assert house.accounts.find("eve") is None


def test_what_a_browser_says_of_the_site_counts_where_there_is_no_origin(house: House) -> None:
    import httpx

    from labctl import clock
    from labctl.web.app import app_of

    cookies = somebody(house, "technician").cookies
    app = app_of(house)

    async def post(site: str) -> int:
        headers = {"Sec-Fetch-Site": site} if site else {}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as c:
            return (await c.post("/api/v1/logout", headers=headers)).status_code

    for site, code in (("cross-site", 403), ("same-site", 403), ("", 403), ("same-origin", 204)):
        assert clock.run(post(site), virtual=False) == code


def test_a_body_that_is_too_large_is_refused_before_it_is_read(house: House) -> None:
    browser = somebody(house, "technician")
    for content in (b"x" * (house.settings.body + 1), [b"x" * 70_000] * 16):
        answer = browser.ask(
            "POST", "/login", content=_sent(content), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 413 and answer.json()["remedy"]


def _sent(content: bytes | list[bytes]) -> object:
    if isinstance(content, bytes):
        return content

    async def pieces() -> object:  # type: ignore[misc]
        for piece in content:
            yield piece

    return pieces()


def test_every_answer_names_no_other_host(house: House) -> None:
    for path in ("/me", "/openapi.json", "//nothing"):
        headers = somebody(house).get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src" in policy and "http" not in policy and "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in PAGES


def test_under_tls_the_cookie_is_bound_to_host_and_line(tmp_path: Path) -> None:
    with house_in(tmp_path, proxies=("192.0.2.9",)) as house:
        browser = somebody(house)
        answer = browser.post(
            "/login",
            {"name": "viewer", "password": "grey heron on the roof"},
            headers={"Origin": "https://lab.test"},
        )
        assert answer.headers["set-cookie"].startswith("__Host-labctl=")
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"]


def test_the_address_of_the_server(tmp_path: Path) -> None:
    wall = Wall()
    assert address(settings_in(tmp_path, wall)) == "http://127.0.0.1:8080/"
    found = settings_in(tmp_path, wall, host="::1", cert=tmp_path, key=tmp_path)
    assert address(found) == "https://[::1]:8080/"
