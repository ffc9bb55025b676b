"""Agora Chat: tokens, wire models, endpoints, codes, and what a handset shows."""
