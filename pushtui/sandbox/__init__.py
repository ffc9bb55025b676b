"""The embedded emulator: real HTTP on loopback, users, handsets, an inbox and named faults."""
