"""Promises about the code itself, its packages and its documents."""
