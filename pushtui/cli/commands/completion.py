"""Completion in the shell."""

from __future__ import annotations

import argparse
from argparse import Namespace

import shtab

from pushtui.cli.context import Context
from pushtui.cli.exits import Exit
from pushtui.cli.grammar import DRAFT
from pushtui.cli.parser import Parser, root_parser


def completion(given: Namespace, context: Context) -> int:
    """Write the completion script of a shell."""
    script: str = shtab.complete(_completing_files(root_parser()), given.shell)
    if context.output.as_json:
        context.output.document({"shell": given.shell, "script": script})
    else:
        context.output.text(script)
    return Exit.DONE


def _completing_files(parser: Parser) -> Parser:
    """Mark the arguments whose values are files, all the way down."""
    for action in parser._actions:
        if action.metavar == DRAFT:
            vars(action)["complete"] = shtab.FILE
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                _completing_files(child)
    return parser
