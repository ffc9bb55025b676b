"""A terminal console for push administration at three chat clouds."""

__version__ = "0.1.0"
