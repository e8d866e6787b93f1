"""Uninterruptible power supplies of APC by Schneider Electric."""
