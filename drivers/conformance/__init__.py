"""What every driver must do, found from its folder: ours and another lab's alike.

A rule is a function of a driver (or of a scene of its golden file) that yields what is wrong, in
words; nothing where it conforms. `rigs/conformance` puts the rules to the drivers of a lab.
"""
