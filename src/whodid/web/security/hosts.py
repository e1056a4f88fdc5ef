"""Which names a site answers to: a page of elsewhere must not reach it through a name of its own (DNS rebinding)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from whodid.web.options import LOOPBACK


class Hosts:
    """The names that are allowed: those of this machine for itself, the one that is listened on, and those given."""

    def __init__(self, listening: str, given: Sequence[str] = ()) -> None:
        self._names = {*LOOPBACK, listening.lower(), *(name.lower().rstrip(".") for name in given)}
        # all addresses of a machine: a rebound name is a name, so that numbers are safe
        self._numbers = listening in {"0.0.0.0", "::"}
        if self._numbers:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    def allow(self, header: str) -> bool:
        """Whether a ``Host`` header names this site."""
        name = host_name(header)
        if name in self._names:
            return True
        if self._numbers:
            try:
                ipaddress.ip_address(name)
            except ValueError:
                return False
            return True
        return False


def host_name(header: str) -> str:
    """The name in a ``Host`` header, without its port and brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower().rstrip(".")
