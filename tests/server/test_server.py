"""The embedded PostgreSQL comes and goes with its users, whatever is killed."""

import os
import signal
import subprocess

import pytest

from .place import IS_ROOT, NOBODY, Place, is_running, wait_until

pytestmark = pytest.mark.timeout(60)


def test_what_was_stored_is_there_after_a_stop_and_a_new_start(place: Place) -> None:
    first = place.enter()
    first.ask("CREATE TABLE kept AS SELECT current_database() AS name")
    pid = place.postmaster()
    assert pid
    first.leave()
    assert place.postmaster() is None
    assert not is_running(pid)
    assert place.enter().ask("SELECT name FROM kept") == "manad"


def test_a_user_who_leaves_does_not_stop_the_server_for_another(own_warm: Place) -> None:
    first, second = own_warm.enter(), own_warm.enter()
    first.leave()
    assert second.ask("SELECT 1") == "1"
    second.leave()
    assert own_warm.postmaster() is None


def test_six_cold_starts_at_once_share_one_server(place: Place) -> None:
    clients = [place.start() for _ in range(6)]
    for client in clients:
        client.hear("ready")
    assert len({client.ask("SELECT pg_postmaster_start_time()") for client in clients}) == 1
    for client in clients:
        client.leave()
    assert place.postmaster() is None


def test_coming_and_going_at_once_always_ends_with_a_stopped_server(own_warm: Place) -> None:
    for _ in range(2):
        clients = [own_warm.start() for _ in range(4)]
        for client in clients:  # the first is on its way out while the last comes in
            assert client.process.stdin
            client.process.stdin.close()
        assert [client.process.wait(10) for client in clients] == [0, 0, 0, 0]
        assert own_warm.postmaster() is None


def test_the_server_of_a_killed_user_is_adopted_and_stopped_by_the_next_clean_exit(warm: Place) -> None:
    killed = warm.enter()
    pid = warm.postmaster()
    killed.kill()
    assert pid
    assert is_running(pid)
    heir = warm.enter()
    assert warm.postmaster() == pid
    heir.leave()
    assert not is_running(pid)


def test_a_killed_postmaster_is_replaced_even_while_its_children_work_on(warm: Place) -> None:
    victim = warm.enter()
    victim.ask("CREATE TABLE kept AS SELECT 7 AS seven")
    victim.tell("SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b")
    witness = warm.enter()
    others = "FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
    wait_until(lambda: witness.ask(f"SELECT count(*) {others}") == "1")
    pid = warm.postmaster()
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert warm.enter().ask("SELECT seven FROM kept") == "7"
    assert warm.postmaster() != pid
    assert witness.ask("SELECT seven FROM kept") == "7"


def test_user_and_postmaster_killed_together_lose_nothing(warm: Place) -> None:
    user = warm.enter()
    user.ask("CREATE TABLE kept AS SELECT 7 AS seven")
    pid = warm.postmaster()
    assert pid
    user.kill()
    os.kill(pid, signal.SIGKILL)
    heir = warm.enter()
    assert heir.ask("SELECT seven FROM kept") == "7"
    heir.leave()
    assert warm.postmaster() is None


def test_an_initdb_killed_in_the_middle_is_done_anew(place: Place) -> None:
    killed = place.start()
    wait_until(lambda: list(place.home.glob("postgres/data.new-*/base")))
    killed.kill()
    heir = place.enter()
    assert heir.ask("SELECT 1") == "1"
    assert not list(place.home.glob("postgres/data.new-*/PG_VERSION"))
    heir.leave()


def test_a_start_killed_in_the_middle_is_taken_over(own_warm: Place) -> None:
    own_warm.enter().leave()
    killed = own_warm.start()
    wait_until(own_warm.postmaster)
    killed.kill()
    heir = own_warm.enter()
    assert heir.ask("SELECT 1") == "1"
    heir.leave()
    assert own_warm.postmaster() is None


def test_numbers_of_dead_servers_that_others_have_now_are_no_hinder(own_warm: Place) -> None:
    own_warm.enter().leave()
    with subprocess.Popen(["sleep", "60"], **({"user": NOBODY.pw_uid} if IS_ROOT else {})) as other:
        for left in (own_warm.data() / "postmaster.pid", own_warm.home / "postgres/.s.PGSQL.5432.lock"):
            left.write_text(
                f"{other.pid}\n{own_warm.data()}\n1700000000\n5432\n{own_warm.home}/postgres\n\n 1 1\nready\n"
            )
            os.chown(left, own_warm.data().stat().st_uid, -1)
        try:
            assert own_warm.enter().ask("SELECT 1") == "1"
        finally:
            other.kill()


def test_ctrl_c_in_a_users_terminal_does_not_reach_the_server(own_warm: Place) -> None:
    starter, other = own_warm.enter(), own_warm.enter()
    pid = own_warm.postmaster()
    os.killpg(starter.process.pid, signal.SIGINT)
    starter.process.wait(10)
    assert other.ask("SELECT 1") == "1"
    assert own_warm.postmaster() == pid
