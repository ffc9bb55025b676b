"""Pictures of the real console over the real sandbox; `python -m tests.screenshots` makes them anew."""
