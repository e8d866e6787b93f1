"""What a run will come to before it is begun: a rehearsal in virtual time."""
