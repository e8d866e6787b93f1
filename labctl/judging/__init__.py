"""The parts of a verdict, one idea a module; `labctl.verdict` is the front."""
