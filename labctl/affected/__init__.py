"""An instrument was found out of specification: which verdicts rest on it, and which still hold.

`uses` finds the items whose readings it took, `enlarged` says how wrong it may have been, `judging`
what that makes of a verdict, `finding` goes through all runs of a folder.
"""
