"""The command line: a file per command. `main` is what the command `labctl` starts."""
