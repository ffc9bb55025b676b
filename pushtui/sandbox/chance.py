"""Randomness from a seed, so that the same calls give the same bytes."""

from __future__ import annotations

import random
import string
import uuid

_UID_ALPHABET = string.digits + string.ascii_uppercase
_ID_ALPHABET = string.digits + string.ascii_letters


class SeededRandomness:
    """What must differ each time, reproducibly; fit for an emulator, not for secrets."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - reproducible on purpose

    def identifier(self) -> str:
        """Return a UUID, 36 characters."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def nonce(self) -> str:
        """Return 16 hexadecimal digits."""
        return f"{self._random.getrandbits(64):016x}"

    def request_id(self) -> str:
        """Return 32 hexadecimal digits."""
        return f"{self._random.getrandbits(128):032x}"

    def message_uid(self) -> str:
        """Return four groups of four, such as `5FGT-7VA9-G4DD-4V5P`."""
        letters = self.letters(16, _UID_ALPHABET)
        return "-".join(letters[start : start + 4] for start in range(0, 16, 4))

    def push_id(self) -> str:
        """Return 22 characters of mixed case, as push-only sends get."""
        return self.letters(22)

    def draw(self) -> float:
        """Return a number from 0 up to but not including 1."""
        return self._random.random()

    def memory(self) -> list[int]:
        """Return what the next results depend on, for a snapshot."""
        return list(self._random.getstate()[1])

    def recall(self, memory: list[int]) -> None:
        """Go on as a snapshot says; raises ValueError if it is none."""
        try:
            self._random.setstate((self._random.VERSION, tuple(memory), None))
        except (TypeError, OverflowError) as error:
            raise ValueError(str(error)) from None

    def letters(self, length: int, alphabet: str = _ID_ALPHABET) -> str:
        """Return so many characters of an alphabet."""
        return "".join(self._random.choices(alphabet, k=length))
