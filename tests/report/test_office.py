"""The report for Excel in another program: LibreOffice reckons its sums to the same figures."""

import shutil
import subprocess
from io import BytesIO

import openpyxl
import pytest

from tests.report.test_documents import made
from tests.worlds.report_content import amounts, area, changed

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice saknas")


def test_libreoffice_reckons_the_sums_of_the_workbook_to_the_figures_kept_in_it(tmp_path):
    whole = {**amounts(150_000_000, 151_500_000), "antal": 2, "av": 2}
    areas = [area("A", 100_000_000, 101_000_000), area("B", 50_000_000, 50_500_000)]
    book = openpyxl.load_workbook(BytesIO(made("xlsx", changed(driftbudget=areas, totalt=whole))))
    book.save(tmp_path / "rapport.xlsx")  # the formulas without their values
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    to = ("--convert-to", "xlsx", "--outdir", tmp_path / "ut", tmp_path / "rapport.xlsx")
    subprocess.run(["soffice", profile, "--headless", *to], check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(tmp_path / "ut" / "rapport.xlsx", data_only=True)["Driftbudget"]
    (total,) = (row for row in sheet.iter_rows(min_row=6) if row[0].value == "Totalt")
    formulas = {
        cell.value for row in book["Driftbudget"].iter_rows() for cell in row if cell.data_type == "f"
    }
    assert "=SUM(B6:B7)" in formulas
    assert total[1].value == 150_000_000
