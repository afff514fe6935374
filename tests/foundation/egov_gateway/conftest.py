"""A real gateway on loopback and a client of it, both ending with the test."""

import pytest

from foundation.egov.gateway import Gateway
from foundation.egov.gateway.breaker import CircuitBreaker
from foundation.egov.gateway.transport import Config, Transport
from sandbox.gateway import TOKEN, serve


@pytest.fixture
def sandbox():
    server, _url = serve()
    with server:
        yield server


@pytest.fixture
def make_client():
    made = []

    def make(url, *, token=TOKEN, breaker=None, sleep=lambda _s: None, **config):
        transport = Transport(Config(url=url, token=token, **config), breaker or CircuitBreaker(), sleep)
        made.append(transport)
        return Gateway(transport)

    yield make
    for transport in made:
        transport.close()


@pytest.fixture
def gateway(sandbox, make_client):
    return make_client(sandbox.url)
