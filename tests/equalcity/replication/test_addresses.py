"""Which addresses a request may reach."""

import ipaddress
from typing import Any

import pytest

from equalcity.replication.addresses import is_loopback, may_reach

INTERNAL = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::ffff:10.0.0.1",
    "2002:0a00:0001::1",
    "64:ff9b::10.0.0.1",
    "fc00::1",
    "fe80::1%eth0",
    "ff02::1",
]


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses_are_refused(address: str) -> None:
    assert may_reach(address) is False


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::93.184.216.34"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert may_reach(address) is True


def test_a_setting_allows_a_network(settings: Any) -> None:
    settings.PEER_NETWORKS = [ipaddress.ip_network("10.1.0.0/16")]
    assert [may_reach(address) for address in ("10.1.2.3", "10.2.0.1", "127.0.0.1")] == [True, False, False]


def test_loopback_is_told_without_asking_anybody() -> None:
    assert [is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "localhost.example", "10.0.0.1", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
