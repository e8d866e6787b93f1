from __future__ import annotations

import pytest

from labctl.errors import UsageError
from labctl.scaffold.names import camel, checked, model_name


@pytest.mark.parametrize("name", ["", "Acme", "2400", "a-b", "a b", "import", "k_", "../x"])
def test_what_is_no_module_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="can be no name of a module"):
        checked(name)


@pytest.mark.parametrize("name", ["labctl", "drivers", "roles", "tests"])
def test_our_own_names_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="a name of labctl's own"):
        checked(name)


@pytest.mark.parametrize("name", ["con", "com7"])
def test_names_of_devices_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is a device on Windows"):
        checked(name)


def test_a_model_gives_its_names() -> None:
    name = model_name("beta_co/x_2a")
    assert (name.kind, name.maker, name.type) == ("BetaCoX2A", "BETA CO", "X-2A")
    assert name.title == "Beta Co X-2A"
    assert camel("steady_source") == "SteadySource"


@pytest.mark.parametrize("text", ["k2400", "a/b/c", "/k1", "acme/"])
def test_vendor_and_model_are_asked_for(text: str) -> None:
    with pytest.raises(UsageError):
        model_name(text)
