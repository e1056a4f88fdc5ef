"""What the pages show, as records: functions from a dataset and what was asked for."""
