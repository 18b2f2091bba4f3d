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
    "AE": "uae, emirates, the emirates, abu dhabi, dubai, trucial states, trucial "
    "coast, trucial oman",
    "AF": "kabul, islamic emirate of afghanistan, emirate of afghanistan, taliban "
    "government",
    "AG": "antigua, antigua and barbuda",
    "AL": "tirana",
    "AM": "yerevan, armenian ssr, soviet armenia",
    "AR": "buenos aires, the argentine, argentine republic",
    "AT": "vienna",
    "AU": "canberra, commonwealth of australia, down under",
    "AZ": "baku, azerbaijan ssr, azerbaijani ssr",
    "BA": "bosnia, sarajevo, bih, bosnia herzegovina, bosnia hercegovina, bosnia and "
    "herz, bosnia and hercegovina",
    "BB": "bridgetown",
    "BD": "dhaka",
    "BF": "upper volta, haute volta, ouagadougou, burkina",
    "BG": "sofia",
    "BH": "manama",
    "BI": "gitega, bujumbura",
    "BJ": "dahomey, porto novo, cotonou",
    "BN": "nation of brunei, nation of brunei abode of peace, state of brunei "
    "darussalam, brunei darussalam",
    "BO": "la paz, bolivia plurinational state of",
    "BR": "brasilia",
    "BS": "nassau, the bahamas, commonwealth of the bahamas",
    "BT": "thimphu",
    "BW": "bechuanaland, gaborone",
    "BY": "byelorussia, white russia, belorussia, weissrussland, белоруссия, minsk, "
    "byelorussian ssr, belorussian ssr, belarusian ssr, soviet belarus",
    "BZ": "british honduras",
    "CA": "ottawa",
    "CD": "drc, dr congo, dem rep congo, democratic congo, zaire, kinshasa, congo "
    "kinshasa, democratic republic of congo, democratic republic of the congo, "
    "belgian congo, congo free state, congo democratic republic of the, congo the "
    "democratic republic of the, congo drc, congo dr, democratic rep of congo",
    "CF": "car, bangui, central african rep, ubangi shari, oubangui chari, central "
    "african empire",
    "CG": "republic of congo, republic of the congo, congo brazzaville, brazzaville, "
    "congo republic, rep congo, rep of congo, congo republic of the, congo the "
    "republic of the",
    "CH": "bern, berne, helvetia",
    "CI": "ivory coast, abidjan, yamoussoukro, republic of cote divoire, cote divoire",
    "CL": "santiago de chile",
    "CM": "yaounde",
    "CN": "prc, beijing, peking, mainland china, peoples republic of china, red china, "
    "communist china, p r china, pr china, peoples rep of china, chinese mainland",
    "CO": "bogota",
    "CU": "havana",
    "CV": "cape verde, praia, cape verde islands, cabo verde",
    "CY": "nicosia",
    "CZ": "czech republic, prague, czech rep, czech lands",
    "DE": "berlin, west germany, frg, federal republic of germany, bundesrepublik",
    "DJ": "french somaliland, afars and issas, french territory of the afars and the "
    "issas",
    "DK": "copenhagen",
    "DM": "commonwealth of dominica",
    "DO": "dom rep, santo domingo, dominicana",
    "DZ": "algiers, peoples democratic republic of algeria",
    "EC": "quito",
    "EE": "tallinn, estonian ssr",
    "EG": "cairo, arab republic of egypt",
    "EH": "sahrawi republic, sadr, polisario, spanish sahara, sahrawi arab democratic "
    "republic, rio de oro",
    "ER": "asmara, state of eritrea",
    "ES": "madrid",
    "ET": "addis ababa, abyssinia, ethiopian empire",
    "FI": "helsinki",
    "FJ": "suva",
    "FM": "federated states of micronesia, micronesia federated states of",
    "FR": "paris, elysee",
    "GA": "libreville",
    "GB": "uk, great britain, britain, london, westminster, united kingdom, downing "
    "street, gt britain, gb, united kingdom of great britain and northern ireland, uk "
    "of great britain and northern ireland, uk of great britain, whitehall",
    "GE": "tbilisi, georgian ssr, republic of georgia, soviet georgia",
    "GH": "accra",
    "GM": "the gambia, banjul, republic of the gambia",
    "GN": "french guinea, conakry, guinea conakry",
    "GQ": "spanish guinea, malabo, eq guinea",
    "GR": "athens, hellenic republic",
    "GT": "guatemala city",
    "GW": "portuguese guinea, bissau",
    "GY": "british guiana, cooperative republic of guyana, co operative republic of "
    "guyana",
    "HN": "tegucigalpa",
    "HR": "zagreb",
    "HT": "port au prince",
    "HU": "budapest",
    "ID": "jakarta, dutch east indies, netherlands east indies",
    "IE": "republic of ireland, eire, irish free state, dublin",
    "IL": "tel aviv, state of israel",
    "IN": "new delhi, bharat, delhi, india republic of",
    "IQ": "baghdad",
    "IR": "persia, tehran, islamic republic of iran, iran islamic republic of, teheran",
    "IS": "reykjavik",
    "IT": "rome",
    "JM": "kingston",
    "JO": "transjordan, trans jordan, emirate of transjordan, amman",
    "JP": "tokyo, nippon, state of japan, empire of japan",
    "KE": "nairobi",
    "KG": "bishkek, kirghizia, kirgizia, kyrgyz republic, kirghiz ssr, kyrgyz ssr, "
    "kirgiz ssr",
    "KH": "phnom penh, kampuchea, khmer republic, democratic kampuchea, peoples "
    "republic of kampuchea, state of cambodia",
    "KI": "gilbert islands, tarawa",
    "KM": "moroni",
    "KN": "saint christopher and nevis, saint christopher nevis, federation of saint "
    "kitts and nevis, federation of saint christopher and nevis, saint kitts, saint "
    "kitts nevis",
    "KP": "north corea, dprk, pyongyang, democratic peoples republic of korea, nk, n "
    "korea, korea democratic peoples republic of, korea north, communist korea",
    "KR": "south corea, rok, seoul, republic of korea, s korea, korea republic of, "
    "korea south, skorea",
    "KW": "kuwait city",
    "KZ": "astana, nur sultan, kazakh ssr, kazakhstan republic of",
    "LA": "lao, vientiane, lao pdr, lpdr, lao peoples democratic republic, kingdom of "
    "laos",
    "LB": "beirut",
    "LC": "castries",
    "LK": "ceylon, colombo",
    "LR": "monrovia",
    "LS": "basutoland, maseru",
    "LT": "vilnius, lithuanian ssr",
    "LU": "grand duchy of luxembourg",
    "LV": "riga, latvian ssr",
    "LY": "tripoli, libyan jamahiriya, libyan arab jamahiriya, state of libya, great "
    "socialist peoples libyan arab jamahiriya",
    "MA": "rabat",
    "MD": "chisinau, republic of moldova, moldavia, moldavian ssr, moldova republic of",
    "ME": "podgorica",
    "MG": "malagasy republic, antananarivo",
    "MH": "marshalls, majuro",
    "MK": "macedonia, fyrom, skopje, former yugoslav republic of macedonia, the former "
    "yugoslav republic of macedonia, macedonia the former yugoslav republic of, fyr "
    "macedonia, n macedonia, republic of macedonia",
    "ML": "bamako, french sudan, sudanese republic",
    "MM": "burma, naypyidaw, yangon, republic of the union of myanmar, union of "
    "myanmar, union of burma, rangoon",
    "MN": "ulaanbaatar, ulan bator, outer mongolia, mongolian peoples republic",
    "MR": "nouakchott",
    "MV": "republic of the maldives, republic of maldives, the maldives, maldive "
    "islands",
    "MW": "nyasaland, lilongwe",
    "MX": "mexico city, united mexican states",
    "MY": "federation of malaysia, federation of malaya, malaya, kuala lumpur",
    "MZ": "maputo, portuguese east africa",
    "NA": "south west africa, german south west africa, windhoek",
    "NE": "niamey",
    "NG": "abuja, lagos",
    "NI": "managua",
    "NL": "holland, amsterdam, the hague, the netherlands",
    "NO": "oslo",
    "NP": "kathmandu",
    "NZ": "wellington, aotearoa, n zealand, aotearoa new zealand",
    "OM": "muscat and oman, muscat, sultanate of muscat and oman",
    "PA": "panama city",
    "PG": "port moresby",
    "PH": "manila, the philippines",
    "PK": "islamabad",
    "PL": "warsaw",
    "PS": "palestinian territories, state of palestine, ramallah, palestinian "
    "authority, palestinian national authority, palestine state of, occupied "
    "palestinian territory",
    "PT": "lisbon",
    "PW": "pelew",
    "PY": "asuncion",
    "QA": "doha",
    "RO": "bucharest, rumania, roumania",
    "RS": "belgrade",
    "RU": "rf, moscow, kremlin, russian federation, muscovy, rsfsr, russian sfsr, "
    "russian soviet federative socialist republic",
    "RW": "kigali",
    "SA": "ksa, riyadh, kingdom of hejaz and nejd",
    "SB": "solomons, the solomons, solomon is, honiara, british solomon islands",
    "SC": "the seychelles",
    "SD": "khartoum, anglo egyptian sudan",
    "SE": "stockholm",
    "SI": "ljubljana",
    "SK": "bratislava",
    "SL": "freetown",
    "SM": "most serene republic of san marino",
    "SN": "dakar",
    "SO": "mogadishu, somali republic, somali democratic republic, italian somaliland",
    "SR": "dutch guiana, surinam, paramaribo",
    "SS": "juba, s sudan",
    "ST": "sao tome, sao tome principe",
    "SV": "san salvador",
    "SY": "damascus, syrian arab republic",
    "SZ": "swaziland",
    "TD": "ndjamena",
    "TG": "lome",
    "TH": "bangkok, siam",
    "TJ": "dushanbe, tajik ssr, tadzhikistan, tadzhik ssr",
    "TL": "east timor, dili, portuguese timor, timor leste, democratic republic of "
    "timor leste",
    "TM": "ashgabat, turkmen ssr, turkmenia",
    "TN": "tunisian republic",
    "TO": "nukualofa, friendly islands",
    "TR": "turkey, turkiye, ankara, republic of turkey",
    "TT": "trinidad, tt, t and t, port of spain",
    "TV": "ellice islands, funafuti",
    "TW": "taipei, chinese taipei, republic of china, republic of china taiwan, "
    "formosa, roc, taiwan republic of china, taiwan province of china, nationalist "
    "china, free china",
    "TZ": "tanganyika, tanzania united republic of, united republic of tanganyika and "
    "zanzibar, dodoma, dar es salaam",
    "UA": "kyiv, kiev, the ukraine, ukrainian ssr, soviet ukraine",
    "UG": "kampala",
    "US": "us, usa, america, washington dc, white house, united states of america, the "
    "states, uncle sam, pentagon, the pentagon, usa united states of america",
    "UY": "oriental republic of uruguay, montevideo",
    "UZ": "tashkent, uzbek ssr",
    "VA": "vatican, vatican city, the vatican, vatican city state, state of the "
    "vatican city, apostolic see",
    "VC": "saint vincent, kingstown",
    "VE": "caracas, venezuela bolivarian republic of",
    "VN": "viet nam, hanoi, socialist republic of viet nam, socialist republic of "
    "vietnam",
    "VU": "new hebrides, port vila",
    "WS": "western samoa",
    "XK": "pristina, prishtina, republic of kosovo",
    "YE": "sanaa",
    "ZA": "rsa, pretoria, union of south africa",
    "ZM": "northern rhodesia, lusaka",
    "ZW": "rhodesia, harare, southern rhodesia, zimbabwe rhodesia, republic of "
    "rhodesia",
    "donetsk-pr": "dnr, dpr, donetsk, donetsk republic, donetsk peoples republic, "
    "donetsk separatists, the dpr, donetsk rebels, separatists in donetsk, "
    "separatists of donetsk, donetsk pr, donetsk peoples rep",
    "luhansk-pr": "lnr, lpr, luhansk, lugansk, luhansk republic, luhansk peoples "
    "republic, luhansk separatists, lugansk separatists, luhansk rebels, lugansk "
    "rebels, separatists in luhansk, separatists in lugansk, separatists of luhansk, "
    "lugansk peoples republic, lugansk republic, luhansk pr",
    "abkhazia": "sukhumi, sokhumi, apsny, sukhum, apkhazeti, republic of abkhazia",
    "south-ossetia": "tskhinvali, ossetia, s ossetia, south ossetia alania, republic "
    "of south ossetia, state of alania, republic of south ossetia the state of "
    "alania, tskhinvali region, tskhinval",
    "transnistria": "tiraspol, pridnestrovie, pmr, transdniestria, trans dniester, "
    "pridnestrovia, pridnestrovian moldavian republic, transdnistria, transdnestria, "
    "trans dniestr, dniester republic",
}
"""Code to names, separated by commas, as ``fold`` leaves them."""

ELSEWHERE = frozenset(
    (
        "texas siberia catalonia somaliland kurdistan chechnya tatarstan "
        "california quebec bavaria tibet nato eu "
        "ussr gaza prussia yugoslavia wakanda narnia mordor atlantis freedonia "
        "northland sealand latveria genovia westeros panem "
        "europe africa asia america latina arctic antarctica "
        "islands republic kingdom country state nation empire union"
    ).split()
)
"""Words that are no actor of the base, so that a fuzzy guess never makes one of them.
"""
