"""Names that CLDR does not have: codes, abbreviations, capitals, demonyms and former
names, unambiguous ones only.

A capital or demonym is what people type; it says nothing about who governs what.
"""

from __future__ import annotations

_ALPHA3 = """
ADAND AEARE AFAFG AGATG ALALB AMARM AOAGO ARARG ATAUT AUAUS AZAZE BABIH BBBRB BDBGD
BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BNBRN BOBOL BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ
CACAN CDCOD CFCAF CGCOG CHCHE CICIV CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CYCYP
CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH
FIFIN FJFJI FMFSM FRFRA GAGAB GBGBR GDGRD GEGEO GHGHA GMGMB GNGIN GQGNQ GRGRC GTGTM
GWGNB GYGUY HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR ININD IQIRQ IRIRN ISISL ITITA
JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KZKAZ LALAO
LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE
MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MRMRT MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ
NANAM NENER NGNGA NINIC NLNLD NONOR NPNPL NRNRU NZNZL OMOMN PAPAN PEPER PGPNG PHPHL
PKPAK PLPOL PSPSE PTPRT PWPLW PYPRY QAQAT ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC
SDSDN SESWE SGSGP SISVN SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SYSYR
SZSWZ TDTCD TGTGO THTHA TJTJK TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA
UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VNVNM VUVUT WSWSM YEYEM ZAZAF ZMZMB
ZWZWE XKXKX
"""
ALPHA3 = {pair[2:]: pair[:2] for pair in _ALPHA3.split()} | {"UNK": "XK", "KOS": "XK"}
"""ISO 3166-1 alpha-3 to alpha-2; XKX and UNK are the codes in use for Kosovo, which ISO
does not list.
"""

ALIASES: dict[str, str] = {
    "AE": "uae, emirates, the emirates, emirati, abu dhabi",
    "AF": "afghan, kabul",
    "AL": "albanian, tirana",
    "AM": "armenian, yerevan",
    "AR": "argentinian, argentine, argentinean, buenos aires",
    "AT": "austrian, vienna",
    "AU": "australian, canberra, aussie",
    "AZ": "azerbaijani, azeri, baku",
    "BA": "bosnia, bosnian, sarajevo, bih",
    "BD": "bangladeshi, dhaka",
    "BE": "belgian",
    "BG": "bulgarian, sofia",
    "BR": "brazilian, brasilia",
    "BY": "belarusian, belarussian, byelorussia, byelorussian, white russia, "
    "belorussia, weissrussland, "
    "белоруссия, minsk",
    "CA": "canadian, ottawa",
    "CD": "drc, dr congo, dem rep congo, democratic congo, zaire, kinshasa, congo "
    "kinshasa, "
    "democratic republic of congo, democratic republic of the congo",
    "CF": "car, bangui, central african rep",
    "CG": "republic of congo, republic of the congo, congo brazzaville, "
    "brazzaville, congo republic",
    "CH": "swiss, bern, berne, helvetia",
    "CI": "ivory coast, ivorian, abidjan, yamoussoukro",
    "CL": "chilean, santiago de chile",
    "CN": "prc, chinese, beijing, peking, mainland china, peoples republic of china",
    "CO": "colombian, bogota",
    "CU": "cuban, havana",
    "CV": "cape verde, praia",
    "CY": "cypriot, nicosia",
    "CZ": "czech republic, czech, prague",
    "DE": "german, berlin",
    "DK": "danish, copenhagen",
    "DZ": "algerian, algiers",
    "EE": "estonian, tallinn",
    "EG": "egyptian, cairo",
    "EH": "sahrawi republic, sadr, polisario",
    "ER": "eritrean, asmara",
    "ES": "spanish, madrid",
    "ET": "ethiopian, addis ababa, abyssinia",
    "FI": "finnish, helsinki",
    "FR": "french, paris",
    "GB": "uk, great britain, britain, british, london, westminster, united kingdom",
    "GE": "georgian, tbilisi",
    "GM": "the gambia, gambian, banjul",
    "GR": "greek, athens, hellenic republic",
    "HR": "croatian, zagreb",
    "HU": "hungarian, budapest, magyar",
    "ID": "indonesian, jakarta",
    "IE": "irish, republic of ireland, eire",
    "IL": "israeli, tel aviv",
    "IN": "new delhi, bharat",
    "IQ": "iraqi, baghdad",
    "IR": "persia, iranian, tehran, islamic republic of iran",
    "IS": "icelandic, reykjavik",
    "IT": "italian, rome",
    "JP": "japanese, tokyo, nippon",
    "KE": "kenyan, nairobi",
    "KG": "kyrgyz, bishkek, kirghizia, kirgizia, kyrgyz republic",
    "KH": "cambodian, phnom penh, kampuchea",
    "KP": "dprk, pyongyang, north korean, democratic peoples republic of korea",
    "KR": "rok, seoul, south korean, republic of korea",
    "KZ": "kazakh, kazakhstani, astana, nur sultan",
    "LA": "lao, laotian, vientiane, lao pdr",
    "LB": "lebanese, beirut",
    "LK": "ceylon, sri lankan, colombo",
    "LT": "lithuanian, vilnius",
    "LV": "latvian, riga",
    "LY": "libyan, tripoli",
    "MA": "moroccan, rabat",
    "MD": "moldovan, chisinau, republic of moldova",
    "MK": "macedonia, fyrom, skopje",
    "ML": "malian, bamako",
    "MM": "burma, burmese, naypyidaw, yangon",
    "MN": "mongolian, ulaanbaatar, ulan bator",
    "MX": "mexican, mexico city",
    "NE": "niamey, nigerien",
    "NG": "nigerian, abuja",
    "NI": "nicaraguan, managua",
    "NL": "holland, dutch, amsterdam, the hague",
    "NO": "norwegian, oslo",
    "NZ": "new zealander, kiwi, wellington, aotearoa",
    "PK": "pakistani, islamabad",
    "PL": "polish, warsaw",
    "PS": "palestinian territories, state of palestine, palestinian, ramallah",
    "PT": "portuguese, lisbon",
    "QA": "qatari, doha",
    "RO": "romanian, bucharest",
    "RS": "serbian, belgrade",
    "RU": "rf, russian, moscow, kremlin, russian federation, muscovy",
    "SA": "ksa, saudi, saudi arabian, riyadh",
    "SD": "khartoum, sudanese",
    "SE": "swedish, stockholm",
    "SI": "slovenian, slovene, ljubljana",
    "SK": "slovak, bratislava",
    "SS": "juba",
    "SY": "syrian, damascus",
    "SZ": "swaziland, swazi",
    "TH": "thai, bangkok, siam",
    "TJ": "tajik, dushanbe",
    "TL": "east timor, dili",
    "TM": "turkmen, ashgabat",
    "TR": "turkey, turkiye, turkish, ankara",
    "TW": "taipei, taiwanese, chinese taipei, republic of china",
    "UA": "ukrainian, kyiv, kiev, the ukraine",
    "US": "us, usa, america, american, washington dc, white house, united states "
    "of america, the states",
    "UZ": "uzbek, tashkent",
    "VA": "vatican, vatican city, the vatican",
    "VE": "venezuelan, caracas",
    "VN": "viet nam, vietnamese, hanoi",
    "XK": "kosovan, kosovar, pristina, prishtina",
    "ZA": "rsa, south african, pretoria",
    "ZW": "rhodesia, harare",
    "donetsk-pr": "dnr, dpr, donetsk, donetsk republic, donetsk peoples republic, "
    "donetsk separatists",
    "luhansk-pr": "lnr, lpr, luhansk, lugansk, luhansk republic, luhansk peoples "
    "republic, luhansk separatists",
    "abkhazia": "abkhaz, sukhumi, sokhumi, apsny",
    "south-ossetia": "tskhinvali, ossetia",
    "transnistria": "tiraspol, pridnestrovie, pmr, transdniestria, trans dniester",
}
"""Code to names, separated by commas, as ``fold`` leaves them."""

AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "korea": ("KR", "KP"),
    "korean": ("KR", "KP"),
    "congo": ("CD", "CG"),
    "congolese": ("CD", "CG"),
    "separatists": ("donetsk-pr", "luhansk-pr"),
    "the separatists": ("donetsk-pr", "luhansk-pr"),
    "donbas separatists": ("donetsk-pr", "luhansk-pr"),
    "donbas": ("donetsk-pr", "luhansk-pr"),
    "separatists in eastern ukraine": ("donetsk-pr", "luhansk-pr"),
    "eastern ukraine separatists": ("donetsk-pr", "luhansk-pr"),
    "eastern ukraine": ("donetsk-pr", "luhansk-pr"),
    "dnr lnr": ("donetsk-pr", "luhansk-pr"),
    "ldnr": ("donetsk-pr", "luhansk-pr"),
    "donbass": ("donetsk-pr", "luhansk-pr"),
    "england": ("GB",),
    "english": ("GB",),
    "scotland": ("GB",),
    "wales": ("GB",),
    "northern ireland": ("GB",),
    "virgin islands": (),
    "washington": ("US",),
    "crimea": (),
    "dominican": ("DM", "DO"),
    "brussels": ("BE",),
    "st martin": (),
    "saint martin": (),
}
"""Names that may mean several, or only part of one: offered, never assumed."""

ELSEWHERE = frozenset(
    (
        "texas siberia catalonia somaliland kurdistan chechnya tatarstan "
        "california quebec bavaria tibet nato eu "
        "ussr gaza prussia yugoslavia wakanda narnia mordor atlantis freedonia "
        "northland "
        "europe africa asia america latina arctic antarctica"
    ).split()
)
"""Words that are no actor of the base, so that a fuzzy guess never makes one of them.
"""

FIRST = (
    "BY",
    "AM",
    "KZ",
    "KG",
    "TJ",
    "CU",
    "donetsk-pr",
    "luhansk-pr",
    "RU",
    "UA",
    "US",
    "GB",
    "CN",
    "IR",
    "KP",
    "IN",
    "TR",
    "HU",
    "DE",
    "FR",
    "PL",
    "RS",
    "GE",
    "SY",
    "BR",
)
"""What an empty box offers: the forecast's seven, the parties, then those most asked
about.
"""
