# 绩效 Jixiao：常用命令 · short targets for everyday work
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
.PHONY: help install demo test browser lint format docs clean

help:            ## 列出全部命令 · list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

# Installed once for each change of what is needed. PyTorch comes first and by its exact version:
# an open range would take a build with gigabytes of GPU libraries.
$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

install: $(VENV)/installed  ## 建立虚拟环境并安装 · make the environment

demo: install    ## 建示例库并打开服务 · build the examples and serve them
	$(BIN)/jixiao demo --port $(PORT)

test: install browser  ## 安装测试所需并运行全部测试 · install what tests need and run them
	$(BIN)/python -m pytest

browser:         # the one thing that pip cannot bring
	@sh tests/browser/install.sh

lint: install    ## 检查格式、类型与导入方向 · format, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install  ## 整理格式 · format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: install    ## 重新生成由数据写成的文档 · regenerate generated pages
	$(BIN)/python -m ontology.page docs/ontology.md
	$(BIN)/python -m kg.rulebook docs/rules.md

clean:           ## 删除环境与缓存 · remove environment and caches
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
