"""What the diagnoses of all providers share: the case, facts as evidence, and times by the provider's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pushtui.domain.account import Account
from pushtui.domain.conversation import Conversation
from pushtui.domain.diagnosis import Check, Incoming, Mark
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.profile import EXISTS, Fact, FactState, Profile
from pushtui.domain.wall_clock import server_time

ONLINE = "online"
LATELY = timedelta(minutes=5)
"""How long after it was read it still counts who is online."""

_WHY_UNTOLD = {
    FactState.WAITING: "The answer has not come yet.",
    FactState.FAILED: "It could not be read.",
    FactState.UNAVAILABLE: "This provider does not tell.",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A user as the provider tells of them, what would reach them, and when; all a diagnosis is made of."""

    profile: Profile
    incoming: Incoming
    moment: datetime
    """As the provider's clock counts."""
    offline: bool = False
    """Whether to go on as if nobody were online, because the moment is another than that of the answer."""

    @property
    def account(self) -> Account:
        return self.profile.account

    @property
    def zone(self) -> ZoneInfo:
        """The zone that daily times are read in."""
        return ZoneInfo(self.account.push_zone)

    @property
    def body(self) -> JsonObject:
        """The body of a push; empty for a chat message."""
        return self.incoming.body or {}

    def clock(self, moment: datetime) -> str:
        """Write a moment by the provider's clock: `08:00 server time (UTC)`."""
        account = self.account
        return server_time(moment, account.push_zone, assumed=account.push_zone_assumed, since=self.moment)

    @property
    def now(self) -> str:
        """The moment by the provider's clock."""
        return f"it is {self.clock(self.moment)}"

    def told(self, name: str) -> bool:
        """Tell whether a fact is known."""
        return self.profile.is_known(name)

    def value(self, name: str) -> JsonValue:
        """Return the value of a known fact."""
        return self.profile.known(name)

    def words(self, name: str) -> str:
        """Return what people read of a fact."""
        fact = self.profile.fact(name)
        return fact.words if fact is not None else ""

    def problem(self, name: str) -> str:
        """Say what of a known fact could not be read; empty if all of it could."""
        fact = self.profile.fact(name)
        return fact.problem if fact is not None and fact.state is FactState.KNOWN else ""

    def source(self, name: str) -> str:
        """Return the operation that told a fact."""
        fact = self.profile.fact(name)
        return fact.source if fact is not None else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist that is still to be judged: its name, its title, and the fact it rests on."""

    name: str
    title: str
    fact: str = ""
    decides: bool = True

    def passes(self, case: Case, evidence: str, next_step: str = "") -> Check:
        """Say that this holds nothing back."""
        return self._check(case, Mark.PASS, evidence, next_step)

    def fails(self, case: Case, evidence: str, next_step: str = "", until: datetime | None = None) -> Check:
        """Say that nothing shows because of this."""
        return self._check(case, Mark.FAIL, evidence, next_step, until)

    def unsure(self, case: Case, evidence: str, next_step: str = "") -> Check:
        """Say that nobody here can know."""
        return self._check(case, Mark.UNKNOWN, evidence, next_step)

    def idle(self, case: Case, evidence: str, next_step: str = "") -> Check:
        """Say that this does not matter here."""
        return self._check(case, Mark.NOT_APPLICABLE, evidence, next_step)

    def untold(self, case: Case) -> Check:
        """Say why the fact is not known; of a user who does not exist there is nothing to know."""
        fact = case.profile.fact(self.fact)
        if fact is not None and fact.state is FactState.NOT_APPLICABLE:
            return self.idle(case, "There is no such user.")
        return self.unsure(case, *_untold(fact))

    def _check(self, case: Case, mark: Mark, evidence: str, next_step: str, until: datetime | None = None) -> Check:
        source = case.source(self.fact) if self.fact else ""
        return Check(self.name, self.title, mark, evidence, next_step, until, source, self.decides)


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How a provider's settings are judged."""

    checks: Callable[[Case], Iterator[Check]]
    """In the provider's order of precedence."""
    edges: Callable[[Case, datetime], Iterator[datetime]]
    """The moments, from the case's to another, at which a check may change by itself; in no order."""
    conversation: Callable[[Incoming, str], Conversation | None]
    """The conversation of what reaches a user, as far as its settings can be read; None where there is none."""


def account_line(case: Case) -> Check:
    """Say where is looked, and whether the push went there at all."""
    line, account = Line("account", "Account and environment"), case.account
    where = f"{account.name} ({account.environment}): the app {account.app_id} at {account.provider}"
    provider = case.incoming.kind.partition(".")[0]
    if provider and provider != account.provider:
        step = f"Ask for this user at an account of {provider}."
        return line.fails(case, f"{where}; the push is a {case.incoming.kind}.", step)
    return line.passes(case, f"{where}.")


def exists_line(case: Case) -> Check:
    """Say whether there is such a user."""
    line = Line(EXISTS, "User", EXISTS)
    if not case.told(EXISTS):
        return line.untold(case)
    if case.profile.exists:
        return line.passes(case, f"{case.profile.user} is registered.")
    step = "Look at how the id is written, and whether this is the right account."
    told = case.words(EXISTS).partition(". ")[2]
    return line.fails(case, f"There is no user {case.profile.user} in this app. {told}".strip(), step)


def outside(case: Case, line: Line, where: str) -> Check:
    """Say that a daily time does not hold at the moment; by a clock that is only assumed, nobody can be sure."""
    if not case.account.push_zone_assumed:
        return line.passes(case, f"{where}.")
    evidence = f"{where}. It does not hold now {_if_assumed(case)}."
    return replace(line.unsure(case, evidence, SET_THE_ZONE), assumes=_if_assumed(case))


def assuming(check: Check, case: Case) -> Check:
    """Let a check say that it stands on a clock that is only assumed."""
    if not case.account.push_zone_assumed or check.mark is Mark.UNKNOWN:
        return check
    step = f"{SET_THE_ZONE} {check.next_step}".strip()
    return replace(check, next_step=step, assumes=_if_assumed(case))


def _if_assumed(case: Case) -> str:
    return f"if daily times are read by the clock of {case.account.push_zone}, which no document says"


SET_THE_ZONE = "Set the account's push zone if you know whose clock daily times go by."
OFFLINE = Line(ONLINE, "Online state", ONLINE)


def offline_line(case: Case) -> Check:
    """Say whether the user is connected, so that a message needs no notification."""
    if case.offline:
        return OFFLINE.idle(case, "Who will be online, nobody knows; the rest is as for somebody offline.")
    if not case.told(ONLINE):
        return OFFLINE.untold(case)
    if case.value(ONLINE) is not True:
        return OFFLINE.passes(case, "The user is offline.")
    return is_online(case)


def is_online(case: Case, where: str = "") -> Check:
    """Say that the message arrives in the app instead."""
    evidence = f"Online{where}{_seen_at(case)}: a message arrives in the app, without a notification."
    return OFFLINE.fails(case, evidence, "Look into the app; or ask again once the app is closed.")


def _seen_at(case: Case) -> str:
    """Write when it was read who is online, by the provider's clock; empty where nobody knows."""
    fact = case.profile.fact(ONLINE)
    if fact is None or fact.read_at is None:
        return ""
    return f" at {case.clock(fact.read_at + case.profile.ahead)}"


def text_of(value: JsonValue) -> str:
    """Return a text, empty for anything else."""
    return value if isinstance(value, str) else ""


def object_of(value: JsonValue) -> JsonObject:
    """Return an object, empty for anything else."""
    return value if isinstance(value, dict) else {}


def moment_of(value: JsonValue) -> datetime | None:
    """Read a moment as facts hold it; None where there is none."""
    return datetime.fromisoformat(value) if isinstance(value, str) and value else None


def _untold(fact: Fact | None) -> tuple[str, str]:
    if fact is None:
        return "This was not asked for.", "Open the whole profile."
    step = "Read it again." if fact.state in (FactState.WAITING, FactState.FAILED) else ""
    return fact.problem or _WHY_UNTOLD.get(fact.state, ""), step
