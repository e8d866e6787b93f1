"""The line to a guarded run: what viewers, guardian and worker say to each other, and how."""
