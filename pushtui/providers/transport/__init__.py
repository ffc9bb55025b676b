"""HTTP: the only package that knows httpx.

A send is prepared first, so that the journal can keep it before it leaves, and performed
then. What goes wrong is either `NotSent` (it surely never reached the provider) or
`OutcomeUnknown` (it may have); every doubt is `OutcomeUnknown`.
"""

from pushtui.providers.transport.connections import IDLE as IDLE
from pushtui.providers.transport.connections import LONGER_IDLE as LONGER_IDLE
from pushtui.providers.transport.connections import Channel as Channel
from pushtui.providers.transport.connections import Pool as Pool
from pushtui.providers.transport.connections import Timeouts as Timeouts
from pushtui.providers.transport.connections import Way as Way
from pushtui.providers.transport.exchange import fetch_json as fetch_json
from pushtui.providers.transport.exchange import perform as perform
from pushtui.providers.transport.requests import Prepared as Prepared
from pushtui.providers.transport.requests import prepare as prepare
