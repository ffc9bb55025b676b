"""Changes of settings at the three clouds of a sandbox."""
