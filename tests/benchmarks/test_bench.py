"""`make bench`: the table, the exit status, bad input. The work itself is measured by the command only."""

import importlib
import json

import pytest

from benchmarks import __main__ as bench

GOOD = {"name": "a", "ours": "1 ms", "yardstick": "2 ms", "ratio": 2.0, "goal": "≥ 1×", "ok": True}
MISSED = {**GOOD, "name": "b", "ratio": 0.5, "ok": False}


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(bench, "prepare", lambda: None)
    return tmp_path / "results.json"


@pytest.mark.parametrize(("rows", "status"), [([GOOD], 0), ([GOOD, MISSED], 1)])
def test_table_json_and_status(results, monkeypatch, capsys, rows, status):
    monkeypatch.setattr(bench, "collect", lambda _names: rows)
    assert bench.main([]) == status
    assert json.loads(results.read_text(encoding="utf-8")) == rows
    said = capsys.readouterr()
    assert said.out.splitlines()[0].split() == list(bench.COLUMNS)
    assert ("MISSED" in said.out) == bool(status)
    assert ("b" in said.err) == bool(status)


def test_an_unknown_name_is_refused_in_one_line(results, capsys):
    with pytest.raises(SystemExit) as ended:
        bench.main(["nothing"])
    assert ended.value.code == 2
    assert "no such benchmark: nothing; there are " in capsys.readouterr().err
    assert not results.exists()


def test_a_row_of_another_shape_is_refused(monkeypatch):
    class Odd:
        @staticmethod
        def rows():
            return [{"name": "a"}]

    monkeypatch.setattr(importlib, "import_module", lambda _name: Odd)
    with pytest.raises(ValueError, match="odd gives a row with"):
        bench.collect(["odd"])


def test_every_benchmark_is_found_and_gives_rows():
    assert {"due_date", "register_search", "signed_licence"} <= set(bench.names())
    for name in bench.names():
        assert callable(importlib.import_module(f"benchmarks.{name}").rows)
