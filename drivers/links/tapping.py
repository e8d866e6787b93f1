"""The tap that fits a link, by the settings it was opened with."""

from __future__ import annotations

from typing import cast

from drivers.links import tap, tap_programs
from drivers.links.link import AttributeLink, BytesLink, Link, MessageLink, RegisterLink, TopicLink
from drivers.links.link_programs import FolderLink, ProcessLink, SdkLink
from drivers.links.settings import (
    AttributeSettings,
    BytesSettings,
    FolderSettings,
    LinkSettings,
    MessageSettings,
    ProcessSettings,
    RegisterSettings,
    SdkSettings,
    TopicSettings,
)
from drivers.links.trace import TraceWriter


def tapped(link: Link, settings: LinkSettings, trace: TraceWriter) -> Link:
    """`link`, of the kind that `settings` are for, with every transaction written to `trace`."""
    match settings:
        case MessageSettings():
            ends = (settings.write_terminator, settings.read_terminator)
            return tap.TappedMessages(cast(MessageLink, link), trace, ends)
        case RegisterSettings():
            return tap.TappedRegisters(cast(RegisterLink, link), trace)
        case BytesSettings():
            return tap.TappedBytes(cast(BytesLink, link), trace)
        case AttributeSettings():
            return tap.TappedAttributes(cast(AttributeLink, link), trace)
        case TopicSettings():
            return tap.TappedTopics(cast(TopicLink, link), trace)
        case ProcessSettings():
            return tap_programs.TappedProcess(cast(ProcessLink, link), trace)
        case FolderSettings():
            return tap_programs.TappedFolder(cast(FolderLink, link), trace)
        case SdkSettings():
            return tap_programs.TappedSdk(cast(SdkLink, link), trace)
