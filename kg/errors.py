"""The one family of errors: each has a code, a sentence for people, the file and the place."""

from __future__ import annotations


class JixiaoError(Exception):
    """Something a user can act on.

    `code` is a stable word for programs (`empty-file`), `message` the sentence for people
    (Chinese first), `file` the name of the file concerned and `place` where in it
    (a line, a page, a cell), both empty where they do not apply.
    """

    def __init__(self, code: str, message: str, *, file: str = "", place: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes to the one that answers."""
        return (_rebuilt, (type(self), self.code, self.message, self.file, self.place))

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, self.place) if part)
        return f"{where}: {self.message} [{self.code}]" if where else f"{self.message} [{self.code}]"


def _rebuilt(kind: type[JixiaoError], code: str, message: str, file: str, place: str) -> JixiaoError:
    return kind(code, message, file=file, place=place)


class UnreadableFile(JixiaoError):
    """A file that no reader can turn into a document; the rest of the batch goes on."""


class BadQuery(JixiaoError):
    """A query that cannot be run: its syntax, its cost, or something it may not do."""


class WorkspaceError(JixiaoError):
    """The workspace is missing, locked, damaged, or of another version."""


class ModelError(JixiaoError):
    """A model cannot be loaded (embeddings) or gives no usable reply (language)."""
