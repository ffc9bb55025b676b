"""Benchmarks: figures for people, not tests."""
