"""Physics of devices under test and of the benches that hold them: numbers and time in, no wire."""
