"""Files as Windows, browsers and Excel name them, in the inbox."""

from tests.worlds.small_administration import PERIOD, economy, write


def test_a_copy_is_taken_in_and_its_receipt_says_so(world):
    path = write(world.home / f"ekonomi_{PERIOD} (1).csv", economy())
    answer = world.manad("deliver", path)
    assert answer.code == 0
    assert "Filens namn säger att den är en kopia. Den är läst som" in answer.out


def test_what_a_missing_source_is_nearly_called_is_told_at_the_terminal_and_in_the_stop_mail(world):
    world.month(ekonomi=None)
    world.put("ekonomi_202609.csv", economy())
    world.put(f"~$ekonomi_{PERIOD}.xlsx", "x")
    answer = world.run()
    assert answer.code == 3
    assert "har nästan rätt namn: döp om den till ekonomi_2026-09.csv" in " ".join(answer.out.split())
    assert "~$" not in answer.out
    (mail,) = [mail for mail in world.mails() if "har stoppats" in mail["Subject"]]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "Ekonomi: ekonomi_202609.csv ligger i inkorgen och ska heta ekonomi_2026-09.csv" in text


def test_an_old_workbook_is_told_how_to_be_saved(world):
    path = write(world.home / f"ekonomi_{PERIOD}.xls", "x")
    answer = world.manad("deliver", path)
    assert answer.code == 1
    assert "är av typen .xls: spara den som Excelarbetsbok (.xlsx) som ekonomi_2026-09.xlsx" in answer.out
