"""Tests of pushtui's domain layer."""
