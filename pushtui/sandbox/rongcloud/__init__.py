"""RongCloud as the sandbox plays it."""
