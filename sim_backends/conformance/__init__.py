"""What every emulator must do, wherever it comes from: ours and another lab's alike.

A rule is a function of a `Stand` that yields what is wrong, in words; nothing where it conforms.
"""
