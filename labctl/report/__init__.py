"""The report of a run: one HTML file with everything in it, and readings as CSV.

The words and notation here are those of the command line too.
"""
