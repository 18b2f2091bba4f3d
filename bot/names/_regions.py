"""Regions and what lies in them, from Unicode CLDR 48.2 (territoryContainment), which
follows UN M49.

Actors without a code stand where the state lies from which they broke away. Names of
regions are CLDR's too.
"""

from __future__ import annotations

REGIONS: dict[str, tuple[str, ...]] = {
    "019": tuple(
        "AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK "
        "GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY "
        "SR SV SX TC TT US UY VC VE VG VI".split()
    ),
    "021": tuple("BM CA GL PM US".split()),
    "013": tuple("BZ CR GT HN MX NI PA SV".split()),
    "029": tuple(
        "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX "
        "TC TT VC VG VI".split()
    ),
    "005": tuple("AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE".split()),
    "002": tuple(
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EA EG EH ER ET GA GH GM GN GQ "
        "GW IC IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH "
        "SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW".split()
    ),
    "015": tuple("DZ EA EG EH IC LY MA SD TN".split()),
    "011": tuple("BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG".split()),
    "017": tuple("AO CD CF CG CM GA GQ ST TD".split()),
    "014": tuple(
        "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW".split()
    ),
    "018": tuple("BW LS NA SZ ZA".split()),
    "150": tuple(
        "AD AL AT AX BA BE BG BY CH CQ CZ DE DK EE ES FI FO FR GB GG GI GR HR "
        "HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE "
        "SI SJ SK SM UA VA XK donetsk-pr luhansk-pr transnistria".split()
    ),
    "154": tuple("AX CQ DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ".split()),
    "155": tuple("AT BE CH DE FR LI LU MC NL".split()),
    "151": tuple(
        "BG BY CZ HU MD PL RO RU SK UA donetsk-pr luhansk-pr transnistria".split()
    ),
    "039": tuple("AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK".split()),
    "142": tuple(
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR "
        "KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM "
        "TR TW UZ VN YE abkhazia south-ossetia".split()
    ),
    "145": tuple(
        "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE abkhazia south- "
        "ossetia".split()
    ),
    "143": tuple("KG KZ TJ TM UZ".split()),
    "030": tuple("CN HK JP KP KR MN MO TW".split()),
    "034": tuple("AF BD BT IN IR LK MV NP PK".split()),
    "035": tuple("BN ID KH LA MM MY PH SG TH TL VN".split()),
    "009": tuple(
        "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK "
        "TO TV UM VU WF WS".split()
    ),
    "053": tuple("AU CC CX HM NF NZ".split()),
    "054": tuple("FJ NC PG SB VU".split()),
    "057": tuple("FM GU KI MH MP NR PW UM".split()),
    "061": tuple("AS CK NU PF PN TK TO TV WF WS".split()),
}
