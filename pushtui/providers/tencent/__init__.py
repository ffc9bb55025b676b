"""Tencent Chat: UserSig, wire models, endpoints, codes, conditions, rendering."""
