"""Software under test that speaks CUT1 (docs/protocols/cut1.md)."""
