"""What became of each recipient of a run, read from its requests and their answers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.attempt import MAY_HAVE_IT, Attempt, AttemptState
from pushtui.domain.errors import DraftError, Refused
from pushtui.domain.json_body import JsonObject, JsonTextError, parse_object
from pushtui.domain.recipient import Recipient, RecipientSource, TableFormat
from pushtui.files import new_private_file, private_folder
from pushtui.providers.encoding import decoded
from pushtui.providers.kinds import kind_named

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.domain.run import Run
    from pushtui.journal import Journal
    from pushtui.providers.base import DraftKind
    from pushtui.services.drafts import Drafts

PAGE = 64
"""Requests in memory at once."""
USER_COLUMN = "user_id"
ENDING = ".recipients.jsonl"
EVERY_STATE = frozenset(AttemptState)
NOT_NAMED = "Accepted with the others of its request, but the answer does not name this user."
"""What is said of somebody whom the message UIDs of an accepted request leave out."""


@dataclass(frozen=True, slots=True)
class RecipientResult:
    """One recipient of a run, and how the request that names them stands."""

    user: str
    state: AttemptState
    uid: str
    """The provider's name for their message, where it gives one."""
    reason: str
    """Why it was not accepted, as far as that is known."""
    batch: int
    request_id: str = ""
    """The provider's name for the request, for looking it up in the provider's own records; empty before it left."""


@dataclass(frozen=True, slots=True)
class Results:
    """Reads the journal request by request, so that memory does not grow with the run."""

    journal: Journal
    drafts: Drafts

    async def of(
        self, run: Run, states: frozenset[AttemptState] = EVERY_STATE, user: str = ""
    ) -> AsyncIterator[RecipientResult]:
        """Yield every recipient in the order of the requests, or only that user; Refused if the requests name none."""
        kind = kind_for_many(run)
        async for attempt in self._attempts(run, states):
            if not user or user in users_in(kind, attempt):
                for result in results_in(kind, attempt):
                    if user in ("", result.user):
                        yield result

    async def draft_rejected(self, run: Run) -> Path:
        """Save that draft in the drafts folder under a name that is free, and return where. Raises what that does."""
        for number in count(1):
            place = self.drafts.place(Path(f"rejected-{run.id[:8]}{f'-{number}' if number > 1 else ''}"))
            if not place.exists() and not place.with_name(place.stem + ENDING).exists():
                break
        await self.save_rejected(run, place)
        return place

    async def save_rejected(self, run: Run, path: Path) -> Draft:
        """Save a new draft for those whose request was rejected, and return it.

        They go to a file of their own beside it, whose name ends with `.recipients.jsonl`. Refused if nobody was
        rejected; DraftError if one of the files exists or cannot be written.
        """
        kind_for_many(run)
        if not run.tally.of(AttemptState.REJECTED).batches:
            raise Refused(f"Nobody of the run {run.id[:8]} was rejected.{left_out_of(run)}")
        draft, place = run.draft, self.drafts.place(path)
        if place.exists():
            raise DraftError(f"There is a file {place} already.", title="File exists")
        if draft.recipients is not None:
            beside = place.with_name(place.stem + ENDING)
            await self._write_recipients(run, beside)
            draft = replace(draft, recipients=_source(draft.recipients, beside))
        await self.drafts.save(place, draft, None)
        return draft

    async def _write_recipients(self, run: Run, path: Path) -> None:
        kind = kind_for_many(run)
        try:
            if path.parent == self.drafts.folder:
                private_folder(path.parent)
            with new_private_file(path) as file:
                async for attempt in self._attempts(run, frozenset((AttemptState.REJECTED,))):
                    file.writelines(_line(recipient) for recipient in _recipients(kind, attempt))
        except FileExistsError:
            raise DraftError(f"There is a file {path} already.", title="File exists") from None
        except OSError as error:
            raise DraftError(f"{path} cannot be written: {error.strerror}.") from None

    async def _attempts(self, run: Run, states: frozenset[AttemptState]) -> AsyncIterator[Attempt]:
        after = 0
        while page := await self.journal.standing(run.id, after, PAGE):
            after = page[-1].batch
            for attempt in page:
                if attempt.end in states:
                    yield attempt


def left_out_of(run: Run) -> str:
    """Say who is no part of a draft for those who were rejected, although a later attempt for them was; or nothing."""
    later = run.tally.refused_later.recipients
    who = "1 person is" if later == 1 else f"{later:,} people are"
    return f" {who} left out: their last attempt was rejected, but they {MAY_HAVE_IT}." if later else ""


def kind_for_many(run: Run) -> DraftKind:
    """Return the kind of a run whose requests name recipients; Refused for any other."""
    kind = kind_named(run.draft.kind)
    if kind.batching is None:
        raise Refused(f"A {kind.name} goes to an audience; only the provider knows who is in it.")
    return kind


def uid_of(kind: DraftKind, attempt: Attempt, user: str) -> str:
    """Return the UID of one recipient's message in an accepted answer; empty where the provider gives none."""
    return kind.batching.uids(_answer(attempt)).get(user, "") if kind.batching is not None else ""


def results_in(kind: DraftKind, attempt: Attempt) -> Iterator[RecipientResult]:
    """Yield what became of those whom a request names, in its order."""
    batching = kind.batching
    assert batching is not None
    accepted = attempt.state is AttemptState.ACCEPTED
    uids = batching.uids(_answer(attempt)) if accepted else {}
    request_id = attempt.outcome.request_id if attempt.outcome is not None else ""
    for user in users_in(kind, attempt):
        uid = uids.get(user, "")
        reason = NOT_NAMED if uids and not uid else attempt.reason
        yield RecipientResult(user, attempt.end, uid, reason, attempt.batch, request_id)


def users_in(kind: DraftKind, attempt: Attempt) -> list[str]:
    """Return whom a request names, in its order."""
    batching = kind.batching
    assert batching is not None
    return batching.users(decoded(kind.endpoint.encoding, attempt.request.body))


def _recipients(kind: DraftKind, attempt: Attempt) -> Iterator[Recipient]:
    batching = kind.batching
    assert batching is not None
    return batching.inline(decoded(kind.endpoint.encoding, attempt.request.body))


def _answer(attempt: Attempt) -> JsonObject:
    answer = attempt.outcome.answer if attempt.outcome is not None else None
    try:
        return parse_object(answer.body) if answer is not None else {}
    except JsonTextError:
        return {}


def _line(recipient: Recipient) -> str:
    values = {_column(name): value for name, value in recipient.values}
    return json.dumps({USER_COLUMN: recipient.user, **values}, ensure_ascii=False) + "\n"


def _source(before: RecipientSource, path: Path) -> RecipientSource:
    values = tuple((name, _column(name)) for name in before.placeholders)
    return RecipientSource(
        USER_COLUMN, file=path.name, values=values, format=TableFormat.JSON_LINES, folder=str(path.parent)
    )


def _column(placeholder: str) -> str:
    """A placeholder's column keeps the braces, so that none is taken for the user id."""
    return f"{{{placeholder}}}"
