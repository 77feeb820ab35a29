"""Words for work: verbs and nouns, trades, shops and firms, and those who work for the household instead."""

from __future__ import annotations

import re

_WORK = frozenset(
    """
    werkt werkte werken werkten gewerkt werkend werkzaam dienst dienstverband baan baantje bijbaan bijbaantje banen
    zaterdagbaan vakantiebaan stage stageplek snuffelstage maatschappelijke-stage arbeidscontract jaarcontract
    nulurencontract uitzendcontract flexcontract oproepcontract contract vaste contractje slag ontslag ontslagen
    ontslaan solliciteert solliciteerde gesolliciteerd solliciteren sollicitatie sollicitaties sollicitatiegesprek
    leerwerkplek leerbaan werkervaringsplek werkervaringsplaats proefplaatsing aangenomen functie rijdt reed bezorgt
    bezorgde poetst poetste schoonmaakt schoonmaakte schoon kookt kookte schoonmaken vakken kassa inpakwerk uitzendwerk
    vakantiewerk productiewerk begonnen begon klust kluste loondienst personeel proeftijd overuren nachtdiensten
    ploegendienst ploegendiensten werkplek werk gedetacheerd keuken magazijn distributiecentrum fabriek filiaal
    bediening nachtdienst ingehuurd uitgezonden leerwerkbaan avonddiensten avonddienst vrijwilligersbaan maaltijden
    pakketten kranten proefdag proefdagen meewerkstage invalwerk werkneemster werknemer uren schoonmaakwerk magazijnwerk
    afwas bijklussen bijverdient bijverdiende jobt loopbaan traineeship werkstraf taakstraf lopende-band heftruck
    vrachtwagen slachterij baas kas kassen loonlijst loon salaris loonstrook zwart
    """.split()
)
_TRADE_ENDS = tuple(
    """
    chauffeur schoonmaker schoonmaakster vakkenvuller vakkenvulster kassière kassiere caissière kassamedewerker verkoper
    verkoopster kok kokkin kapper kapster monteur lasser bezorger bezorgster koerier magazijnier orderpicker beveiliger
    beveiligster serveerster ober kelner barman barvrouw bakker slager schilder timmerman metselaar stukadoor loodgieter
    elektricien medewerker medewerkster medewerkers keukenhulp afwasser verzorgende verpleegkundige thuishulp
    huishoudhulp zorghulp helpende receptionist receptioniste telefonist telefoniste postbode krantenbezorger vuilnisman
    stratenmaker dakdekker glazenwasser tuinman hovenier stewardess steward conducteur conductrice machinist inpakker
    inpakster sorteerder uitzendkracht oproepkracht invalkracht vakkracht teamleider bedrijfsleider filiaalleider
    filiaalmanager manager vertegenwoordiger programmeur boekhouder secretaresse assistent assistente stagiair stagiaire
    groepsleider leerkracht arbeider arbeidster operator bouwvakker sloper matroos kraanmachinist rijinstructeur
    masseuse nagelstyliste schoonheidsspecialiste schoonheidsspecialist werknemer werkneemster personeelslid hulpkok
    piloot treinbestuurder buschauffeur taxichauffeur trambestuurder bestuurder vulploegmedewerker productiewerker
    schoonmaakhulp kamermeisje nachtportier portier conciërge huismeester zzp'er freelancer leidinggevende ploegbaas
    voorman heftruckchauffeur lader losser sjouwer verhuizer fietskoerier maaltijdbezorger pizzabezorger
    """.split()
)
HELPERS = frozenset(
    """
    consulent consulente wijkteam hulpverlener hulpverleenster hulpverleners professional professionals jurist juriste
    juristen onderzoeker onderzoekster onderzoekers adviseur adviseurs ambtenaar ambtenaren regisseur casemanager
    bewindvoerder klantmanager werker beleidsmedewerker coach arts huisarts psycholoog jongerenwerker wethouder
    wijkverpleegkundige ervaringsdeskundige gemeente college schuldhulpverlener jeugdbeschermer jeugdhulpverlener
    vrijwilliger team organisatie proef project deurwaarder lector hoogleraar woordvoerder jobcoach opbouwwerker
    budgetcoach gezinscoach orthopedagoog wijkagent advocaat gedragswetenschapper kwartiermaker programmamanager
    projectleider wijkcoach trajectbegeleider ggz-medewerker schuldhulpmaatje woonconsulent re-integratiecoach teams
    afspraak aanvraag melding schuld schulden rekening vrijwilligers organisaties gemeenten corporatie bezwaar
    """.split()
)
"""Who they work for is no secret; nor is where a debt or an application lies."""
KINDS = frozenset(
    """
    bakkerij kapsalon kapperszaak garage garagebedrijf autobedrijf autogarage restaurant eetcafé cafetaria snackbar
    pizzeria slagerij schildersbedrijf bouwbedrijf aannemersbedrijf schoonmaakbedrijf transportbedrijf koeriersbedrijf
    taxibedrijf installatiebedrijf hoveniersbedrijf klusbedrijf klussenbedrijf loonbedrijf bloemist bloemisterij
    kwekerij wasserij stomerij toko nagelstudio schoonheidssalon rijschool webshop webwinkel eethuis grillroom
    shoarmazaak lunchroom viswinkel avondwinkel brasserie slijterij fietsenwinkel belwinkel kledingwinkel eenmanszaak
    broodjeszaak ijssalon massagesalon beautysalon haarsalon kappersketen supermarktketen uitzendbureau bouwmarkt
    tuincentrum metaalbedrijf beveiligingsbedrijf verhuisbedrijf glazenwassersbedrijf cateringbedrijf bezorgdienst
    theehuis coffeeshop
    """.split()
)
"""Words for a firm, before its name."""
WORKPLACES = re.compile(
    r"(?:Albert Heijn|AH|Jumbo|Lidl|Aldi|Action|Hema|HEMA|Kruidvat|PostNL|Primark|IKEA|Ikea|Blokker|Bol|"
    r"Coolblue|Picnic|Schiphol|"
    r"McDonald|KFC|Dirk|Plus|PLUS|Coop|Vomar|Hoogvliet|Spar|Etos|Gamma|Praxis|Zeeman|Wibra|Xenos|MediaMarkt|"
    r"Tata|Restaurant|"
    r"Bakkerij|Café|Cafe|Hotel|Garage|Kapsalon|Salon|Ziekenhuis|Supermarkt|Verpleeghuis|Zorgcentrum|Brasserie|"
    r"Pizzeria|Slagerij|"
    r"Eetcafé|Snackbar|Cafetaria|Grand|Philips|ASML|DAF|VDL|Efteling|Burger)\b"
)
"""After «in» or «op» only these: otherwise it is a place."""
SUPPLIERS = re.compile(
    r"(?:vattenfall|essent|eneco|ziggo|kpn|t-mobile|odido|vodafone|greenchoice|budget energie|oxxio|nuon|"
    r"engie|vitens|evides)",
    re.IGNORECASE,
)
"""A contract there is for heat or a telephone."""


def is_work(word: str) -> bool:
    """A word in lower case for working, looking for work or losing it."""
    return word in _WORK


def is_trade(word: str) -> bool:
    """What somebody is by trade, in lower case: «heftruckchauffeur»."""
    return word.endswith(_TRADE_ENDS)
