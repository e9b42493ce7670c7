"""Which network addresses an outgoing request may reach (safety rule 7)."""

import ipaddress
import socket

from django.conf import settings

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(Exception):
    """The host is not one that we may talk to; the text is for a person."""


def allowed_addresses(host: str, port: int) -> list[str]:
    """Return every address of `host`, all of them checked; the caller connects to one of these and no other.

    A name that also leads to a forbidden address is refused as a whole: otherwise whoever owns the name decides
    with each answer of their name server which one we meet. Raises `AddressRefused` and `OSError`.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not may_reach(address):
            raise AddressRefused(
                f"{host} leads to the internal address {address}, which is refused. "
                f"If that is intended, name its network in PEER_NETWORKS."
            )
    return list(dict.fromkeys(found))


def may_reach(address: str) -> bool:
    """Return whether `address` is public, or inside a network that `PEER_NETWORKS` names."""
    parsed = _without_wrapping(ipaddress.ip_address(address.partition("%")[0]))
    if any(parsed in network for network in settings.PEER_NETWORKS if network.version == parsed.version):
        return True
    return parsed.is_global and not parsed.is_multicast


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine by its number or its name, without asking a name server."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _without_wrapping(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that an IPv6 address stands for, if it does: the packets would go there."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address.sixtofour:
            return address.sixtofour
        if address.teredo:
            return address.teredo[1]
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
