"""Stanford Research Systems gas analysers."""
