"""The state of a simulated bench as plain data, and the way back into a bench built anew."""
