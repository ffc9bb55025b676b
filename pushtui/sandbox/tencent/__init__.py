"""Tencent Chat as the sandbox plays it."""
