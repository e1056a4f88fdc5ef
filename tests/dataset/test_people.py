"""What people say of claims is kept, in SQLite or elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from whodid.dataset.people import People, keep_url, open_people
from whodid.dataset.people_db import META, shown
from whodid.errors import UsageError, WhodidError


def test_the_last_judgement_of_a_pair_counts(tmp_path: Path) -> None:
    with open_people(tmp_path) as people:
        made = people.judge("b", "a", "same", person="Ann", why="one raid")
        assert (made.left, made.right, made.score, made.by, made.why) == ("a", "b", 1.0, "person:Ann", ("one raid",))
        people.judge("a", "b", "different", person="person:Ben")
        people.judge("b", "c", "unsure", person="Ann")
    with open_people(tmp_path) as people:
        assert [j.verdict for _, j in people.judgements()] == ["same", "different", "unsure"]
        last = people.judgements()[0][0]
        assert [j.verdict for _, j in people.judgements(after=last)] == ["different", "unsure"]
        assert [(j.left, j.right, j.verdict) for j in people.judged(["a"])] == [("a", "b", "different")]
        assert len(people.judged(["b"])) == 2 and people.judged(["z"]) == []
        assert people.judged([str(n) for n in range(2000)]) == []
        assert people.judgements()[0][1].made == made.made


def test_notes_and_views(tmp_path: Path) -> None:
    with open_people(tmp_path) as people:
        people.note("claim", "a", "look again", person="Ann")
        people.note("event", "b", "the same as last year's", person="Ben")
        assert [(n.kind, n.person) for n in people.notes()] == [("claim", "Ann"), ("event", "Ben")]
        assert [n.text for n in people.notes("b")] == ["the same as last year's"]
        people.save_view("raids", {"type": ["ASSAULT"]}, person="Ann")
        people.save_view("raids", {"type": ["ASSAULT"], "status": "happened"}, person="Ben")
        (view,) = people.views()
        assert (view.query, view.person) == ({"type": ["ASSAULT"], "status": "happened"}, "Ben")


def test_what_is_not_allowed(tmp_path: Path) -> None:
    with open_people(tmp_path) as people:
        with pytest.raises(UsageError, match="two claims"):
            people.judge("a", "a", "same", person="Ann")
        with pytest.raises(UsageError, match="verdicts: same, different, unsure"):
            people.judge("a", "b", "maybe", person="Ann")
        with pytest.raises(UsageError, match="name of a person"):
            people.judge("a", "b", "same", person=" ")
        with pytest.raises(UsageError, match="note is empty"):
            people.note("claim", "a", " ", person="Ann")
        with pytest.raises(UsageError, match="'place' cannot have notes"):
            people.note("place", "a", "x", person="Ann")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="needs a name"):
            people.save_view(" ", {}, person="Ann")


def test_another_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    with open_people(tmp_path, url) as people:
        people.judge("a", "b", "same", person="Ann")
    with open_people(tmp_path) as people:
        assert people.judgements() == []
    keep_url(tmp_path, url)
    with open_people(tmp_path) as people:
        assert len(people.judgements()) == 1


def test_addresses_that_cannot_be_used(tmp_path: Path) -> None:
    for url in ("nonsense", "odd://host/name"):
        with pytest.raises(UsageError, match="--judgements"):
            People(url)
    with pytest.raises(UsageError, match="leave the password out"):
        keep_url(tmp_path, "postgresql+psycopg://ann:secret@host/name")
    with pytest.raises(WhodidError, match="the database of judgements"):
        People(f"sqlite:///{tmp_path / 'none' / 'x.sqlite'}")
    assert shown("postgresql://ann:secret@host/name") == "postgresql://ann:…@host/name"


def test_the_tables_are_made_for_postgresql_too() -> None:
    for table in META.sorted_tables:
        sql = str(CreateTable(table, if_not_exists=True).compile(dialect=postgresql.dialect()))
        assert "IF NOT EXISTS" in sql and "SERIAL" in sql and "TIMESTAMP WITH TIME ZONE" in sql
