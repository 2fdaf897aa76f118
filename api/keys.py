"""Keys of programs and people: kept as hashes, each with what it may do and how often.

A key is jx_<id>_<secret>. The secret has 256 random bits, so that one round of SHA-256 is as good
as a slow hash: there is nothing to guess. The file holds no secret and can be copied.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import JixiaoError, WorkspaceError
from kg.workspace import write_synced

ROLES = ("read", "write")
"""What a key may do, each what the one before it may and more."""
PREFIX = "jx"


@dataclass(frozen=True, slots=True)
class Key:
    """`digest` is the SHA-256 of the secret; `per_minute` requests are answered, 0 for any number."""

    id: str
    name: str
    role: str
    digest: str = field(repr=False)
    per_minute: int = 600
    made: str = ""

    def may(self, role: str) -> bool:
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)


@dataclass(slots=True)
class Keys:
    """The keys in the file at `path`, read again whenever it changes."""

    path: Path
    _known: Mapping[str, Key] = field(default_factory=dict)
    _read: tuple[int, int] = (0, 0)

    def all(self) -> list[Key]:
        """Every key, by name."""
        return sorted(self._current().values(), key=lambda key: (key.name, key.id))

    def of(self, token: str) -> Key | None:
        """The key that `token` is, None where it is none. Takes as long for a wrong secret as for a right one."""
        prefix, _, rest = token.partition("_")
        name, _, secret = rest.partition("_")
        key = self._current().get(name)
        right = hmac.compare_digest(_digest(secret), key.digest if key else _NOBODY)
        return key if key and right and prefix == PREFIX else None

    def add(self, name: str, role: str, per_minute: int = 600) -> str:
        """Make a key; its token, which is kept nowhere. JixiaoError `unknown-role`."""
        if role not in ROLES:
            raise JixiaoError("unknown-role", f"没有 {role} 这种角色；有：{'、'.join(ROLES)}")
        called, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self._write({**self._current(), called: Key(called, name, role, _digest(secret), per_minute, made)})
        return f"{PREFIX}_{called}_{secret}"

    def remove(self, name: str) -> Key:
        """Take the key with this id out. JixiaoError `no-such-key`."""
        kept = dict(self._current())
        if name not in kept:
            raise JixiaoError("no-such-key", f"没有编号为 {name} 的密钥；jixiao key list 可列出全部")
        removed = kept.pop(name)
        self._write(kept)
        return removed

    def _current(self) -> Mapping[str, Key]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        seen = (found.st_mtime_ns, found.st_ino)
        if seen != self._read:
            try:
                self._known = {key["id"]: Key(**key) for key in json.loads(self.path.read_bytes())}
            except (ValueError, TypeError, KeyError) as error:
                raise WorkspaceError("damaged", "密钥文件已损坏", file=str(self.path)) from error
            self._read = seen
        return self._known

    def _write(self, keys: Mapping[str, Key]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_synced(
            self.path, json.dumps([asdict(key) for key in keys.values()], ensure_ascii=False, indent=1).encode()
        )
        self.path.chmod(0o600)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


_NOBODY = _digest("")


def opened(workspace: Path) -> Keys:
    """The keys of the service over the workspace in this folder."""
    return Keys(workspace / "service" / "keys.json")
