r"""Profiles: handles, pages on social networks, crowdfunding pages, and names somebody uses online.

Found:
    Op Instagram («@fatima_k84») deelde ze haar verhaal.
    Zie «facebook.com/kees.jansen.71» voor de inzamelactie.
    Haar profiel «https://www.linkedin.com/in/sanne-de-boer-1a2b3c» was openbaar.
    Je vindt hem op TikTok als «youssef.x030».
    De oudste heet op Insta «lieve_noor» en deelt alles.
    Zijn gamertag is «DarkWolf88», zei de mentor.
    De actie staat op «https://www.gofundme.com/f/help-de-familie» en loopt goed.
    Met gebruikersnaam «zonnetje12» kwam ze binnen.
    Zijn TikTok: «sam.filmpjes».
    Op Snapchat onder de naam «kleine_beer» stuurde hij berichten.
    Ze appt via «wa.me/31612345678» met de groep.
Left alone:
    De gemeente plaatste het bericht op www.facebook.com en op Instagram.
    Volg ons op linkedin.com/company/voorbeeldgemeente of @gemeentevoorbeeld.
    Op Facebook als advertentie werkte het niet.
    Zij vergat haar gebruikersnaam en wachtwoord.
    Hij zit de hele dag op TikTok en YouTube.
    Het formulier staat op www.rijksoverheid.nl/onderwerpen/schulden.
    Mailen kan naar info@voorbeeld.nl.
    Het project Taal@Work loopt tot de zomer.
    Op Marktplaats als nieuw verkocht.
    Zie https://www.youtube.com/watch?v=abc123 voor de uitleg.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.finding import Hit, Rule, TextClue, Weight
from generator.privacy.language.clues import with_part, with_piece, with_sign
from generator.privacy.language.values import merged
from generator.privacy.text import Span, Text

CODE = "PRIV-PROFIEL"

_AT = re.compile(r"(?<![\w.@/+%\-])@ ?(?P<name>[A-Za-z_][\w.\-]{1,40}|\d[\w.\-]{2,40})(?!@)")
_COM = "|".join(
    r"""(?:[\w\-]{2,8}\.)?facebook fb instagram snapchat twitter x threads tumblr pinterest twitch onlyfans
        patreon vk soundcloud quora deviantart vimeo strava roblox chess duolingo github medium flickr about
        grindr badoo couchsurfing""".split()
)
_PATHS = "|".join(
    r"""tiktok\.com/ instagr\.am/ fb\.me/ t\.me/ telegram\.me/ wa\.me/ ok\.ru/ discord\.gg/
        discord(?:app)?\.com/users/ bsky\.app/profile/ [\w.\-]{2,30}/@ reddit\.com/u(?:ser)?/
        youtube\.com/(?:@|user/|channel/|c/) (?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/
        (?:open\.)?spotify\.com/user/ steamcommunity\.com/(?:id|profiles)/ paypal\.me/ paypal\.com/paypalme/
        bunq\.me/ tikkie\.me/ linktr\.ee/ linkin\.bio/ hyves\.nl/ schoolbank\.nl/ marktplaats\.nl/u/
        vinted\.\w{2,3}/member/ bere\.al/ api\.whatsapp\.com/send""".split()
)
_FUNDING = "|".join(
    r"""gofundme\.com gofund\.me gogetfunding\.com doneeractie\.nl steunactie\.nl whydonate\.\w{2,3} geef\.nl
        kentaa\.nl ko-fi\.com dreamordonate\.nl inzamelingsacties?\.nl crowdfunder\.\w{2,3} kickstarter\.com
        indiegogo\.com leetchi\.com betterplace\.org onlinedoneren\.nl voordekunst\.nl buymeacoffee\.com""".split()
)
_DOT, _SLASH = r"(?:\.| ?\[?\(?(?:punt|dot)\)?\]? ?)", r"(?:/| / | slash )"
_URL = re.compile(
    r"(?<![\w@.])(?:https?://)?(?:www\.|m\.|mobile\.)?"
    rf"(?:(?:{_COM}){_DOT}(?:com|net|tv|me|nl|org){_SLASH}|{_PATHS}|(?:[\w\-]{{2,30}}\.)?(?:{_FUNDING})/)"
    r"[\w@%#?=&+~./\-:]{0,200}[\w/]",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"[/@](?:(?:gemeente|ministerie|rijksoverheid|politie|uwv|svb|belastingdienst|wijkteam|stichting|voedselbank"
    r"|provincie"
    r"|rechtspraak|ggd|legerdesheils|ombudsman|vng|movisie|humanitas|nibud)(?!\w{0,12}\d)"
    r"|(?:company|school|share|sharer|sharer\.php|watch|hashtag|explore|login|help|policies|privacy|about|search"
    r"|tos|terms)"
    r"(?:[/?]|$))"
)
_CODE = re.compile(r"github\.com/[\w.\-]+/[\w.\-]+")
"""A place with software or data: about no person."""
_NET = "|".join(
    """facebook fb insta(?:gram)? tik[]?tok snap(?:chat)? twitter x linkedin youtube twitch discord steam roblox
    fortnite minecraft play[]?station psn xbox telegram signal whatsapp threads bluesky mastodon reddit onlyfans
    vinted marktplaats tinder grindr badoo skype pinterest hyves strava be[]?real gmail hotmail outlook habbo
    chess\\.com""".split()
).replace("[]?", " ?")
_NETS = tuple(
    """
    facebook fb insta tik snap twitter linkedin youtube twitch discord steam roblox fortnite minecraft play psn xbox
    telegram signal whatsapp threads bluesky mastodon reddit onlyfans vinted marktplaats tinder grindr badoo skype
    pinterest hyves strava real gmail hotmail outlook habbo chess
    """.split()
)
"""A piece of each of them that has more than one letter."""
_OWNER = r"(?: hij| zij| ze| de \w{3,12})?"
_ON = rf"(?<!\w)(?:op|via|bij) (?:zijn |haar |hun )?(?:{_NET})(?:-account)?,? (?:[a-z]{{2,12}} ){{0,3}}?"
_NAMED = re.compile(
    rf"{_ON}(?:onder de (?:naam|schuilnaam|nick|gebruikersnaam)|met de naam|genaamd|noemt{_OWNER} zich|(?:heet"
    rf"|heette){_OWNER}) "
    rf"|(?<!\w)(?:heet|heette|heten|noemt{_OWNER} zich)(?: op| in| bij) (?:{_NET})(?: als| bekend als|:)? "
    rf"|(?<!\w)(?:te vinden|vind(?:t|en|baar)?|volg(?:t|en|baar)?|zoek(?:t|en)?"
    rf"|bekend)(?: \w+){{0,3}}? op (?:{_NET}) als "
    rf"|onder de (?:naam|schuilnaam|nick) (?=[\w.\-]+(?: \w+){{0,3}} (?:op|via|bij) (?:{_NET})(?!\w))"
    rf"|(?:met|onder) (?:de |als )?(?:gebruikersnaam|accountnaam|nickname|username|gamertag) "
)
"""What follows is a name, whatever it looks like."""
_AS = re.compile(rf"{_ON}(?:als|onder|(?:is|gamet|speelt|staat){_OWNER}(?: bekend| te vinden)?(?: als)?) ")
"""What follows is a name if it has a capital or looks made up."""
_BESIDE = re.compile(
    rf"(?<!\w)(?:(?:is|gamet|speelt|staat|post|volgbaar|te vinden) (?:op|in|bij) )?(?:zijn |haar |hun "
    rf"|mijn )?(?:{_NET})"
    r"(?:-?(?:account|profiel|naam|pagina|adres))?(?::| is| heet| =| -| account| profiel| als)? "
)
"""What follows is a name only if it looks made up."""
_USER = re.compile(
    r"(?<!\w)(?:gebruikers?naam|account ?-?naam|user ?-?name|scherm ?-?naam|nick(?:name)?|gamer ?-?tag"
    r"|game ?-?naam|gamers?naam"
    r"|profiel ?-?naam|inlog ?-?naam|chat ?-?naam|handle|online ?-?naam|alias|psn-?id|discord-?(?:naam|tag)|apple ?id)"
    r"(?: (?:van|op|bij|voor)(?: [\w'\-]+){1,3}?(?= is | was | luidt|:))?(?P<gap> ?[:=]| is| was| luidt| werd| bleef)?"
    r"(?: nog| nu| ook| dus)? "
)
_NAME = re.compile(r"['\"(]{0,2}@?(?P<name>\w[\w.\-|#]{1,40}\w(?: \d{1,4}(?!\w)|(?: [A-Z][\w'\-]{1,20}){1,3})?)(?! ?/)")
_BEFORE = re.compile(
    rf"(?<!\w)(?:heet|heette|als|naam|account|profiel|zich|speelt|gamet) (?P<name>[a-zA-Z][\w.\-]{{2,40}}) (?:op"
    rf"|via|bij) (?:{_NET})(?!\w)"
)
_LOOKS = re.compile(r"(?=[\d_]*[^\W\d_])(?:[^\W_].*[\d_]|[a-zé][A-Z]|\w\.\w|[\d_]+[A-Za-z]|\w\|)")
_MADE_UP = re.compile(
    r"(?!\d)(?=\w*_|[\w.]*[a-z]{3}\d|[a-z]{2,}\.[a-z]|\w+#\d)[\w.#]+(?<!\.nl)(?<!\.com)", re.IGNORECASE
)
_CUE = re.compile(r"naam|nick|tag\b|handle|alias|apple ?id|" + _NET.replace("|x|", r"|\bx\b|"))
_STOP = frozenset(
    """en of die dat de het een is was werd wordt van voor op in aan te om niet geen nog ook dan maar want
        vergeten kwijt weg onbekend gewijzigd geblokkeerd verwijderd openbaar privé actief anders influencer
        advertentie nieuw tweedehands vriend vriendin wachtwoord zijn haar hun met bekend zichzelf zich
        gebruiker bedrijf ondernemer verkoper consulent slachtoffer dader getuige volgt waarmee waar hoe wie hij
        zij ze die deze dit zo al weer moet moest kan kon""".split()
)


def find(text: Text) -> Iterator[Hit]:
    """Every name or page under which somebody is found online."""
    for span in merged(_spans(text)):
        yield span, Weight.HARD


def _may_link(text: Text) -> bool:
    """Whether there may be an address of a page in it, also one that is spelled."""
    return ("/" in text.plain or "slash" in text.lower) and (
        "." in text.plain or "/@" in text.plain or "punt" in text.lower or "dot" in text.lower
    )


def _spans(text: Text) -> Iterator[Span]:
    plain, lower = text.plain, text.lower
    if "@" in plain:
        for match in _AT.finditer(plain):
            name = match["name"].rstrip(".-")
            loose = match.group()[1] == " " and not _LOOKS.search(name)
            if len(name) > 2 and not loose and not _PUBLIC.search("@" + name.lower()):
                yield match.start(), match.start("name") + len(name)
    if _may_link(text):
        for match in _URL.finditer(plain):
            if not (_PUBLIC.search(match.group().lower()) or _CODE.search(match.group())):
                yield match.span()
    if _CUE.search(lower) is not None:
        yield from _named(plain, lower)
        for match in _BEFORE.finditer(lower):
            if _LOOKS.search(plain[slice(*match.span("name"))]):
                yield match.span("name")


def _named(plain: str, lower: str) -> Iterator[Span]:
    """Names after a cue: any name after a sure cue, else one that looks made up."""
    for pattern in (_NAMED, _AS, _USER, _BESIDE):
        for cue in pattern.finditer(lower):
            taken = _NAME.match(plain, cue.end())
            if taken is None or taken["name"].lower() in _STOP:
                continue
            name, start = taken["name"], taken.start("name")
            quoted = plain[start - 1] in "'\""
            sure = pattern is _NAMED or (pattern is _USER and cue["gap"] is not None)
            looks = (_MADE_UP.fullmatch if pattern is _BESIDE else _LOOKS.search)(name) is not None
            if sure or looks or (pattern is not _BESIDE and (quoted or name[0].isupper())):
                yield start - (plain[start - 1] == "@"), taken.end("name")


RULE = Rule(
    CODE,
    find,
    (
        (with_sign("@"),),
        (TextClue(_may_link),),
        (with_part("x".__eq__),),
        (with_piece("naam", "nick", "tag", "handle", "alias", "apple", *_NETS),),
    ),
)
