"""Tests of pushtui's console layer."""
