"""Tests of the emulated RongCloud."""
