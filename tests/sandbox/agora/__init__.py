"""Agora Chat in the sandbox."""
