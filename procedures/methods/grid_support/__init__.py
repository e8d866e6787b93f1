"""What a site does for its grid: functions shown by events, accuracy and time of its answers."""
