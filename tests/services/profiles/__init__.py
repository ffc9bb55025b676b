"""Profiles of users at the three clouds of a sandbox."""
