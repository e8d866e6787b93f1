"""`python -m labctl` is the command `labctl`."""

from __future__ import annotations

from labctl.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
