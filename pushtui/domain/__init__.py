"""Provider-neutral values. Imports nothing else of pushtui."""
