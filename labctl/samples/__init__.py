"""Samples in place: recognised by barcode and fingerprint, and what was done to them before.

Journal fact "fingerprint" of an item: a list of `labctl.samples.fingerprint.Fingerprint`, oldest
first: {utc, t, occasion, values: {name: Quantity}, reference: {name: Quantity}, against, matches,
told}. Journal fact "exposed before": a list of texts, where the sample was not fresh.
"""
