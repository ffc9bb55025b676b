"""Where secrets come from: an environment variable, or the system's keyring. Never a plain file."""

from pushtui.vault.vault import BackendStatus as BackendStatus
from pushtui.vault.vault import FoundSecret as FoundSecret
from pushtui.vault.vault import Vault as Vault
from pushtui.vault.vault import variable_for as variable_for
