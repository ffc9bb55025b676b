"""Agora Chat as the sandbox plays it."""
