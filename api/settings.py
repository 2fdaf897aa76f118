"""What can be set: by JIXIAO_… in the environment, else in a TOML file, else as it stands here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from kg.errors import JixiaoError

FILE = "JIXIAO_SETTINGS"  # names the file; without it, jixiao.toml in the folder where the service starts
Bytes = Annotated[int, Field(ge=1024)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Settings(BaseSettings):
    """The settings of the service. Every field is a JIXIAO_<NAME> of the environment, a line of the
    file and an option of `jixiao serve`."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", extra="ignore", frozen=True)

    workspace: Path = Field(Path("workspace"), description="工作区文件夹 · the workspace folder")
    host: str = Field("127.0.0.1", description="监听地址 · address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="端口 · port")
    processes: int = Field(1, ge=1, le=64, description="几个服务进程 · processes that answer")
    stop_seconds: int = Field(
        20, ge=0, le=600, description="停止前等请求完成几秒 · seconds to finish requests when stopped"
    )

    reading: Literal["open", "key"] = Field("open", description="读要不要密钥 · whether reading is open or needs a key")
    anonymous_per_minute: int = Field(
        0, ge=0, description="无密钥者每分钟几次请求，0 不限 · requests a minute without a key, 0 for any"
    )
    origins: str = Field("", description="允许哪些网站跨域读取，逗号分隔 · origins that may read across sites")

    query_seconds: Seconds = Field(10.0, description="一个查询最长几秒 · seconds that a query may run")
    query_bytes: Bytes = Field(32 * 2**20, description="查询结果最大字节数 · bytes that a result may have")
    query_processes: int = Field(2, ge=1, le=64, description="同时几个查询 · queries at once")

    url_bytes: Bytes = Field(80 * 1024, description="地址最大字节数 · bytes of an address")
    header_bytes: Bytes = Field(32 * 1024, description="请求头最大字节数 · bytes of the headers")
    body_bytes: Bytes = Field(2**20, description="请求正文最大字节数 · bytes of a body that is no upload")
    upload_bytes: Bytes = Field(128 * 2**20, description="一次上传最大字节数 · bytes of an upload")
    upload_seconds: Seconds = Field(120.0, description="解析一份报告最长几秒 · seconds to read one report")
    upload_memory: Bytes = Field(4 * 2**30, description="解析进程最大内存 · bytes of memory of the reading process")

    log: Literal["json", "text", "off"] = Field("text", description="日志格式 · how requests are logged")


def load(**given: object) -> Settings:
    """The settings, those `given` (None for not) before environment and file. JixiaoError
    `bad-settings` names the one that is wrong."""
    named = os.environ.get(FILE)
    file = Path(named or "jixiao.toml")
    if named and not file.is_file():
        raise JixiaoError("bad-settings", "没有这个设置文件", file=named)

    class Filed(Settings):
        """With the file as the last source."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            *sources: PydanticBaseSettingsSource,
            **more: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (more["init_settings"], more["env_settings"], TomlConfigSettingsSource(settings_cls, file))

    try:
        filed = Filed.model_validate({name: value for name, value in given.items() if value is not None})
        return Settings.model_validate(filed.model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise JixiaoError(
            "bad-settings", f"设置 {name} 不对：{first['msg']}", file=str(file) if file.is_file() else ""
        ) from error
    except ValueError as error:  # the file is no TOML
        raise JixiaoError("bad-settings", f"读不懂设置文件：{error}", file=str(file)) from error


def environment(settings: Settings) -> dict[str, str]:
    """The settings as the environment of a process that is to have the same."""
    return {f"JIXIAO_{name.upper()}": str(value) for name, value in settings.model_dump().items()}
