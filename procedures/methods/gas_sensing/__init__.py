"""Methods for arrays of gas sensors: blending, response, limits, identification, alarms."""
