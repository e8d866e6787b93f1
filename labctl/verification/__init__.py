"""Whether runs are what was written, and come to what they say: `labctl verify`.

`verify_run` recomputes the hashes of one run, compares them with what manifest, register and
witness know of its head, and judges it again from what its journal holds. `verify_all` does so with
every run of a folder, also with those that are gone. `salvage` takes out of a damaged journal what
can be read.
"""

from __future__ import annotations

from labctl.verification.report import Report, verify_run
from labctl.verification.runs import AllReport, known_runs, verify_all, verify_known

__all__ = ["AllReport", "Report", "known_runs", "verify_all", "verify_known", "verify_run"]
