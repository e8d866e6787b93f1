"""Notices: what people are told of a run by mail and by webhook, sent outside the worker.

A notice that cannot be delivered stops nothing. It stands in the guardian's log, and in the file
`notices.jsonl` of the run's folder, from which a guardian that takes over goes on.
"""

from labctl.notices.config import NoticesConfig, read_config
from labctl.notices.sender import Sender

__all__ = ["NoticesConfig", "Sender", "read_config"]
