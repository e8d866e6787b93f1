"""Methods for cache systems and indexes of similar content, software under test."""
