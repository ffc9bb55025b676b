"""Language codes of Azure Translator, in whose terms Agora Chat names languages."""

from __future__ import annotations

from pushtui.domain.nearest import nearest

_DOCUMENTED = (
    "af am ar as az ba bg bn bs ca cs cy da de dv el en es et eu fa fi fil fj fr fr-CA ga gl gu he hi hr ht hu hy id "
    "is it ja ka kk km kn ko ku ky lo lt lv mg mk ml mn mr ms mt mww my nb ne nl or otq pa pl ps pt pt-PT ro ru si sk "
    "sl sm so sq sr-Cyrl sr-Latn sv sw ta te th ti tk tlh to tr tt ty ug uk ur uz vi xh yo yua zh-Hans zh-Hant zu"
)
CODES = tuple(_DOCUMENTED.split())
"""Documented or seen; the cloud itself takes any text."""


def doubt(code: str) -> str:
    """Say why a code will probably match no translation; empty if it is a known one, or none at all."""
    if not code or code in CODES:
        return ""
    meant = nearest(code, CODES)
    hint = f" Did you mean “{meant}”?" if meant else ""
    return (
        f"“{code}” is no known code; the case of letters counts. Agora takes any text, but pushes only what was "
        f"translated into exactly this language, else the original.{hint}"
    )
