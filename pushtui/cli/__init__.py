"""The command line: whatever the console can do, from a shell."""
