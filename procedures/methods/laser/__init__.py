"""Powers, spectra and linewidths of lasers."""
