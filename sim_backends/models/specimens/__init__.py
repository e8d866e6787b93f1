"""What instruments that write files measure: one known thing a module."""
