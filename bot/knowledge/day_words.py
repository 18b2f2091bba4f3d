"""Words for months and for days near today, in the languages that Ally's readers write.

They stand here because reading them from CLDR takes 0.4 s and 20 MiB for so few words;
a test holds the months against CLDR.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Literal

Near = Literal["today", "yesterday", "last week", "last month", "last year"]

MONTHS: dict[str, str] = {
    "en": """
        january/jan february/feb march/mar april/apr may june/jun july/jul
        august/aug september/sep/sept october/oct november/nov december/dec
    """,
    "uk": """
        січня/січ/січень лютого/лют/лютий березня/бер/березень квітня/квіт/квітень
        травня/трав/травень червня/черв/червень липня/лип/липень серпня/серп/серпень
        вересня/вер/вересень жовтня/жовт/жовтень листопада/лист/листопад
        грудня/груд/грудень
    """,
    "ru": """
        января/янв/январь февраля/февр/февраль марта/мар/март апреля/апр/апрель
        мая/май июня/июн/июнь июля/июл/июль августа/авг/август
        сентября/сент/сентябрь октября/окт/октябрь ноября/нояб/ноябрь
        декабря/дек/декабрь
    """,
    "be": """
        студзеня/сту/студзень лютага/лют/люты сакавіка/сак/сакавік
        красавіка/кра/красавік мая/май чэрвеня/чэр/чэрвень ліпеня/ліп/ліпень
        жніўня/жні/жнівень верасня/вер/верасень кастрычніка/кас/кастрычнік
        лістапада/ліс/лістапад снежня/сне/снежань
    """,
    "pl": """
        stycznia/sty/styczeń lutego/lut/luty marca/mar/marzec kwietnia/kwi/kwiecień
        maja/maj czerwca/cze/czerwiec lipca/lip/lipiec sierpnia/sie/sierpień
        września/wrz/wrzesień października/paź/październik listopada/lis/listopad
        grudnia/gru/grudzień
    """,
    "de": """
        januar/jan februar/feb märz/mär april/apr mai juni/jun juli/jul august/aug
        september/sept/sep oktober/okt november/nov dezember/dez
    """,
    "fr": """
        janvier/janv février/févr mars avril/avr mai juin juillet/juil août
        septembre/sept octobre/oct novembre/nov décembre/déc
    """,
    "es": """
        enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul
        agosto/ago septiembre/sept octubre/oct noviembre/nov diciembre/dic
    """,
    "pt": """
        janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul
        agosto/ago setembro/set outubro/out novembro/nov dezembro/dez
    """,
    "it": """
        gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu
        luglio/lug agosto/ago settembre/set ottobre/ott novembre/nov dicembre/dic
    """,
    "tr": """
        ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem
        ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara
    """,
    "ro": """
        ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul
        august/aug septembrie/sept octombrie/oct noiembrie/nov decembrie/dec
    """,
    "ar": """
        يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
    """,
}
"""By language, the twelve months in their order; a month's forms have slashes between
them. Source: Unicode CLDR 47, the wide and abbreviated names of the Gregorian months,
in a date and by themselves; `sept` is English use.
"""

_NEAR: dict[Near, str] = {
    "today": """
        today, now, сьогодні, сегодня, сёння, dzisiaj, dziś, heute, aujourd'hui, hoy,
        hoje, oggi, bugün, azi, astăzi, 今天, 今日, اليوم
    """,
    "yesterday": """
        yesterday, вчора, учора, вчера, ўчора, wczoraj, gestern, hier, ayer, ontem,
        ieri, dün, 昨天, 昨日, أمس
    """,
    "last week": """
        last week, минулого тижня, на прошлой неделе, прошлая неделя,
        на мінулым тыдні, w zeszłym tygodniu, letzte woche, la semaine dernière,
        semaine dernière, la semana pasada, semana pasada, semana passada,
        settimana scorsa, la settimana scorsa, geçen hafta, săptămâna trecută, 上周,
        先週, الأسبوع الماضي
    """,
    "last month": """
        last month, минулого місяця, в прошлом месяце, прошлый месяц,
        у мінулым месяцы, w zeszłym miesiącu, letzten monat, letzter monat,
        le mois dernier, mois dernier, el mes pasado, mes pasado, mês passado,
        mese scorso, il mese scorso, geçen ay, luna trecută, 上个月, 先月,
        الشهر الماضي
    """,
    "last year": """
        last year, минулого року, торік, в прошлом году, прошлый год, у мінулым годзе,
        w zeszłym roku, letztes jahr, l'année dernière, année dernière, el año pasado,
        año pasado, ano passado, anno scorso, l'anno scorso, geçen yıl, anul trecut,
        去年, 昨年, السنة الماضية
    """,
}
"""Source: Unicode CLDR 47, the relative names of day, week, month and year, without the
abbreviated ones; and the same words without an article or preposition.
"""

_SAME = str.maketrans({"ı": "i", "’": "'", "\u2011": "-"})


def folded(text: str) -> str:
    """A text without capitals, accents and repeated blanks; wide digits are plain."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())


@cache
def month_numbers() -> dict[str, int]:
    """The months' numbers, 1 to 12, by their folded names in all languages."""
    return {
        folded(form): number
        for months in MONTHS.values()
        for number, forms in enumerate(months.split(), start=1)
        for form in forms.split("/")
    }


@cache
def near_days() -> dict[str, Near]:
    """What folded words mean, seen from today, in all languages."""
    return {
        folded(each): near for near, words in _NEAR.items() for each in words.split(",")
    }
