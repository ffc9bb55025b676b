"""The fault `refuse`: a closed port, while everything else goes on."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.sandbox.client import HttpAnswer
from tests.sandbox.clouds import NAMES, Clouds, accepted


@pytest.fixture(autouse=True)
def open_gates(clouds: Clouds) -> Iterator[None]:
    """Leave no port closed, whatever a test does."""
    yield
    clouds.sandbox.control("DELETE", "/faults")


@pytest.mark.parametrize("cloud", NAMES)
def test_a_closed_port_refuses_and_the_others_go_on(clouds: Clouds, cloud: str) -> None:
    number = clouds.sandbox.fault("refuse", cloud=cloud)
    for name in NAMES:
        if name == cloud:
            with pytest.raises(ConnectionRefusedError):
                clouds.send(name)
        else:
            assert accepted(clouds.send(name))
    assert clouds.sandbox.control("DELETE", f"/faults?id={number}") == {"removed": 1}
    assert accepted(clouds.send(cloud, 2))
    assert clouds.sandbox.accepted() == 3


def test_all_ports_at_once_but_the_control_port(clouds: Clouds) -> None:
    clouds.sandbox.fault("refuse")
    token = clouds.agora.token()
    for cloud in NAMES:
        with pytest.raises(ConnectionRefusedError):
            clouds.send(cloud, token=token)
    clouds.sandbox.reset()
    assert all(accepted(clouds.send(cloud)) for cloud in NAMES)


def test_it_lasts_as_long_as_any_such_fault(clouds: Clouds) -> None:
    first, second = clouds.sandbox.fault("refuse"), clouds.sandbox.fault("refuse", cloud="tencent")
    clouds.sandbox.control("DELETE", f"/faults?id={first}")
    with pytest.raises(ConnectionRefusedError):
        clouds.send("tencent")
    assert accepted(clouds.send("agora"))
    clouds.sandbox.control("DELETE", f"/faults?id={second}")
    assert accepted(clouds.send("tencent"))


def test_it_ends_by_itself_after_its_time(clouds: Clouds) -> None:
    clouds.sandbox.fault("refuse", cloud="rongcloud", seconds=1)
    with pytest.raises(ConnectionRefusedError):
        clouds.send("rongcloud")
    while clouds.sandbox.control("GET", "/faults")["faults"]:
        pass
    assert accepted(_once_open(clouds))


def _once_open(clouds: Clouds) -> HttpAnswer:
    """Send as soon as the port is open: the fault goes a moment before it opens."""
    while True:
        try:
            return clouds.send("rongcloud")
        except ConnectionRefusedError:
            continue


def test_connections_that_were_open_are_closed(clouds: Clouds) -> None:
    address = urlsplit(clouds.base_url("agora"))
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as idle:
        idle.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
        response = http.client.HTTPResponse(idle)
        response.begin()
        assert response.read()
        clouds.sandbox.fault("refuse", cloud="agora")
        assert idle.recv(65536) == b""


def test_a_request_that_is_answered_is_not_cut_off(clouds: Clouds) -> None:
    clouds.sandbox.fault("hold", cloud="tencent")
    request = clouds.sending("tencent", ["amelie"])
    connection = http.client.HTTPConnection(urlsplit(request.base_url).netloc, timeout=10)
    connection.request(request.method, request.path, request.body)
    while not clouds.sandbox.accepted():
        pass
    clouds.sandbox.fault("refuse", cloud="tencent")
    clouds.sandbox.control("DELETE", "/faults")
    assert connection.getresponse().read().startswith(b"{")
    connection.close()


def test_closing_twice_and_opening_twice(clouds: Clouds) -> None:
    for _ in range(3):
        clouds.sandbox.fault("refuse", cloud="agora")
        clouds.sandbox.fault("refuse", cloud="agora")
        clouds.sandbox.control("DELETE", "/faults")
        clouds.sandbox.control("DELETE", "/faults")
    assert accepted(clouds.send("agora"))
