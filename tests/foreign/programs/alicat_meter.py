# pyright: reportMissingImports=false
"""alicat's flow meter at `host:port` of the command line; prints JSON.

Runs in the environment of gpl-requirements.txt; the package's own program is for controllers.
"""

from __future__ import annotations

import asyncio
import json
import sys

from alicat import FlowMeter


async def main() -> None:
    """One reading."""
    async with FlowMeter(sys.argv[1]) as meter:
        print(json.dumps(await meter.get()))


asyncio.run(main())
