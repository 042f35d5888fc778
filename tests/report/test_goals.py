"""The report's goals, activities, judged indicators, risks and the tables of the tertial report."""

from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import CONTENT, changed


def goal(code, parent=None, **others):
    kept = dict.fromkeys(("bedomning", "beskrivning", "forvantat_resultat", "analys", "forslag"))
    return {
        "kod": code,
        "namn": f"Mål {code}",
        "niva": "namndmal",
        "overordnad": parent,
        "forslag_skal": "1 av 2 bedömda indikatorer når årsmålet.",
        **kept,
        **others,
    }


def activity(name, state, **others):
    kept = dict.fromkeys(("mal", "ansvarig_epost", "avvikelse", "lage", "analys"))
    days = {"startdatum": "2026-01-01", "slutdatum": "2026-06-30"}
    return {"aktivitet": name, "tillstand": state, **days, **kept, **others}


def indicator(name="Nöjda föräldrar", **others):
    kept = dict.fromkeys(("utfall", "utfall_man", "utfall_kvinnor", "utfall_foregaende_ar", "prognos_helar"))
    targets = dict.fromkeys(("arsmal", "kf_arsmal", "periodicitet"))
    return {"period": "2026-10", "indikator": name, "sort": "%", **kept, **targets, **others}


def shown(**indicator_of):
    return rows(changed(indikatorer=[indicator(**indicator_of)]), "Indikatorer")[0]


def test_a_report_that_was_kept_before_there_were_goals_has_no_section_of_them():
    assert "Mål och aktiviteter" not in text(CONTENT)
    assert "Risker" not in text(CONTENT)


def test_both_judgements_of_a_goal_are_shown_and_where_they_differ():
    content = changed(
        mal=[
            goal("1", bedomning="helt", forslag="delvis"),
            goal("1.1", "1", forslag="helt"),
            goal("2", "9", forslag_skal="Inga indikatorer eller aktiviteter hör till målet."),
        ]
    )
    title = "Mål och aktiviteter"
    assert row(content, title, "1 Mål 1") == ["uppfylls helt", "uppfylls delvis annat än bedömningen"]
    assert row(content, title, "1.1 Mål 1.1") == ["inte bedömt", "uppfylls helt"]
    assert row(content, title, "2 Mål 2") == ["inte bedömt", "inget förslag"]
    assert "1 av 3 mål är bedömda, 1 av dem annorlunda än förslaget." in text(content)
    assert "1 av 2 bedömda indikatorer når årsmålet." in text(content)


def test_activities_are_counted_and_those_that_deviate_are_named():
    content = changed(
        aktiviteter=[
            activity("Rutin", "avviker", avvikelse="Försenad", mal="1.1"),
            activity("Utbildning", "genomford"),
            activity("Översyn", "pagar"),
        ]
    )
    assert "Av 3 aktiviteter är 1 genomförda, 1 avviker och resten följer planen." in text(content)
    assert row(content, "Mål och aktiviteter", "Rutin mål 1.1") == ["1 januari 2026", "30 juni 2026"]
    assert "Försenad" in text(content)
    assert "Utbildning" not in text(content)


def test_an_indicator_shows_numbers_with_their_unit_and_its_verdict():
    found = shown(
        utfall=82.5, utfall_kvinnor=83, prognos_helar=84, arsmal=85, kf_arsmal=800, mal="1.3",
        bedomning="nas_inte", bedoms_pa="prognos", sorter={"kf_arsmal": "st"}, kf_arsmal_galler_staden=True,
    )  # fmt: skip
    assert found == [
        "Nöjda föräldrar mål 1.3",
        "82,5 % kvinnor 83,0",
        "",
        "84,0 %",
        "85,0 %",
        "800,0 st hela stadens",
        "NÅR INTE på prognosen",
    ]


def test_what_is_not_measured_is_never_missing():
    found = shown(arsmal=85, bedomning="ej_matt", skulle_matas=True, periodicitet="2026")
    assert found == ["Nöjda föräldrar 2026", "inte mätt", "", "", "85 %", "", "inte mätt"]
    content = changed(indikatorer=[indicator(bedomning="ej_matt", skulle_matas=True)])
    assert "Skulle ha mätts nu." in text(content)


def test_why_an_indicator_is_not_judged_stands_below_it():
    content = changed(
        indikatorer=[indicator(utfall=5, bedomning="ej_bedomd", bedomning_skal="inget årsmål är lämnat")]
    )
    assert "Inget årsmål är lämnat." in text(content)
    assert "1 går inte att bedöma" in text(content)


def test_an_own_figure_and_a_changed_target_are_told():
    change = {"fran": 80, "till": 85, "fran_och_med": "2026-03"}
    content = changed(
        indikatorer=[
            indicator(
                utfall=7.94,
                egen_uppgift=7.94,
                skillnad=1.86,
                arsmal=85,
                arsmal_andrat=change,
                bedomning="nas",
                bedoms_pa="utfall",
                utfall_utanfor_konen=True,
                analys="Se bilaga.",
            )
        ]
    )
    said = text(content)
    assert "Egen uppgift; lämnad uppgift är 9,8." in said
    assert "Årsmålet ändrades i mars 2026, från 80." in said
    assert "Totalen ligger utanför kvinnor och män." in said
    assert "Se bilaga." in said


def test_many_indicators_leave_out_those_that_are_not_measured():
    many = [indicator(f"I{at}", bedomning="ej_matt") for at in range(20)]
    content = changed(indikatorer=[*many, indicator(utfall=5, arsmal=4, bedomning="nas", bedoms_pa="utfall")])
    assert len(rows(content, "Indikatorer")) == 1
    assert "20 indikatorer är inte mätta i perioden och visas inte här." in text(content)


def test_an_indicator_under_an_unknown_goal_says_so():
    content = changed(mal=[goal("1")], indikatorer=[indicator(mal="9", enhet="101", periodicitet="år")])
    assert (
        rows(content, "Indikatorer")[0][0] == "Nöjda föräldrar mål 9 (målet är inte lämnat), 101, mäts per år"
    )


def risk(name, value, **others):
    kept = dict.fromkeys(("omrade", "enhet", "enhetstyp", "atgard", "arsmal", "kf_arsmal", "bevakas"))
    return {
        "indikator": "Sjukfrånvaro",
        "risk": name,
        "sannolikhet": 3,
        "konsekvens": 4,
        "varde": value,
        "avvikelser": [],
        **kept,
        **others,
    }


def test_risks_show_their_value_measure_and_warnings():
    content = changed(risker=[risk("Vikarier", 12, atgard="Rehab.", avvikelser=["Dungen"]), risk("El", None)])
    assert row(content, "Risker", "Vikarier Sjukfrånvaro") == ["3", "4", "12"]
    assert row(content, "Risker", "El Sjukfrånvaro")[2] == "uppgift saknas"
    assert "Åtgärd: Rehab. Gäller varningarna Dungen." in text(content)
    assert "Ingen åtgärd är angiven." in text(content)


def test_only_the_worst_risks_are_listed():
    content = changed(risker=[risk(f"R{at}", 25 - at) for at in range(12)])
    assert len([found for found in rows(content, "Risker") if len(found) > 1]) == 10
    assert "Ytterligare 2 risker har lägre värde." in text(content)


def test_the_tables_of_the_tertial_report_are_summed():
    content = changed(
        driftbudget_slag=[
            {"slag": "kostnader", "budget": 2e9, "begarda_budgetjusteringar": None,
             "prestationsforandringar": 5e7, "prognos": 2.1e9, "avvikelse": -5e7},
            {"slag": "intakter", "budget": -2e8, "begarda_budgetjusteringar": None,
             "prestationsforandringar": None, "prognos": -3e8, "avvikelse": 1e8},
        ],
        investeringar=[
            {"investering": "Park", "budget": 4e6, "begarda_budgetjusteringar": None, "prognos": 4e6,
             "utfall": 1e6, "avvikelse": 0},
        ],
        omslutning=[
            {"verksamhetsomrade": "Vård", "ingar_i": None, "kostnader": 7e6, "intakter": -7e6},
            {"verksamhetsomrade": "Vuxen", "ingar_i": "Vård", "kostnader": 2e6, "intakter": -2e6},
        ],
        budgetjusteringar=[
            {"namn": "Sommarlov", "belopp": 1.5e6, "slag": "drift", "verksamhetsomrade": "Skola",
             "lage": "ansokt"},
        ],
    )  # fmt: skip
    title = "Investeringar, omslutning och budgetjusteringar"
    assert row(content, title, "Netto") == ["1 800,0", "", "50,0", "1 800,0", "överskott 50,0"]
    assert row(content, title, "Park") == ["4,0", "", "4,0", "1,0", "i balans"]
    assert row(content, title, "Summa") == ["7,0", "−7,0"]
    assert row(content, title, "Sommarlov Skola") == ["drift", "ansökt", "1,5"]
