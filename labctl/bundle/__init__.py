"""The evidence bundle of a run: an RO-Crate with all that its verdicts stand on, sealed, signed.

`labctl.bundle.make` writes one as a folder and as a .zip of it, `labctl.bundle.stamping` adds a
time stamp, `labctl.verification` verifies it offline. What lies where in it is said in
`labctl.bundle.layout`.
"""
