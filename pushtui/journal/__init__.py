"""The durable record of runs, attempts and settings changes; also the quota ledger. All SQL is here."""

from pushtui.journal.journal import Journal as Journal
from pushtui.journal.record import Record as Record
