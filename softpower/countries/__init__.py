"""Countries: which one a text means, and which ones a group holds.

The table has the 249 entries of ISO 3166-1, and Kosovo under the user-assigned code XKX that the
World Bank and the IMF give it. It does not say which of them are states.

Sources
-------
- Codes, regions (UN M49) and the names in the six languages of the United Nations: the table
  "Country codes" of the Open Knowledge project *datasets/country-codes*, under the Public Domain
  Dedication and License (ODC-PDDL).
- Membership of the United Nations: its 193 members in 2024.
- Income groups: the World Bank's for 2024, for the members of the United Nations; empty for all
  others. Classifications change every July.
- Members of the EU, ASEAN, BRICS, the G7, the G20, NATO, the OECD, the African Union, the
  Commonwealth, Mercosur and the Gulf Cooperation Council: public facts, written down by hand from
  what is generally known as of 31 October 2025. Of each group the table names its own site, where
  they can be looked up. A year counts as a whole: who joined in it is a member, who left is not.
- Taiwan and Kosovo, which M49 does not list, stand in the region of their neighbours.
- Codes of other schemes: FIPS 10-4, a standard of the United States' government; the IOC's and
  FIFA's from *datasets/country-codes* as well; the abbreviations of states of the Correlates of War
  project (State System Membership, version 2016) and their numbers; letters and numbers of
  Gleditsch and Ward's list of independent states, with its microstates; area codes of FAOSTAT;
  country codes of the IMF's International Financial Statistics; Eurostat's two letters (ISO 3166
  but for EL and UK). Compared with the collections *countrycode* and *country_converter*.
- All other names (as the World Bank, the IMF, FIFA, newspapers and the countries themselves write
  them), groups, parts, former countries and ambiguous names: collected by hand for softpower.

Files
-----
``countries.csv`` is the table. ``names.csv`` says which country a folded name means.
``ambiguous.csv``, ``parts.csv`` and ``former.csv`` hold names that mean no single country, each
with its reason; ``aggregates.csv`` holds groups of countries, as statistical tables list them.
``schemes.csv`` holds the codes that other schemes than ISO 3166 give to countries. ``groups.csv``
holds groups that countries join and leave, ``members.csv`` who joined and left them when.
"""

from softpower.countries.folding import fold
from softpower.countries.groups import (
    MEMBERSHIP,
    CountryGroup,
    country_groups,
    find_group,
    group_names,
    with_year,
)
from softpower.countries.recognition import CountryError, find, recognise
from softpower.countries.schemes import Scheme, all_schemes, meant, scheme_of, told
from softpower.countries.table import Country, all_countries, by_number, get

__all__ = [
    "MEMBERSHIP",
    "Country",
    "CountryError",
    "CountryGroup",
    "Scheme",
    "all_countries",
    "all_schemes",
    "by_number",
    "country_groups",
    "find",
    "find_group",
    "fold",
    "get",
    "group_names",
    "meant",
    "recognise",
    "scheme_of",
    "told",
    "with_year",
]
