"""A lab for tests of the console: a simulated resistor, and procedures that ask for everything."""
