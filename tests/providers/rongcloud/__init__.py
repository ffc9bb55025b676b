"""Tests of pushtui's providers layer."""
