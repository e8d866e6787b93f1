"""From runs to what a laboratory hands over: which runs there were, which of them counts, who
authorised it.

`attempts` lists all runs that were begun, `choosing` says which counts, `table` makes the
acceptance table of a direction, `authorisation` and `authorising` are the signature over a run.
"""
