"""Names that may mean several actors, or only part of one: offered, never assumed.

Each table goes from codes, most likely first, to names between commas.
"""

from __future__ import annotations

from bot.names.folding import fold

_NAMESAKES: dict[str, str] = {
    "KR KP": "korea, korean, koreans, koreas, both koreas, two koreas, all korea, "
    "korean peninsula, the korean peninsula, north and south korea, south and north "
    "korea, corée, coree, corea, корея, кореї, обе кореи, 两韩, 朝鲜半岛, 한반도",
    "CD CG": "congo, congolese, congos, both congos, two congos, конго, kongo, kongos, "
    "les deux congo, dos congos",
    "SD SS": "both sudans, two sudans, sudans, sudan and south sudan",
    "CN TW": "both chinas, two chinas, chinas",
    "DM DO": "dominican, dominicans",
    "RS ME": "serbia and montenegro, сербия и черногория, serbie et montenegro, "
    "serbien und montenegro",
    "CZ SK": "czechoslovakia, czecho slovakia, czechoslovak, чехословакия, "
    "чехословаччина, tschechoslowakei, tchecoslovaquie, checoslovaquia, cssr, čssr, "
    "ceskoslovensko, czechosłowacja",
    "RW BI": "ruanda urundi",
    "EG SY": "united arab republic, объединенная арабская республика",
    "donetsk-pr luhansk-pr": "separatists, separatist, ukrainian separatists, ukraine "
    "separatists, russian separatists, pro russian separatists, russian backed "
    "separatists, russia backed separatists, pro russian rebels, pro russian forces, "
    "pro russian militants, russian backed rebels, pro russia separatists, moscow "
    "backed separatists, ukrainian rebels, donbas separatists, donbass separatists, "
    "donbas rebels, donbass rebels, donbas, donbass, separatist republics, breakaway "
    "republics, separatists in eastern ukraine, separatists of eastern ukraine, "
    "separatists in east ukraine, eastern ukraine separatists, eastern ukrainian "
    "separatists, east ukraine separatists, separatists in ukraine, separatists in "
    "the donbas, separatists in donbas, separatists in the donbass, separatists in "
    "donbass, rebels in eastern ukraine, rebels in the donbas, rebels in ukraine, "
    "eastern ukraine, east ukraine, eastern ukraine rebels, self proclaimed "
    "republics, donetsk and luhansk, donetsk and lugansk, luhansk and donetsk, "
    "lugansk and donetsk, donetsk and luhansk separatists, donetsk and luhansk "
    "peoples republics, donetsk and lugansk peoples republics, dnr lnr, lnr dnr, dpr "
    "lpr, lpr dpr, l dnr, l dpr, d lnr, d lpr, ldnr, ldpr, днр лнр, лнр днр, л днр, "
    "лднр, донбасс, донбас, ордло, ordlo, cadlr, сепаратисты, сепаратисти, "
    "сепаратисты донбасса, сепаратисти донбасу, народные республики, народные "
    "республики донбасса, peoples republics, სეპარატისტები, separatisten, "
    "separatistes, separatistas, separatisti, separatiști, separatyści, донецк и "
    "луганск, донецьк і луганськ, республики донбасса, республіки донбасу",
    "abkhazia south-ossetia": "georgian separatists, separatists in georgia, abkhazia "
    "and south ossetia, абхазия и южная осетия",
    "transnistria": "moldovan separatists, separatists in moldova, moldova "
    "separatists, transnistrian separatists, left bank of the dniester",
    "south-ossetia": "ossetian, ossetians, осетины, осетия",
    "GB": "england, english, scotland, scottish, wales, welsh, northern ireland, "
    "англия, англія, шотландия, шотландія, inglaterra, angleterre, inghilterra, "
    "anglia, 英格兰",
    "AF": "taliban, talibans, taleban, талибан, талибы, таліби",
    "US": "washington",
    "BE": "brussels, bruxelles, brüssel, bruselas, брюссель",
    "DE": "east germany, gdr, ddr, german democratic republic, гдр, ндр, "
    "ostdeutschland, rda, восточная германия",
    "VN": "south vietnam, north vietnam",
    "YE": "north yemen, south yemen",
    "TZ": "zanzibar, занзибар",
    "": "virgin islands, crimea, saint martin",
}
"""What two actors are called, and parts and former halves of one."""
_REGIONS: dict[str, str] = {
    "GN GW GQ PG": "guineas, three guineas",
    "EE LV LT": "baltics, baltic, baltic states, baltic countries, baltic republics, "
    "baltic three, three baltic states, прибалтика, балтия, страны балтии, країни "
    "балтії, baltikum, baltische staaten, pays baltes, etats baltes, países bálticos, "
    "paesi baltici, balti riigid, kraje bałtyckie",
    "AM AZ GE": "caucasus, south caucasus, southern caucasus, transcaucasia, "
    "transcaucasus, кавказ, южный кавказ, закавказье, південний кавказ, закавказзя, "
    "kaukasus, südkaukasus, caucase, cáucaso, kafkasya",
    "KZ KG TJ TM UZ": "central asia, central asian, central asian states, central "
    "asian republics, stans, five stans, средняя азия, центральная азия, середня "
    "азія, центральна азія, zentralasien, asie centrale, asia central, orta asya",
    "BE NL LU": "benelux, low countries, бенилюкс, бенілюкс",
    "SE NO DK FI IS": "scandinavia, scandinavian, scandinavians, nordics, nordic, "
    "nordic countries, nordic states, скандинавия, скандинавія, skandinavien, "
    "scandinavie, escandinavia, norden",
    "PL HU CZ SK": "visegrad, visegrád, visegrad four, visegrad group, v4, "
    "вишеградская группа, вышеградская группа, вишеградська група",
    "MA DZ TN LY MR": "maghreb, магриб",
    "ML BF NE": "sahel, sahel states",
    "IN PK BD": "british india, british raj",
    "TZ RW BI": "german east africa",
    "VN LA KH": "indochina, french indochina, индокитай",
    "donetsk-pr luhansk-pr abkhazia south-ossetia transnistria": "breakaway regions, "
    "breakaway states, breakaway entities, unrecognised republics, unrecognized "
    "republics, frozen conflicts, непризнанные республики",
}
"""Neighbours that are named together."""
_HINTS: dict[str, str] = {
    "ES PT": "iberia, iberian peninsula",
    "GB": "ulster",
    "DE": "third reich, nazi germany, german reich",
    "VN": "viet cong",
    "YE": "houthi, houthis, хуситы, ansar allah",
    "RU": "russian empire, soviet russia, tsarist russia, российская империя",
    "IQ": "mesopotamia, месопотамия",
    "TR": "ottoman empire, ottomans, османская империя",
    "GH": "gold coast",
    "CF": "central africa",
    "PG": "papua",
    "TL": "timor",
    "VC": "svg",
    "FM": "fsm",
    "MH": "rmi",
    "ZA": "пар",
    "PL": "pole, poles",
    "FI": "finn, finns",
    "DK": "dane, danes",
    "MN": "mongol, mongols",
    "HU": "hungry",
    "IS": "island",
    "AE": "bae",
    "CO": "columbia, columbian, columbians",
    "CM": "cameron",
}
"""What somebody who types it to this bot may mean, and a text does not."""


def _by_name(*tables: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        fold(name): tuple(codes.split())
        for table in tables
        for codes, names in table.items()
        for name in names.split(", ")
    }


AMBIGUOUS = _by_name(_NAMESAKES, _REGIONS, _HINTS)
"""Folded names to the codes that they may mean, perhaps none, most likely first."""
NOT_IN_TEXTS = frozenset(_by_name(_REGIONS, _HINTS))
"""Those that are no name of an actor where they stand within a text."""
