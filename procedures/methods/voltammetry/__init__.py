"""Voltammetry: stripping of metals, redox probes, catalysts on a rotating disk, system power."""
