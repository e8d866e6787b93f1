"""Parts of the simulated dossier, written from docs/dossier.md."""
