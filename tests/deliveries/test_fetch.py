"""Sources that are fetched over HTTP lie in the inbox as if somebody had put them there."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.worlds.bad_deliveries import sees_done, tells, workbook
from tests.worlds.fetching import CSV, configure, fetch, fetch_patiently, inbox
from tests.worlds.small_administration import assistance, economy
from tests.worlds.web_site import Reply, serving

NAME = "ekonomi_2026-09_hamtad.csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def site():
    with serving() as site:
        yield site


def standing(world):
    """Return what changes when the fetched file is written again."""
    found = (world.inbox / NAME).stat()
    return found.st_ino, found.st_mtime_ns


def as_json(text):
    """Return a table's text as a list of objects, amounts as numbers and empty cells as null."""
    head, *rows = (line.split(";") for line in text.splitlines())
    numbers = {"budget", "utfall"}

    def cell(name, value):
        return (int(value) if value else None) if name in numbers else value

    return [{name: cell(name, value) for name, value in zip(head, row, strict=True)} for row in rows]


LIST = as_json(economy())
KINDS = {
    "csv": (CSV, {}, NAME),
    "csv by its address": (Reply(economy().encode()), {}, NAME),
    "xlsx": (Reply(workbook(), headers={"Content-Type": XLSX}), {}, "ekonomi_2026-09_hamtad.xlsx"),
    "json": (Reply(json.dumps(LIST).encode()), {"format": "json"}, NAME),
    "json in an object": (
        Reply(json.dumps({"rader": LIST}).encode(), headers={"Content-Type": "application/json"}),
        {"list_key": "rader"},
        NAME,
    ),
}


@pytest.mark.parametrize(("reply", "keys", "name"), KINDS.values(), ids=KINDS)
def test_a_fetched_file_is_taken_in_by_the_run_as_any_other(world, site, reply, keys, name):
    world.month(ekonomi=None)
    address = site.says("/export/2026-09.csv", reply) if keys == {} else site.says("/export/2026-09", reply)
    configure(world, ekonomi={"url": address.replace("2026-09", "{period}"), **keys})
    answer = fetch(world)
    assert answer.code == 0
    assert answer.out == f"ekonomi: hämtad, ligger i inkorgen som {name}\n"
    assert name in inbox(world)
    sees_done(world)
    assert world.value("select sum(outcome)::int from ledger_month where period = '2026-09-01'") == 3_100_000


def test_year_and_month_are_filled_in_and_the_month_before_today_is_the_one_that_is_fetched(world, site):
    site.says("/2025/12/e.csv", CSV)
    configure(world, ekonomi={"url": site.address + "/{year}/{month}/e.csv?p={period}"})
    assert world.manad("fetch", "--today", "2026-01-09").code == 0
    assert site.asked[0].path == "/2025/12/e.csv?p=2025-12"
    assert list(inbox(world)) == ["ekonomi_2025-12_hamtad.csv"]


def test_of_a_source_that_lags_the_month_that_is_needed_is_fetched(world, site):
    site.says("/e.csv", CSV)
    configure(world, bistand={"url": site.address + "/e.csv?p={period}", "lag_months": 2})
    assert world.manad("fetch", "2026-01").code == 0
    assert site.asked[0].path == "/e.csv?p=2025-11"
    assert list(inbox(world)) == ["bistand_2025-11_hamtad.csv"]


def test_without_an_address_in_the_configuration_that_is_said(world):
    answer = fetch(world)
    assert (answer.code, answer.err) == (0, "")
    tells(answer.out, "Ingen källa har en url i manad.toml")


def test_what_has_not_changed_is_not_fetched_again(world, site):
    validators = {"ETag": '"v1"', "Last-Modified": "Wed, 07 Oct 2026 05:00:00 GMT"}
    address = site.says("/e.csv", Reply(CSV.body, headers=validators), Reply(status=304))
    configure(world, ekonomi={"url": address})
    fetch(world)
    before = standing(world)
    answer = fetch(world)
    assert (answer.code, answer.out) == (0, "ekonomi: oförändrad sedan förra hämtningen\n")
    first, second = (one.headers for one in site.asked)
    assert not {"If-None-Match", "If-Modified-Since"} & first.keys()
    assert second["If-None-Match"] == '"v1"'
    assert second["If-Modified-Since"] == validators["Last-Modified"]
    assert standing(world) == before


def test_the_same_bytes_from_a_server_without_validators_are_not_new(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", CSV)})
    fetch(world)
    before = standing(world)
    assert fetch(world).out == "ekonomi: oförändrad sedan förra hämtningen\n"
    assert standing(world) == before


FORGOTTEN = {
    "the file has been taken away": lambda world, _: (world.inbox / NAME).unlink(),
    "the address is another": lambda world, url: configure(world, ekonomi={"url": url + "?ny=1"}),
    "the format is another": lambda world, url: configure(world, ekonomi={"url": url, "format": "csv"}),
}


@pytest.mark.parametrize("change", FORGOTTEN.values(), ids=FORGOTTEN)
def test_the_whole_file_is_asked_for_when(world, site, change):
    address = site.says("/e.csv", Reply(CSV.body, headers={"ETag": '"v1"'}))
    configure(world, ekonomi={"url": address})
    fetch(world)
    change(world, address)
    assert fetch(world).code == 0
    assert "If-None-Match" not in site.asked[-1].headers
    assert inbox(world) == {NAME: CSV.body}


def test_a_newer_version_replaces_the_fetched_file_and_is_a_revision(world, site):
    world.month(ekonomi=None)
    newer = economy(over=("101", "102"))
    configure(world, ekonomi={"url": site.says("/e.csv", CSV, Reply(newer.encode()))})
    fetch(world)
    sees_done(world)
    assert fetch(world).out == f"ekonomi: hämtad, ligger i inkorgen som {NAME}\n"
    assert inbox(world)[NAME] == newer.encode()
    world.run()
    found = world.rows("select revision from delivery where source = 'ekonomi' order by revision")
    assert found == [(1,), (2,)]


def test_a_version_in_another_format_takes_the_place_of_the_one_before(world, site):
    book = workbook()
    address = site.says("/e", CSV, Reply(book, headers={"Content-Type": XLSX}))
    configure(world, ekonomi={"url": address})
    fetch(world)
    fetch(world)
    assert inbox(world) == {"ekonomi_2026-09_hamtad.xlsx": book}


def test_a_file_that_a_person_put_there_is_never_overwritten(world, site):
    own = world.put("ekonomi_2026-09.csv", economy(over=()))
    configure(world, ekonomi={"url": site.says("/e.csv", CSV, Reply(economy(over=("102",)).encode()))})
    fetch(world)
    fetch(world)
    assert own.read_text() == economy(over=())
    assert inbox(world)[NAME] == economy(over=("102",)).encode()


@pytest.mark.parametrize("was_fetched", [True, False])
def test_a_fetched_file_that_was_changed_by_hand_is_left_and_told(world, site, was_fetched):
    configure(world, ekonomi={"url": site.says("/e.csv", CSV, Reply(economy(over=()).encode()))})
    if was_fetched:
        fetch(world)
    world.put(NAME, "min egen rättning")
    answer = fetch(world)
    assert answer.code == 3
    tells(answer.out, f"ekonomi: INTE HÄMTAD: {NAME} i inkorgen har ändrats för hand", "Döp om den")
    assert inbox(world) == {NAME: b"min egen rattning".replace(b"rattning", "rättning".encode())}


def test_a_file_whose_fetch_was_never_remembered_is_taken_for_what_it_is(world, site):
    address = site.says("/e.csv", Reply(CSV.body, headers={"ETag": '"v1"'}))
    configure(world, ekonomi={"url": address})
    fetch(world)
    world.execute("delete from source_fetch")  # as if killed after the rename
    assert fetch(world).out == "ekonomi: oförändrad sedan förra hämtningen\n"
    assert world.value("select etag from source_fetch") == '"v1"'


@pytest.mark.parametrize(("source", "code"), [("ekonomi", 3), ("prognos", 0)])
def test_a_month_that_is_not_there_yet_changes_nothing_and_only_a_required_one_is_missed(
    world, site, source, code
):
    configure(world, **{source: {"url": site.address + "/{period}.csv"}})
    answer = fetch(world)
    assert (answer.code, answer.err) == (code, "")
    assert answer.out == f"{source}: finns inte där än (svar 404). Hämta igen senare.\n"
    assert inbox(world) == {}
    assert world.value("select count(*) from source_fetch") == 0


def test_a_source_that_fails_stops_no_other(world, site):
    configure(
        world,
        sjukfranvaro={"url": site.says("/s.csv", Reply(status=418))},
        bistand={"url": site.says("/b.csv", Reply(assistance().encode()))},
        ekonomi={"url": site.address + "/nej.csv"},
        prognos={"url": site.says("/p.csv", Reply(status=401))},
    )
    fetched, waits = fetch_patiently(world)
    assert {name: one.state for name, one in fetched.items()} == {
        "sjukfranvaro": "failed",
        "bistand": "fetched",
        "ekonomi": "absent",
        "prognos": "failed",
    }
    assert list(inbox(world)) == ["bistand_2026-09_hamtad.csv"]
    assert waits == []


def test_two_fetches_at_once_leave_one_whole_file_that_is_remembered_as_it_is(world, site):
    together = threading.Barrier(2, timeout=20)
    bodies = [economy(over=over).encode() + b"\n" * 2_000_000 for over in ((), ("101",))]

    def version(body, tag):
        def act(handler, stop):
            together.wait()
            head = f'HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nETag: "{tag}"\r\n\r\n'
            handler.wfile.write(head.encode() + body)

        return act

    address = site.says("/e.csv", version(bodies[0], 0), version(bodies[1], 1))
    configure(world, ekonomi={"url": address})
    with ThreadPoolExecutor(2) as two:
        states = [one["ekonomi"].state for one, _ in two.map(fetch_patiently, [world, world])]
    assert set(states) == {"fetched"}
    lies = inbox(world)
    assert list(lies) == [NAME]
    assert lies[NAME] in bodies
    assert world.value("select etag from source_fetch") == f'"{bodies.index(lies[NAME])}"'


def test_a_source_that_does_not_exist_is_wrong_use(world, site):
    configure(world, ekonomii={"url": site.says("/e.csv", CSV)})
    answer = fetch(world)
    assert answer.code == 2
    tells(answer.err, "Källan ekonomii i manad.toml finns inte. Välj bland")
    assert site.asked == []


def test_an_inbox_that_does_not_exist_is_told(world, site):
    configure(world, ekonomi={"url": site.says("/e.csv", CSV)})
    answer = fetch(world, "--inbox", world.home / "borta")
    assert answer.code == 1
    tells(answer.err, "finns inte: skapa mappen eller ange en annan med --inbox")
