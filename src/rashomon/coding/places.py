"""Countries as English speaks of them: names, the words for their people, and the capital that stands for the government.

Facts of common knowledge, written for this project. ``code``: ISO 3166-1 alpha-3; states that are no more have the code of
ISO 3166-3 or of the state that kept their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Country:
    """``names``: the usual one first. ``people``: adjectives and nouns ("Japanese"). ``capitals``: and seats ("Kremlin")."""

    code: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All countries of the table."""
    return tuple(_read(_TABLE))


@cache
def unions() -> tuple[Country, ...]:
    """Unions of states that act as one. ``code``: of ISO 3166-1 where it reserves one (EUU), else the usual abbreviation."""
    return tuple(_read(_UNIONS))


def _read(table: str) -> Iterator[Country]:
    for line in table.strip().splitlines():
        code, *parts = line.split("|")
        yield Country(code, *map(_listed, parts))


def in_language(table: str, in_english: Iterable[Country]) -> tuple[Country, ...]:
    """Countries from another language's table, by their codes; their English names stand after its own.

    A line that begins with "+" goes on with the last part of the line before it; words for peoples may be missing.
    """
    english = {country.code: country.names for country in in_english}
    found = []
    for line in table.strip().replace("\n+", ",").splitlines():
        code, names, *people, capitals = line.split("|")
        found.append(Country(code, (*_listed(names), *english[code]), _listed(",".join(people)), _listed(capitals)))
    return tuple(found)


def _listed(part: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in part.split(","))))


_TABLE: Final = """
AFG|Afghanistan|Afghan,Afghani|Kabul
ALB|Albania|Albanian|Tirana
DZA|Algeria|Algerian|Algiers
AND|Andorra|Andorran|
AGO|Angola|Angolan|Luanda
ATG|Antigua and Barbuda|Antiguan|
ARG|Argentina|Argentine,Argentinian|Buenos Aires
ARM|Armenia|Armenian|Yerevan
AUS|Australia|Australian|Canberra
AUT|Austria|Austrian|
AZE|Azerbaijan|Azerbaijani,Azeri|Baku
BHS|Bahamas|Bahamian|Nassau
BHR|Bahrain|Bahraini|Manama
BGD|Bangladesh|Bangladeshi|Dhaka,Dacca
BRB|Barbados|Barbadian|Bridgetown
BLR|Belarus,Byelorussia|Belarusian,Belarussian|Minsk
BEL|Belgium|Belgian|
BLZ|Belize|Belizean|Belmopan
BEN|Benin|Beninese|Cotonou
BTN|Bhutan|Bhutanese|Thimphu
BOL|Bolivia|Bolivian|La Paz
BIH|Bosnia,Bosnia-Herzegovina,Bosnia and Herzegovina|Bosnian|Sarajevo
BWA|Botswana|Botswanan|Gaborone
BRA|Brazil|Brazilian|Brasilia
GBR|Britain,United Kingdom,Great Britain,England,UK,U.K.|British,Briton,English|London,Downing Street,Whitehall
BRN|Brunei|Bruneian|
BGR|Bulgaria|Bulgarian|Sofia
BFA|Burkina Faso,Upper Volta|Burkinabe|Ouagadougou
MMR|Burma,Myanmar|Burmese|Rangoon,Yangon,Naypyidaw
BDI|Burundi|Burundian|Bujumbura
KHM|Cambodia,Kampuchea|Cambodian,Khmer|Phnom Penh
CMR|Cameroon|Cameroonian|Yaounde
CAN|Canada|Canadian|Ottawa
CPV|Cape Verde|Cape Verdean|
CAF|Central African Republic|Central African|Bangui
TCD|Chad|Chadian|N'Djamena
CHL|Chile|Chilean|Santiago
CHN|China,People's Republic of China,PRC|Chinese,Sino|Beijing,Peking
COL|Colombia|Colombian|Bogota
COM|Comoros|Comorian|
COD|Congo,Zaire,Democratic Republic of the Congo|Congolese,Zairean|Kinshasa
COG|Congo-Brazzaville||Brazzaville
CRI|Costa Rica|Costa Rican|San Jose
HRV|Croatia|Croatian,Croat|Zagreb
CUB|Cuba|Cuban|Havana
CYP|Cyprus|Cypriot|Nicosia
CZE|Czech Republic,Czechia,Czechoslovakia|Czech,Czechoslovak|Prague
DNK|Denmark|Danish,Dane|Copenhagen
DJI|Djibouti|Djiboutian|
DMA|Dominica||
DOM|Dominican Republic|Dominican|Santo Domingo
DDR|East Germany,German Democratic Republic,GDR|East German|East Berlin
TLS|East Timor,Timor-Leste|East Timorese,Timorese|Dili
ECU|Ecuador|Ecuadorian,Ecuadorean|Quito
EGY|Egypt|Egyptian|Cairo
SLV|El Salvador|Salvadoran|San Salvador
GNQ|Equatorial Guinea|Equatoguinean|Malabo
ERI|Eritrea|Eritrean|Asmara
EST|Estonia|Estonian|Tallinn
ETH|Ethiopia|Ethiopian|Addis Ababa
FJI|Fiji|Fijian|Suva
FIN|Finland|Finnish,Finn|Helsinki
FRA|France|French,Frenchman|Paris,Elysee
GAB|Gabon|Gabonese|Libreville
GMB|Gambia|Gambian|Banjul
GEO|Georgia|Georgian|Tbilisi
DEU|Germany,Federal Republic of Germany,FRG,West Germany|German,West German|Berlin,Bonn
GHA|Ghana|Ghanaian|Accra
GRC|Greece|Greek|Athens
GRD|Grenada|Grenadian|
GTM|Guatemala|Guatemalan|Guatemala City
GIN|Guinea|Guinean|Conakry
GNB|Guinea-Bissau||Bissau
GUY|Guyana|Guyanese|Georgetown
HTI|Haiti|Haitian|Port-au-Prince
HND|Honduras|Honduran|Tegucigalpa
HUN|Hungary|Hungarian|Budapest
ISL|Iceland|Icelandic,Icelander|Reykjavik
IND|India|Indian|New Delhi,Delhi
IDN|Indonesia|Indonesian|Jakarta
IRN|Iran,Persia|Iranian|Tehran,Teheran
IRQ|Iraq|Iraqi|Baghdad
IRL|Ireland|Irish|Dublin
ISR|Israel|Israeli|Jerusalem,Tel Aviv
ITA|Italy|Italian|Rome
CIV|Ivory Coast,Cote d'Ivoire,Côte d'Ivoire|Ivorian|Abidjan
JAM|Jamaica|Jamaican|Kingston
JPN|Japan|Japanese|Tokyo
JOR|Jordan|Jordanian|Amman
KAZ|Kazakhstan|Kazakh|Astana
KEN|Kenya|Kenyan|Nairobi
KIR|Kiribati||
XKX|Kosovo|Kosovar|Pristina
KWT|Kuwait|Kuwaiti|Kuwait City
KGZ|Kyrgyzstan|Kyrgyz|Bishkek
LAO|Laos|Laotian,Lao|Vientiane
LVA|Latvia|Latvian|Riga
LBN|Lebanon|Lebanese|Beirut
LSO|Lesotho||Maseru
LBR|Liberia|Liberian|Monrovia
LBY|Libya|Libyan|Tripoli
LIE|Liechtenstein||Vaduz
LTU|Lithuania|Lithuanian|Vilnius
LUX|Luxembourg||
MKD|Macedonia,North Macedonia|Macedonian|Skopje
MDG|Madagascar|Malagasy|Antananarivo
MWI|Malawi|Malawian|Lilongwe
MYS|Malaysia|Malaysian|Kuala Lumpur
MDV|Maldives|Maldivian|
MLI|Mali|Malian|Bamako
MLT|Malta|Maltese|Valletta
MHL|Marshall Islands|Marshallese|
MRT|Mauritania|Mauritanian|Nouakchott
MUS|Mauritius|Mauritian|
MEX|Mexico|Mexican|Mexico City
FSM|Micronesia|Micronesian|
MDA|Moldova,Moldavia|Moldovan|Chisinau
MCO|Monaco|Monegasque|
MNG|Mongolia|Mongolian,Mongol|Ulan Bator,Ulaanbaatar
MNE|Montenegro|Montenegrin|Podgorica
MAR|Morocco|Moroccan|Rabat
MOZ|Mozambique|Mozambican|Maputo
NAM|Namibia|Namibian|Windhoek
NRU|Nauru|Nauruan|
NPL|Nepal|Nepalese,Nepali|Kathmandu
NLD|Netherlands,Holland|Dutch|The Hague,Amsterdam
NZL|New Zealand|New Zealander|Wellington
NIC|Nicaragua|Nicaraguan,Sandinista|Managua
NER|Niger|Nigerien|Niamey
NGA|Nigeria|Nigerian|Abuja,Lagos
PRK|North Korea,Democratic People's Republic of Korea,DPRK|North Korean|Pyongyang
NOR|Norway|Norwegian|Oslo
OMN|Oman|Omani|Muscat
PAK|Pakistan|Pakistani|Islamabad
PLW|Palau|Palauan|
PSE|Palestine,West Bank,Gaza,Gaza Strip|Palestinian|Ramallah
PAN|Panama|Panamanian|Panama City
PNG|Papua New Guinea|Papuan|Port Moresby
PRY|Paraguay|Paraguayan|Asuncion
PER|Peru|Peruvian|Lima
PHL|Philippines|Philippine,Filipino|Manila
POL|Poland|Polish,Pole|Warsaw
PRT|Portugal|Portuguese|Lisbon
QAT|Qatar|Qatari|Doha
ROU|Romania,Rumania|Romanian|Bucharest
RUS|Russia,Russian Federation|Russian,Russo|Moscow,Kremlin
RWA|Rwanda|Rwandan|Kigali
KNA|Saint Kitts and Nevis||
LCA|Saint Lucia||
VCT|Saint Vincent and the Grenadines||
WSM|Samoa|Samoan|
SMR|San Marino||
STP|Sao Tome and Principe||
SAU|Saudi Arabia|Saudi,Saudi Arabian|Riyadh
SEN|Senegal|Senegalese|Dakar
SRB|Serbia,Yugoslavia|Serbian,Serb,Yugoslav|Belgrade
SYC|Seychelles|Seychellois|
SLE|Sierra Leone|Sierra Leonean|Freetown
SGP|Singapore|Singaporean|
SVK|Slovakia|Slovak|Bratislava
SVN|Slovenia|Slovenian,Slovene|Ljubljana
SLB|Solomon Islands||Honiara
SOM|Somalia|Somali|Mogadishu
ZAF|South Africa|South African|Pretoria
KOR|South Korea,Republic of Korea,ROK|South Korean|Seoul
SSD|South Sudan|South Sudanese|Juba
SUN|Soviet Union,USSR,U.S.S.R.|Soviet|Moscow,Kremlin
ESP|Spain|Spanish,Spaniard|Madrid
LKA|Sri Lanka,Ceylon|Sri Lankan|Colombo
SDN|Sudan|Sudanese|Khartoum
SUR|Suriname|Surinamese|Paramaribo
SWZ|Swaziland,Eswatini|Swazi|Mbabane
SWE|Sweden|Swedish,Swede|Stockholm
CHE|Switzerland|Swiss|Bern,Berne
SYR|Syria|Syrian|Damascus
TWN|Taiwan,Republic of China|Taiwanese|Taipei
TJK|Tajikistan|Tajik|Dushanbe
TZA|Tanzania|Tanzanian|Dar es Salaam,Dodoma
THA|Thailand|Thai|Bangkok
TGO|Togo|Togolese|Lome
TON|Tonga|Tongan|
TTO|Trinidad,Trinidad and Tobago|Trinidadian|Port of Spain
TUN|Tunisia|Tunisian|Tunis
TUR|Turkey,Türkiye|Turkish,Turk|Ankara
TKM|Turkmenistan|Turkmen|Ashgabat
TUV|Tuvalu||
UGA|Uganda|Ugandan|Kampala
UKR|Ukraine|Ukrainian|Kiev,Kyiv
ARE|United Arab Emirates,Emirates,UAE|Emirati|Abu Dhabi
USA|United States,United States of America,America,US,U.S.,USA,U.S.A.|American|Washington,White House
URY|Uruguay|Uruguayan|Montevideo
UZB|Uzbekistan|Uzbek|Tashkent
VUT|Vanuatu|Vanuatuan|
VAT|Vatican,Holy See||
VEN|Venezuela|Venezuelan|Caracas
VNM|Vietnam,Viet Nam|Vietnamese|Hanoi
YEM|Yemen|Yemeni|Sanaa,Aden
ZMB|Zambia|Zambian|Lusaka
ZWE|Zimbabwe,Rhodesia|Zimbabwean|Harare
"""

_UNIONS: Final = """
EUU|European Union,EU,E.U.|European|Brussels,European Commission
NATO|NATO,North Atlantic Treaty Organization,North Atlantic Alliance||
UNO|United Nations,UN,U.N.||Security Council
"""
