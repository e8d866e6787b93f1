"""The guardian of a run: a process that makes the bench safe when the one that runs it dies.

labctl is not a safety function, and neither is its guardian (docs/safety.md).
"""
