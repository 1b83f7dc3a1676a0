/* Which files of tables.def the demo city's personnel office delivers, and the short ones: measures, complaints. All
 * invented. */
#include "survey/demo_people.h"

const struct demo_file demo_files[] = {
    { "flows", "personal_ereignis", demo_flows_csv },
    { "cards", "einstiegskarte", demo_cards_csv },
    { "cohorts", "ausbildungsjahrgang", demo_cohorts_csv },
    { "hires", "einstellungsjahrgang", demo_hires_csv },
    { "funnel", "bewerbung_trichter", demo_funnel_csv },
    { "adverts", "ausschreibung", demo_adverts_csv },
    { "demand", "kundenbedarf", demo_demand_csv },
    { "supply", "sprachangebot", demo_supply_csv },
    { "documents", "schriftstueck", demo_documents_csv },
    { "services", "dienstnutzung", demo_services_csv },
    { "outreach", "outreach", demo_outreach_csv },
    { "recommendations", "empfehlung", demo_recommendations_csv },
    { "measures", "massnahme", demo_measures_csv },
    { "status", "massnahme_status", demo_status_csv },
    { "complaints", "beschwerde", demo_complaints_csv },
    { NULL, NULL, NULL },
};

void demo_recommendations_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out, "emp_id;titel;beschluss_datum;vorlage_nr\r\n"
                        "E01;Stellen verständlich und mehrsprachig ausschreiben;2023-11-14;2023/0711\r\n"
                        "E02;Auswahlverfahren nach gleichen Maßstäben gestalten;2023-11-14;2023/0711\r\n"
                        "E03;Sprachkenntnisse der Beschäftigten anerkennen und nutzen;2023-11-14;2023/0711\r\n"
                        "E04;Schreiben an die Bürgerschaft vereinfachen;2023-11-14;2023/0711\r\n"
                        "E05;Führungskräfte fortbilden;2023-11-14;2023/0711\r\n"
                        "E06;Beschwerdewege bekannt machen;2023-11-14;2023/0711\r\n"
                        "E07;Jedes Jahr berichten;2023-11-14;2023/0711\r\n");
}

void demo_measures_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(
        out,
        "mass_id;emp_id;titel;org_id;beginn_soll;ende_soll;budget_eur;indikator_id;zielwert;zielwert_begruendung\r\n"
        "M01;E01;Anforderungsprofile für Stellen mit Publikum;F12;2024-01-01;2024-12-31;12000;p6;60;"
        "Doppelter Ausgangswert in zwei Jahren\r\n"
        "M02;E01;Ausbildungswerbung an zwölf Schulen;F12;2024-02-01;2025-12-31;18500;r9;;\r\n"
        "M03;E02;Bewertungsbogen für alle Gespräche;F12;2024-03-01;2025-06-30;8000;p3;0,8;"
        "Marke der Vier-Fünftel-Regel\r\n"
        "M04;E02;Schulung der Auswahlkommissionen;F12;2024-09-01;2025-09-30;22000;p4;;\r\n"
        "M05;E03;Sprachpool mit Zeitausgleich;F14;2024-04-01;2025-12-31;30000;s2;50;Erfahrung des ersten Halbjahrs\r\n"
        "M06;E03;Rufbereitschaft für Dolmetschen;F14;2024-07-01;2025-03-31;40000;s4;;\r\n"
        "M07;E04;Dreißig häufige Briefe in einfacher Sprache;F31;2024-01-01;2025-12-31;15000;o2;50;"
        "Die Hälfte der Briefe mit der höchsten Auflage\r\n"
        "M08;E05;Fortbildung Vielfalt führen;F12;2024-05-01;2026-12-31;56000;b4;;\r\n"
        "M09;E06;Aushang und Kurzfilm zur Beschwerdestelle;F14;2024-02-01;2024-08-31;4000;c4;70;"
        "Sieben von zehn kennen den Weg\r\n"
        "M10;E07;Jährliche Befragung und Bericht an den Rat;F12;2024-06-01;2026-12-31;25000;dq7;;\r\n");
}

void demo_status_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out, "mass_id;jahr;status;nachweis;ausgaben_eur;begruendung\r\n"
                        "M01;2024;BEGONNEN;Vermerk 10-3/2024;5200;\r\n"
                        "M01;2025;UMGESETZT;Dienstanweisung vom 12.02.2025;6900;\r\n"
                        "M02;2024;BEGONNEN;Liste der Schulen;7400;\r\n"
                        "M02;2025;VERSTETIGT;Haushaltsplan 2026, Teilplan 12;9800;\r\n"
                        "M03;2024;GEPLANT;;;\r\n"
                        "M03;2025;BEGONNEN;Entwurf des Bogens;3100;\r\n"
                        "M04;2024;GEPLANT;;;\r\n"
                        "M04;2025;AUSGESETZT;;2500;Kein Anbieter im vorgesehenen Rahmen\r\n"
                        "M05;2024;BEGONNEN;Dienstvereinbarung;11000;\r\n"
                        "M05;2025;BEGONNEN;Halbjahresbericht des Sprachpools;14500;\r\n"
                        "M06;2024;BEGONNEN;;9000;\r\n"
                        "M06;2025;BEENDET_OHNE;;12000;Zu wenige Abrufe außerhalb der Öffnungszeiten\r\n"
                        "M07;2024;BEGONNEN;Neun Briefe veröffentlicht;4300;\r\n"
                        "M07;2025;BEGONNEN;;5200;\r\n"
                        "M08;2024;BEGONNEN;Teilnahmelisten (Zahlen);17000;\r\n"
                        "M08;2025;BEGONNEN;Teilnahmelisten (Zahlen);19500;\r\n"
                        "M09;2024;UMGESETZT;;3900;\r\n"
                        "M10;2024;BEGONNEN;Vorlage 2024/0930;12000;\r\n"
                        "M10;2025;BEGONNEN;Vorlage 2025/0915;12500;\r\n");
}

void demo_complaints_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out, "jahr;anzahl\r\n2023;4\r\n2024;6\r\n2025;9\r\n");
}
