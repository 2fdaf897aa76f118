"""Settings: the environment before the file, the file before what stands in the code, errors by name."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.running import can_listen
from api.settings import FILE, Settings, environment, load
from kg.errors import JixiaoError


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting from outside."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"JIXIAO_{name.upper()}", raising=False)


def test_what_is_given_goes_before_the_environment_and_that_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "jixiao.toml").write_text('port = 1\nprocesses = 2\nreading = "key"\n', "utf-8")
    monkeypatch.setenv("JIXIAO_PORT", "3")
    monkeypatch.setenv("JIXIAO_PROCESSES", "4")
    settings = load(port=5, host=None)
    assert (settings.port, settings.processes, settings.reading, settings.host) == (5, 4, "key", "127.0.0.1")


@pytest.mark.parametrize("wrong", ["port = 'many'", "reading = 'maybe'", "processes = 0", "port ="])
def test_a_wrong_setting_is_named(wrong: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(wrong, "utf-8")
    monkeypatch.setenv(FILE, str(tmp_path / "mine.toml"))
    with pytest.raises(JixiaoError, match="bad-settings"):
        load()


def test_a_settings_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE, "nowhere.toml")
    with pytest.raises(JixiaoError, match=r"nowhere\.toml"):
        load()


def test_a_process_started_with_them_has_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(port=9, origins="https://a.example", query_seconds=2.5)
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert load() == settings


def test_help_lists_every_setting() -> None:
    told = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "300"}).output
    for name in Settings.model_fields:
        assert f"--{name.replace('_', '-')}" in told
        assert f"JIXIAO_{name.upper()}" in told


def test_a_port_that_is_taken_is_said_before_anything_is_opened() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(JixiaoError, match="--port") as caught:
        can_listen("127.0.0.1", taken.getsockname()[1])
    assert caught.value.code == "port"
