"""What can be chosen when a dataset is served."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from whodid.errors import UsageError

MEGABYTE = 1_000_000
MOST_CHARS = 100_000
"""Characters of own texts that are sent at once."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """folder: the dataset. judgements: address of the database of people's judgements, as for ``whodid init``.
    language: of the interface. host: the address that is listened on; names: others by which the site is reached.
    proxies: addresses of proxies whose ``X-Forwarded-…`` headers are believed. read_only: nothing can be changed.
    public: who has not logged in may read as well. max_upload: bytes of a request. texts_an_hour: own texts that one
    person, or one address, may have coded.
    """

    folder: Path
    judgements: str | None = None
    language: str = "en"
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    read_only: bool = False
    public: bool = False
    max_upload: int = 5 * MEGABYTE
    texts_an_hour: int = 60

    def __post_init__(self) -> None:
        """Raises UsageError for what does not go together."""
        if self.public and not self.read_only:
            raise UsageError("--public lets everybody read without logging in, and goes with --read-only alone")
        if self.max_upload < 1000:
            raise UsageError(f"--max-upload: {self.max_upload / MEGABYTE:g} MB is too little; give 0.001 or more")
        if self.texts_an_hour < 0:
            raise UsageError(f"--texts-an-hour: {self.texts_an_hour} cannot be; give 0 (none) or more")

    @property
    def local(self) -> bool:
        """Whether only this machine reaches the site, and not through a proxy either."""
        return is_loopback(self.host) and not self.names and not self.proxies
