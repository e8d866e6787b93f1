"""Newport motion controllers."""
