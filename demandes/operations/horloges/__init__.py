"""What happens because time has passed: one file a clock, called by beat, done once whatever happened to beat."""
