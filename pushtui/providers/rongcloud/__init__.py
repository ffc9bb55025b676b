"""RongCloud's Server API."""
