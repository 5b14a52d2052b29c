"""Nothing lost, nothing twice, one clear line each: a killed process, a second writer, a full disk, a locked file."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made import ARTICLES, CODERS, articles, found_in, read

from dragoman.store import RecordError, adding, connect
from dragoman.store.record import Record

WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from dragoman.store import adding
from dragoman.store.record import Record
from made import CODERS, articles, read
adding.BATCH = 7
print("ready", flush=True)
for tally in adding.add(Record(sys.argv[1], create=True), articles(), read, CODERS.__getitem__):
    pass
"""


def writer(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def is_whole(path: Path) -> int:
    """How many articles there are; each has its one event, text and search entry."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO text_search(text_search) VALUES ('integrity-check')")
        count = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("article", "event", "text")]
        assert len(set(count)) == 1
        return count[0]
    finally:
        connection.close()


def test_killed_at_twenty_points_and_run_again(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    chance = random.Random(4)
    reached = 0
    for _ in range(20):
        with writer(path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.25))
            process.send_signal(signal.SIGKILL)
        if path.exists() and path.stat().st_size:
            with Record(path, create=True):  # a kill while the record was made leaves none, and the next run makes it
                pass
            now = is_whole(path)
            assert now >= reached
            reached = now
    with writer(path) as process:
        assert process.wait() == 0
    assert is_whole(path) == ARTICLES
    with Record(path) as record:
        assert list(record.readings()) == [found_in(one) for one in articles()]


def test_two_writers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    with writer(path) as one, writer(path) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    assert is_whole(path) == ARTICLES


def test_a_record_that_another_program_holds(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = sqlite3.connect(record.where, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(connect, "PATIENCE", 0.2)
    with Record(record.where) as other:
        with pytest.raises(RecordError, match="another program is writing"):
            other.store([found_in(next(articles()))], CODERS)
        holder.execute("ROLLBACK")
        assert other.store([found_in(next(articles()))], CODERS).added == 1
    holder.close()


def test_a_full_disk_loses_the_batch_at_hand_and_nothing_else(record: Record) -> None:
    every = list(articles())
    pages = 0

    def limit(connection: sqlite3.Connection, _: object) -> None:
        if pages:
            connection.execute(f"PRAGMA max_page_count = {pages}")

    connect.event.listen(record.engine, "connect", limit)
    record.store(map(found_in, every[:50]), CODERS)
    pages = Path(record.where).stat().st_size // 4096 + 10
    record.engine.dispose()
    with pytest.raises(RecordError, match="the disk is full; what was stored before is safe"):
        for tally in adding.add(record, every, read, CODERS.__getitem__):
            assert tally.unchanged == 50 or tally.added
    stored = is_whole(Path(record.where))
    assert 50 <= stored < ARTICLES
    pages = 1_000_000
    record.engine.dispose()
    for _ in adding.add(record, every, read, CODERS.__getitem__):
        pass
    assert is_whole(Path(record.where)) == ARTICLES


def test_a_record_that_may_not_be_written_to(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    with record.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(RecordError, match="may not be written to"):
        record.store([found_in(next(articles()))], CODERS)


def test_a_damaged_record_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    with Record(path, create=True) as record:
        record.store(map(found_in, articles()), CODERS)
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = bytes(len(data) // 2 - 4096)
    path.write_bytes(data)
    with pytest.raises(RecordError, match=r"is damaged|no record"), Record(path) as record:
        list(record.readings())
