"""Shapes of what the API takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=200)]
Reason = Annotated[str, Field(min_length=1, max_length=1000)]
RunState = Literal["done", "interrupted", "running"]
RoleWord = Literal["viewer", "technician", "engineer", "administrator"]


class Body(BaseModel):
    """What is sent to us: a key that is unknown is refused."""

    model_config = ConfigDict(extra="forbid")


class Indicators(BaseModel):
    """Some of the `count` indicators that were found."""

    count: int
    indicators: list[dict[str, Any]]


class RunRow(BaseModel):
    """A run in the list."""

    run: str
    started: str
    state: RunState
    targets: list[str]


class Runs(BaseModel):
    """Some of the `count` runs that were found, newest first."""

    count: int
    runs: list[RunRow]


class Readings(BaseModel):
    """Readings of a channel: run times in s and values in `unit` (null: not a number).

    `count` is how many there are between the ends; `decimated` says that only extremes are here.
    """

    channel: str
    unit: str
    count: int
    decimated: bool
    t: list[float]
    values: list[float | None]


class BenchRow(BaseModel):
    """A bench, and the runs under way that use it."""

    name: str
    simulated: bool
    rig: str
    roles: dict[str, dict[str, Any]]
    sha256: str
    error: str
    held_by: list[str]


class Second(Body):
    """The second person, who confirms with an own password."""

    name: Name
    password: Annotated[str, Field(max_length=256)]


class Given(Body):
    """An answer: the words that were typed, or the id of a file that was handed in."""

    value: Annotated[str, Field(max_length=4000)] = ""
    file: Annotated[str, Field(max_length=64)] | None = None
    second: Second | None = None


class Why(Body):
    """Why something is done; it stands in the record."""

    reason: Annotated[str, Field(max_length=1000)] = ""


class Redone(Body):
    """The step or role `subject` of the item number `item`, and why."""

    item: Annotated[int, Field(ge=1, le=1_000_000)]
    subject: Name
    reason: Reason


class Amended(Redone):
    """Another answer to the prompt `subject`; `accept` names changes of the code since."""

    value: Annotated[str, Field(max_length=4000)] = ""
    file: Annotated[str, Field(max_length=64)] | None = None
    second: Second | None = None
    accept: Annotated[list[Name], Field(max_length=50)] = []


class Resumed(Body):
    """Changes that are accepted."""

    accept: Annotated[list[Name], Field(max_length=50)] = []


class Start(Body):
    """What is to be run; `bench` null takes each rig's own simulated bench.

    `override` is why it begins although a calibration ends before.
    """

    targets: Annotated[list[Name], Field(min_length=1, max_length=100)]
    bench: Name | None = None
    dut: Literal["nominal", "failing"] = "nominal"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    sample: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    agreement: Name | None = None
    trace: bool = False
    override: Reason | None = None


class Started(BaseModel):
    """The run that was begun, or goes on."""

    run: str


class Done(BaseModel):
    """What was ordered is done, or (`ordered`) on its way to the run."""

    run: str
    ordered: bool
    detail: dict[str, Any] = {}


class Handed(BaseModel):
    """A file that was handed in: `file` is its id for an answer."""

    file: str
    name: str
    size: int
    sha256: str


class NewUser(Body):
    """A user to be added."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    role: RoleWord
    password: Annotated[str, Field(max_length=256)]
    shown: Annotated[str, Field(max_length=80)] = ""
    language: Literal["en", "zh"] = "en"


class Changed(Body):
    """What is to be changed of a user; null stays as it is."""

    role: RoleWord | None = None
    password: Annotated[str, Field(max_length=256)] | None = None


class NewToken(Body):
    """A token to be made, which ends after `days`; it may do at most what `role` may."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    days: Annotated[float, Field(gt=0, le=366)] = 30.0
    role: RoleWord | None = None


class TokenRow(BaseModel):
    """A token; times are Unix times in s. `secret` is there once, when it is made."""

    id: str
    user: str
    name: str
    role: RoleWord
    created: float
    expires: float
    used: float | None
    secret: str | None = None
