"""Models of software under test: caches and indexes of similar content."""
