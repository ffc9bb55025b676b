"""Tests of pushtui's services layer."""
