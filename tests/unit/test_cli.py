"""The `summit` command as its users meet it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from tests.libraries import HOSTILE, LEADERS, MEETINGS, SHARED, SOURCES, write_file
from tui import __version__
from tui.cli import summit as cli
from tui.cli.run import run
from tui.cli.summit import summit
from tui.records import Topic

pytestmark = pytest.mark.usefixtures("own_folders")


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture
def own_folders(tmp_path: Path, tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the command away from the user's own folders, settings and terminal."""
    monkeypatch.setenv("SUMMIT_LIBRARY", str(tiny_library))
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what runs `summit` with arguments and gives its answer."""

    def answer(*arguments: str) -> Answer:
        code = run(summit, list(arguments))
        return Answer(code, *capsys.readouterr())

    return answer


def in_terminal(*arguments: str, **settings: str) -> str:
    """Run `summit` with a pseudo-terminal as its output, and return all that it writes there."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **settings}
    with subprocess.Popen([sys.executable, "-m", "tui", *arguments], stdout=slave, stderr=slave, env=environment):
        os.close(slave)
        written = b""
        try:
            while chunk := os.read(master, 65536):
                written += chunk
        except OSError:  # how Linux says that nobody writes to the terminal any more
            pass
    os.close(master)
    return written.decode()


class TestSearching:
    def test_prints_the_four_lists_with_counts_and_a_word_for_each_status(self, ask: Ask) -> None:
        code, out, err = ask("search", "erdogan")
        assert (code, err) == (0, "")
        assert out.splitlines()[0] == "Summits 3"
        assert "Leaders 1\n  Recep Tayyip Erdoğan  TR  3 summits  2008–2025" in out
        assert "Agenda topics " in out
        assert "Agreements " in out
        assert "2025-04-29  held" in out
        assert "disputed" in next(line for line in out.splitlines() if "rome-2025" in line)

    def test_prints_ids_that_show_takes(self, ask: Ask) -> None:
        found = ask("search", "izmir").out.splitlines()[1].split()[-1]
        assert found == "izmir-2008"
        assert "İzmir" in ask("show", found).out

    def test_says_with_its_exit_code_that_there_is_nothing(self, ask: Ask) -> None:
        code, out, err = ask("search", "atlantis")
        assert (code, out) == (1, "")
        assert "nothing found for: atlantis" in err

    def test_takes_words_apart_or_as_one(self, ask: Ask) -> None:
        assert ask("search", "leader:meloni", "rome").out == ask("search", "leader:meloni rome").out != ""

    def test_a_word_with_a_minus_leaves_out(self, ask: Ask) -> None:
        out = ask("search", "kind:summit", "-rome").out
        assert "izmir-2008" in out
        assert "rome-2025" not in out

    def test_an_unknown_option_is_a_mistake_and_no_word(self, ask: Ask) -> None:
        code, out, err = ask("search", "erdogan", "--limmit", "3")
        assert (code, out) == (2, "")
        assert "--limmit" in err

    def test_a_misspelt_value_brings_a_hint_on_the_error_stream(self, ask: Ask) -> None:
        code, out, err = ask("search", "leader:erdogna")
        assert (code, out) == (1, "")
        assert "hint: " in err
        assert "try: leader:" in err

    @pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
    def test_a_misspelt_field_is_a_mistake_for_else_it_would_find_everything(
        self, ask: Ask, options: list[str]
    ) -> None:
        code, out, err = ask("search", "leder:erdogan", *options)
        assert (code, out) == (2, "")
        assert err.startswith("summit: ")
        assert "try: leader:erdogan" in err

    def test_limits_each_list_and_says_what_is_left(self, ask: Ask) -> None:
        out = ask("search", "erdogan", "--limit", "1").out
        assert out.startswith("Summits 3\n")
        assert "… 2 more; --limit 0 prints all" in out
        assert "more" not in ask("search", "erdogan", "--limit", "0").out

    def test_json_gives_the_same_lists_to_programs(self, ask: Ask) -> None:
        code, out, _ = ask("search", "--json", "erdogan")
        answer = json.loads(out)
        assert code == 0
        assert answer["query"] == "erdogan"
        assert answer["counts"]["summits"] == 3
        assert answer["hints"] == []
        assert [found["id"] for found in answer["summits"]] == ["rome-2025", "athens-2023", "izmir-2008"]
        assert answer["summits"][0]["disputed"] is True
        assert answer["leaders"][0] == {
            "id": "recep-tayyip-erdogan",
            "name": "Recep Tayyip Erdoğan",
            "country": "TR",
            "summits": 3,
            "years": [2008, 2023, 2025],
        }

    def test_json_without_results_is_still_json(self, ask: Ask) -> None:
        code, out, _ = ask("search", "--json", "atlantis")
        assert code == 1
        assert json.loads(out)["summits"] == []

    def test_fits_the_terminal_it_writes_to(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        lines = ask("search", "erdogan").out.splitlines()
        assert max(map(len, lines)) <= 60
        assert "    rome-2025" in lines

    def test_a_terminal_gets_colours_unless_they_are_unwanted(self) -> None:
        assert "\x1b[32mheld" in in_terminal("search", "erdogan")
        assert "\x1b" not in in_terminal("search", "erdogan", NO_COLOR="1")
        assert "\x1b" not in in_terminal("search", "erdogan", TERM="dumb")

    @pytest.mark.parametrize("name", HOSTILE)
    @pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
    def test_hostile_text_never_reaches_the_terminal_as_a_control(
        self, ask: Ask, hostile_library: Path, name: str, options: list[str]
    ) -> None:
        for arguments in (["search", f"summit:summit-{name}"], ["show", f"summit-{name}"]):
            code, out, _ = ask(*arguments, *options, "--library", str(hostile_library))
            assert code == 0
            assert f"summit-{name}" in out or arguments[0] == "show"
            assert not {mark for mark in out if unicodedata.category(mark) == "Cc"} - {"\n"}

    def test_a_mark_that_turns_a_line_round_is_escaped_in_json(self, ask: Ask, tmp_path: Path) -> None:
        name = "Energy \u202eygrenE\u2066\u2028"
        library = write_file(tmp_path / "turned.json", {"topics": [Topic(id="turned", name=name)]})
        for arguments in (["search", "energy"], ["show", "turned"]):
            out = ask(*arguments, "--json", "--library", str(library)).out
            assert "Energy \\u202eygrenE\\u2066\\u2028" in out
            assert json.loads(out)


class TestBriefing:
    def test_prints_a_page_made_from_the_record(self, ask: Ask) -> None:
        code, out, err = ask("brief", "rome-2025")
        assert (code, err) == (0, "")
        assert out.startswith("Brief  4th Italy–Türkiye Intergovernmental Summit")
        for text in ("3 agreements", "2 new · 1 again · 1 dropped", "Last time", "≠ Disagree", "Next"):
            assert text in out

    def test_prints_markdown(self, ask: Ask) -> None:
        assert ask("brief", "rome-2025", "--markdown").out.startswith("# 4th Italy–Türkiye")

    def test_is_made_of_a_summit(self, ask: Ask) -> None:
        code, out, err = ask("brief", "giorgia-meloni")
        assert (code, out) == (2, "")
        assert "summit show giorgia-meloni" in err
        assert "nearest: rome-2025" in ask("brief", "rome-2204").err

    def test_words_that_find_one_meeting_stand_for_its_id(self, ask: Ask) -> None:
        assert ask("brief", "rome", "turkey", "2025") == ask("brief", "rome-2025")
        assert ask("brief", "leader:mitsotakis").out.startswith("Brief  Council of Türkiye and Greece")

    def test_words_that_find_several_name_them_newest_first(self, ask: Ask) -> None:
        code, out, err = ask("brief", "turkey")
        assert (code, out) == (2, "")
        said, *named = err.splitlines()
        assert "'turkey' finds 3 meetings; add a word, or name one by its id" in said
        assert [line.split()[:2] for line in named] == [
            ["rome-2025", "2025-04-29"],
            ["athens-2023", "2023-12-07"],
            ["izmir-2008", "2008-11"],
        ]
        assert "4th Italy–Türkiye Intergovernmental Summit" in named[0]


class TestShowing:
    def test_prints_the_page_that_the_reader_shows(self, ask: Ask) -> None:
        code, out, err = ask("show", "rome-2025")
        assert (code, err) == (0, "")
        for text in ("Rome", "April 2025", "Giorgia Meloni", "Migration", "signed", "Rome awaits Erdoğan"):
            assert text in out

    def test_json_brings_the_record_its_sources_and_its_links(self, ask: Ask) -> None:
        answer = json.loads(ask("show", "--json", "rome-2025").out)
        assert answer["kind"] == "summit"
        assert answer["record"]["city"] == "Rome"
        assert answer["sources"]["rome-report-2025"]["url"] == "https://news.example/rome"
        assert set(answer["sources"]) == {"rome-report-2025", "rome-statement-2025", "ankara-release-2025"}
        assert sorted(found["id"] for found in answer["links"]["agreements"]) == [
            "space-2025",
            "trade-statement-2025",
            "unnamed-deals-2025",
        ]
        assert {found["id"] for found in answer["links"]["leaders"]} == {"recep-tayyip-erdogan", "giorgia-meloni"}

    def test_a_source_can_be_shown(self, ask: Ask) -> None:
        assert "http://archive.example/izmir" in ask("show", "izmir-memoir-2008").out

    @pytest.mark.parametrize(
        ("typed", "near"),
        [
            ("erdogan", "recep-tayyip-erdogan"),
            ("Erdoğn", "recep-tayyip-erdogan"),
            ("rome-2024", "rome-2025"),
            ("2025-rome", "rome-2025"),
            ("trade-state", "trade-statement-2025"),
        ],
    )
    def test_an_id_is_near_that_has_all_words_but_for_a_slip(self, ask: Ask, typed: str, near: str) -> None:
        assert f"  nearest: {near}\n" in ask("show", typed).err

    @pytest.mark.parametrize("typed", ["xyzzyqq", "rome-xyzzyqq", "a", "", "--", "e" * 10_000])
    def test_nothing_is_proposed_that_is_far(self, ask: Ask, typed: str) -> None:
        code, out, err = ask("show", "--", typed)
        assert (code, out) == (2, "")
        assert "nearest" not in err
        assert "`summit search WORD` prints ids" in err
        assert len(err) < 300

    def test_an_unknown_id_brings_the_nearest(self, ask: Ask) -> None:
        code, out, err = ask("show", "recep-erdogan")
        assert (code, out) == (2, "")
        assert "summit: no record has the id 'recep-erdogan'" in err
        assert "recep-tayyip-erdogan" in err


class TestChecking:
    def test_says_how_many_records_are_right(self, ask: Ask) -> None:
        assert ask("check") == Answer(0, "21 records, nothing wrong\n", "")

    def test_prints_a_line_for_each_problem(self, ask: Ask, tmp_path: Path) -> None:
        library = write_file(tmp_path / "broken.json", {**MEETINGS, **SHARED, "leaders": LEADERS[1:]})
        code, out, err = ask("check", str(library))
        assert code == 1
        assert any(
            line.startswith(f"{library}: izmir-2008: participants") and "recep-tayyip-erdogan" in line
            for line in out.splitlines()
        ), out
        assert err.strip().endswith(("problem", "problems"))

    def test_json_lists_problems_for_programs(self, ask: Ask, tmp_path: Path) -> None:
        library = write_file(tmp_path / "broken.json", {**MEETINGS, **SHARED, "sources": SOURCES[1:]})
        code, out, _ = ask("check", "--json", str(library))
        assert code == 1
        assert any("rome-report-2025" in problem["message"] for problem in json.loads(out)["problems"])
        assert json.loads(ask("check", "--json").out)["problems"] == []


class TestOpening:
    """Under the tests no terminal is there, so opening ends with advice that repeats the query it understood."""

    @pytest.mark.parametrize(
        ("arguments", "query"),
        [
            (["leader:erdogan"], "leader:erdogan"),
            (["leader:erdogan", "topic:migration"], "'leader:erdogan topic:migration'"),
            (["2015..2020", "-greece"], "'2015..2020 -greece'"),
            (["-greece"], "-greece"),
            (["--", "search"], "search"),
            (["search erdogan"], "'search erdogan'"),
            ([".", "rome"], "--library . rome"),
            (["no/such/library", "rome"], "--library no/such/library rome"),
            (["none.json", "rome"], "--library none.json rome"),
            (["topic:war/peace"], "topic:war/peace"),
            (["trade / energy"], "'trade / energy'"),
            (["--theme", "dark", "rome"], "rome"),
            (["--library", "none.json", "none.json"], "--library none.json none.json"),
        ],
        ids=" ".join,
    )
    def test_tells_a_library_from_a_query(self, ask: Ask, arguments: list[str], query: str) -> None:
        code, out, err = ask(*arguments)
        assert (code, out) == (2, "")
        assert err == f"summit: the explorer needs a terminal; use: summit search {query}\n"

    def test_an_option_before_a_subcommand_belongs_to_it(self, ask: Ask) -> None:
        assert ask("--json", "search", "erdogan") == ask("search", "erdogan", "--json")

    def test_knows_the_themes_of_the_explorer(self, ask: Ask) -> None:
        from tui.explorer.themes import THEMES

        assert list(cli.THEMES) == list(THEMES)
        assert "'dark', 'light', 'contrast', 'terminal'" in ask("--theme", "pink").err

    def test_an_unknown_option_is_a_mistake(self, ask: Ask) -> None:
        code, _, err = ask("--thme", "dark")
        assert code == 2
        assert "--thme" in err
        assert "Usage: summit [OPTIONS]" in err

    def test_a_mistake_is_told_without_its_control_characters(self, ask: Ask) -> None:
        code, _, err = ask("show", "x", "\x1b]0;title\x07")
        assert code == 2
        assert "unexpected extra argument (]0;title)" in err
        assert "\x1b" not in err

    def test_a_dumb_terminal_is_refused(self) -> None:
        assert "needs a terminal" in in_terminal(TERM="dumb")


class TestHelp:
    def test_names_the_version(self, ask: Ask) -> None:
        assert ask("--version") == Answer(0, f"summit {__version__}\n", "")

    @pytest.mark.parametrize("option", ["--help", "-h"])
    def test_lists_options_and_subcommands(self, ask: Ask, option: str) -> None:
        code, out, _ = ask(option)
        assert code == 0
        assert "Usage: summit [OPTIONS] [LIBRARY] [QUERY]..." in out
        for word in ("--theme", "--cache", "SUMMIT_LIBRARY", *summit.commands):
            assert word in out

    @pytest.mark.parametrize("command", sorted(summit.commands))
    def test_each_subcommand_explains_itself(self, ask: Ask, command: str) -> None:
        code, out, _ = ask(command, "--help")
        assert code == 0
        assert f"Usage: summit {command}" in out
        assert f"summit {command} " in out.partition("Usage")[2].partition("\n")[2]
        assert ask("--help", command).out == out

    def test_no_line_of_help_is_wider_than_a_terminal(self, ask: Ask) -> None:
        for arguments in [[], *([name] for name in summit.commands)]:
            assert max(map(len, ask(*arguments, "--help").out.splitlines())) <= 80


class TestCompletion:
    def complete(self, ask: Ask, monkeypatch: pytest.MonkeyPatch, line: str) -> set[str]:
        words = line.split(" ")
        monkeypatch.setenv("_SUMMIT_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", "\n".join(words))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        return {answer.removeprefix("plain,") for answer in ask().out.split()}

    def test_offers_subcommands_and_fields(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        assert {"search", "show", "leader:", "is:"} <= self.complete(ask, monkeypatch, "summit ")
        assert self.complete(ask, monkeypatch, "summit se") >= {"search", "sector:", "series:"}
        assert self.complete(ask, monkeypatch, "summit search rome le") == {"leader:"}
        assert "search" not in self.complete(ask, monkeypatch, "summit rome se")

    def test_offers_options(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        assert {"--json", "--limit"} <= self.complete(ask, monkeypatch, "summit search --")

    def test_bash_accepts_its_script(self, ask: Ask) -> None:
        script = ask("completion", "bash").out
        done = subprocess.run(["bash"], input=f"{script}\ncomplete -p summit", capture_output=True, encoding="utf-8")
        assert (done.returncode, done.stderr) == (0, "")
        assert "_summit_completion summit" in done.stdout

    @pytest.mark.parametrize("shell", ["zsh", "fish"])
    def test_other_shells_have_scripts_too(self, ask: Ask, shell: str) -> None:
        assert f"_SUMMIT_COMPLETE={shell}_complete" in ask("completion", shell).out

    def test_an_unknown_shell_is_a_mistake(self, ask: Ask) -> None:
        assert ask("completion", "tcsh").code == 2


class TestTrouble:
    @pytest.mark.parametrize("command", [["search", "x"], ["show", "x"], ["check"]], ids=" ".join)
    @pytest.mark.parametrize("content", [None, b"", b"{", b'{"summits": {"1": {}}}', b"\xff\xfe", b"[]"])
    def test_a_bad_library_is_named_with_what_is_wrong(
        self, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], content: bytes | None
    ) -> None:
        library = tmp_path / "bad.json"
        if content is not None:
            library.write_bytes(content)
        monkeypatch.setenv("SUMMIT_LIBRARY", str(library))
        code, out, err = ask(*command)
        assert code == 1 if out else code == 2
        assert str(library) in (out or err)
        assert "Traceback" not in out + err

    def test_a_fault_of_ours_keeps_its_traceback_in_a_file(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

        @click.command()
        def stumble() -> None:
            raise KeyError("nothing\x1b[2Jhere")

        assert run(stumble, []) == 70
        out, err = capsys.readouterr()
        assert out == ""
        assert "fault in summit itself (KeyError" in err
        assert "\x1b" not in err
        kept = Path(err.partition("The details are in ")[2].strip())
        assert kept.is_relative_to(tmp_path)
        assert "Traceback" in kept.read_text(encoding="utf-8")
        assert "in stumble" in kept.read_text(encoding="utf-8")

    def test_a_fault_is_told_even_where_no_log_can_be_kept(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "state").write_text("no folder")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

        @click.command()
        def stumble() -> None:
            raise RuntimeError("one\ntwo")

        assert run(stumble, []) == 70
        kept = Path(capsys.readouterr().err.partition("The details are in ")[2].strip())
        assert "Traceback" in kept.read_text(encoding="utf-8")
        kept.unlink()

    def test_an_interrupt_has_the_exit_code_that_shells_expect(self, capsys: pytest.CaptureFixture[str]) -> None:
        @click.command()
        def wait() -> None:
            raise KeyboardInterrupt

        assert run(wait, []) == 130
        assert capsys.readouterr() == ("", "")

    def test_a_reader_that_stops_early_makes_no_noise(self) -> None:
        command = [sys.executable, "-m", "tui", "search", "erdogan"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141

    def test_an_output_that_lacks_a_letter_gets_a_question_mark(self) -> None:
        environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
        command = [sys.executable, "-m", "tui", "search", "erdogan"]
        done = subprocess.run(command, env=environment, capture_output=True)
        assert done.returncode == 0
        assert b"Recep Tayyip Erdo?an" in done.stdout
