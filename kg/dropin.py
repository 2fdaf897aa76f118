"""Open a drop-in folder: a package whose files each hold one variant and do not know each other."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from kg.errors import JixiaoError


def names(package: ModuleType) -> tuple[str, ...]:
    """The variants in `package`, sorted; a file whose name begins with _ is not a variant."""
    return _names(*package.__path__)


@cache  # the folders are read once a process
def _names(*folders: str) -> tuple[str, ...]:
    return tuple(sorted(m.name for m in pkgutil.iter_modules(folders) if not m.name.startswith("_")))


def one(package: ModuleType, name: str) -> ModuleType:
    """The variant `name` of `package`. Raises JixiaoError `unknown-variant` naming those there are."""
    known = names(package)
    if name not in known:
        kind = package.__name__.rsplit(".", 1)[-1]
        raise JixiaoError("unknown-variant", f"没有名为 {name} 的 {kind}；可用的有：{'、'.join(known)}")
    return importlib.import_module(f"{package.__name__}.{name}")


def every(package: ModuleType) -> dict[str, ModuleType]:
    """All variants of `package` by name, in sorted order."""
    return {name: importlib.import_module(f"{package.__name__}.{name}") for name in names(package)}
