"""Agora Chat's side of the wire."""
