"""What each role may do: the one table, which the API enforces and the pages are drawn by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, IntEnum
from types import MappingProxyType

from labctl.i18n import N_


class Role(IntEnum):
    """Who somebody is to the lab; each role may do what the ones before it may."""

    VIEWER = 1
    TECHNICIAN = 2
    ENGINEER = 3
    ADMINISTRATOR = 4

    @property
    def word(self) -> str:
        """The role as it is written in files, options and answers."""
        return self.name.lower()


WORDS: Mapping[str, Role] = MappingProxyType({role.word: role for role in Role})
"""Roles by their word."""

NAMES: Mapping[Role, str] = MappingProxyType({
    Role.VIEWER: N_("viewer"),
    Role.TECHNICIAN: N_("technician"),
    Role.ENGINEER: N_("engineer"),
    Role.ADMINISTRATOR: N_("administrator"),
})
"""What people call a role, to be translated."""


class Verb(Enum):
    """What a person may want to do."""

    SEE = "see"
    OWN = "own"
    ANSWER = "answer"
    START = "start"
    RESUME = "resume"
    PAUSE = "pause"
    ABORT = "abort"
    SAFE = "safe"
    AMEND = "amend"
    REDO = "redo"
    SWAP = "swap"
    ACCEPT = "accept"
    OVERRIDE = "override"
    USERS = "users"
    AUDIT = "audit"


LEAST: Mapping[Verb, Role] = MappingProxyType({
    Verb.SEE: Role.VIEWER,
    Verb.OWN: Role.VIEWER,
    Verb.ANSWER: Role.TECHNICIAN,
    Verb.START: Role.TECHNICIAN,
    Verb.RESUME: Role.TECHNICIAN,
    Verb.PAUSE: Role.TECHNICIAN,
    Verb.ABORT: Role.TECHNICIAN,
    Verb.SAFE: Role.TECHNICIAN,
    Verb.AMEND: Role.TECHNICIAN,
    Verb.REDO: Role.TECHNICIAN,
    Verb.SWAP: Role.ENGINEER,
    Verb.ACCEPT: Role.ENGINEER,
    Verb.OVERRIDE: Role.ENGINEER,
    Verb.USERS: Role.ADMINISTRATOR,
    Verb.AUDIT: Role.ADMINISTRATOR,
})
"""The least role that may do it."""

MEANS: Mapping[Verb, str] = MappingProxyType({
    Verb.SEE: N_("see indicators, benches, runs, readings and reports"),
    Verb.OWN: N_("change one's own password and tokens"),
    Verb.ANSWER: N_("answer prompts and hand in files"),
    Verb.START: N_("start a run"),
    Verb.RESUME: N_("go on with an interrupted run"),
    Verb.PAUSE: N_("pause a run and let it go on"),
    Verb.ABORT: N_("abort a run"),
    Verb.SAFE: N_("make a bench safe at once"),
    Verb.AMEND: N_("correct an answer"),
    Verb.REDO: N_("let a step be done again"),
    Verb.SWAP: N_("let another instrument take a role"),
    Verb.ACCEPT: N_("accept changes of code or bench when a run goes on"),
    Verb.OVERRIDE: N_("begin although a calibration ends before"),
    Verb.USERS: N_("manage users and their tokens"),
    Verb.AUDIT: N_("read the audit log"),
})
"""What a verb is in words, to be translated."""


def may(role: Role, verb: Verb) -> bool:
    """Whether somebody of this role may do it."""
    return role >= LEAST[verb]
