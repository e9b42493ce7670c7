"""Places as Open Referral HSDS 3.0 (Human Services Data Specification). Pure: nothing here reads the database.

An organisation is an organization, a place a location, each kind of help that it gives a service there; a place that
names none gives one service of its own name. Identifiers are the same in every language: keys, or UUIDs derived
from them where HSDS wants one for what has none here.

A location says where it is as far as its precision allows and no further: only one at a public address has an address
and coordinates; one by telephone is virtual. Beside the members of HSDS stand some of ours, which it allows.
Sentences that are made here are in the active language.
"""

VERSION = "3.0"
