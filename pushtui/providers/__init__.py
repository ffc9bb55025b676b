"""The clouds: how each is spoken to, and what each demands of a payload."""
