"""`labctl new`: whole pieces of a lab from templates, which pass their tests as written.

What an author has to fill in is marked FILL IN in the files.
"""
