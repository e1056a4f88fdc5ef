"""Whodid reads news reports and writes political event data."""
