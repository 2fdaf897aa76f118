"""What strangers have sent is read in a process that can be killed, and reaches nobody."""

from __future__ import annotations

import os
import socket
import time

import pytest

from api.apart import apart
from kg.errors import BadQuery, UnreadableFile
from kg.reader import read_file


def test_work_done_apart_brings_its_result_or_its_error() -> None:
    assert apart(len, "三个字", seconds=60) == 3
    with pytest.raises(UnreadableFile) as refused:
        apart(read_file, "/nowhere/x.pdf", "x.pdf", seconds=60)
    assert refused.value.code == "no-such-file"


def test_work_that_does_not_end_is_ended() -> None:
    with pytest.raises(BadQuery) as late:
        apart(time.sleep, 600, seconds=0.5)
    assert late.value.code == "timeout"


def test_work_that_takes_its_process_down_costs_only_itself() -> None:
    with pytest.raises(BadQuery) as down:
        apart(os.abort, seconds=60)
    assert down.value.code == "crashed"
    assert apart(len, "在", seconds=60) == 1


def test_work_done_apart_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with pytest.raises(BadQuery):
            apart(socket.create_connection, listening.getsockname(), seconds=60)
    assert "not allowed while reading reports" in capfd.readouterr().err
