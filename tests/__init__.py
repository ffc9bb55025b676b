"""Tests of pushtui; the folders mirror the package."""
