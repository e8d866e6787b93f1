"""A lab for tests of guarded runs: a source meter with its output on, in procedures that die."""
