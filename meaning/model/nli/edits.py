"""Edits of English sentences whose effect is known: one figure, day, place, name, color, opposite or denial changed makes a
sentence that speaks against the first; another wording of the same, or a clause less, does not.

The words come from the tables of the program (src/lexicon/en). Every function takes a sentence and a random generator and
gives the edited sentence, or None where there is nothing to edit.
"""
import os, re

TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../src/lexicon/en")


def table(name):
    with open(os.path.join(TABLES, name + ".tsv"), encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = "two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty".split()
DIGITS = {word: str(at) for at, word in enumerate(NUMBERS[:11], 2)}
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
KNOWN = set("afghanistan argentina australia brazil canada china cuba egypt france germany greece haiti india indonesia iran iraq "
            "ireland israel italy japan kenya lebanon libya mexico nigeria norway pakistan peru poland portugal russia somalia "
            "spain sudan sweden syria thailand turkey ukraine venezuela vietnam yemen".split())
COUNTRIES = [row[0].title() for row in table("countries") if row[0] in KNOWN]
NATIONALITIES = [row[2].split(";")[0] for row in table("countries") if row[0] in KNOWN]
GIVEN = {row[0].capitalize() for row in table("given_names")}
STRANGERS = ["Daniel Morrow", "Susan Albright", "Peter Lindqvist", "Maria Castellano", "George Hammond", "Ellen Whitfield",
             "Omar Haddad", "Ruth Sandoval", "Thomas Keller", "Priya Raman", "Victor Osei", "Laura Benning"]
SETS = [NUMBERS, ORDINALS, COUNTRIES, NATIONALITIES]
SETS += [[word for side in row[2:] for word in side.split()[:1]] for row in table("exclusive") if len(row) > 4]
OPPOSITES = {}
for row in table("antonyms"):
    if len(row) >= 4:
        one, other = row[2].split(), row[3].split()
        # Forms stand in the same order on both sides as far as both sides have them.
        for left, right in zip(one, other):
            if left[-2:] == right[-2:] or len(one) == len(other):
                OPPOSITES.setdefault(left, right)
                OPPOSITES.setdefault(right, left)


def put(text, match, new, group=0):
    return text[:match.start(group)] + new + text[match.end(group):]


def any_of(words):
    return r"\b(" + "|".join(map(re.escape, words)) + r")\b"


def figure(text, rng):
    found = [m for m in re.finditer(r"(?<![\w.,:$-])\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w:,]|\.\d|-)", text)
             if not re.fullmatch(r"(1[89]|20)\d\d", m.group(1)) and m.group(1) != "0"]
    if not found:
        return None
    match = rng.choice(found)
    value = int(match.group(1).replace(",", ""))
    new = rng.choice([value * 2 + 3, value + rng.choice([1, 2, 4, 7]), max(1, value // 2), int(value * 1.6) + 7])
    if new == value:
        return None
    return put(text, match, f"{new:,}" if "," in match.group(1) else str(new), 1)


def day(text, rng):
    match = re.search(any_of(DAYS), text)
    if match:
        return put(text, match, DAYS[(DAYS.index(match.group()) + rng.randint(1, 6)) % 7])
    match = re.search(r"\b(" + "|".join(MONTHS) + r")\b(?= \d|,| of|\.|$)", text)
    if match:
        return put(text, match, MONTHS[(MONTHS.index(match.group()) + rng.randint(1, 11)) % 12])
    match = re.search(r"\b((?:19|20)\d\d)\b", text)
    if match:
        return put(text, match, str(int(match.group()) + rng.choice([-11, -4, -2, -1, 1, 2, 3])))
    return None


def one_of_a_set(text, rng):
    found = [(words, m) for words in SETS for m in re.finditer(any_of(words), text)]
    if not found:
        return None
    words, match = rng.choice(found)
    return put(text, match, rng.choice([word for word in words if word != match.group()]))


def name(text, rng):
    found = [m for m in re.finditer(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b", text) if m.group().split()[0] in GIVEN]
    return put(text, rng.choice(found), rng.choice(STRANGERS)) if found else None


def denial(text, rng):
    match = re.search(r"\b(did|does|do|has|have|had|was|were|is|are|will|would|could|can) not ", text)
    if match:
        word = match.group(1)
        return put(text, match, "" if word in ("did", "does", "do") else word + " ")
    match = re.search(r"(?<=[a-z]) (was|were|is|are|has|have|had|will|would|could|should) (?!not|no|never)", text)
    if match and not re.search("[\"“]", text[:match.start()]):
        return put(text, match, match.group() + rng.choice(["not ", "not ", "never "]))
    return None


def opposite(text, rng):
    found = [m for m in re.finditer(r"\b[a-z]+\b", text) if m.group() in OPPOSITES]
    if not found:
        return None
    match = rng.choice(found)
    return put(text, match, OPPOSITES[match.group()])


def wording(text, rng):
    pairs = [(r"\bsaid\b", "stated"), (r"\btold\b", "informed"), (r"\balso\b ", ""), (r"\bvery\b ", ""), (r"\bbegan\b", "started"),
             (r"\bbig\b", "large"), (r"\bhelp\b", "assist"), (r"\bmany\b", "numerous"), (r"\bbut\b", "yet"), (r"\bbought\b", "purchased"),
             (r"\bkilled\b", "left dead"), (r"\babout\b(?= \d)", "around"), (r"\bmore than\b(?= \d)", "over"), (r"\bneed(ed)?\b", r"require\1"),
             (r"(\d) percent\b", r"\1%"), (r"\bdo not\b", "don't"), (r"\bU\.S\.", "United States"), (r"n't\b", " not"),
             (r"\$(\d[\d.]*) (million|billion)", r"\1 \2 dollars"), (r"\bSen\.", "Senator"), (r"\bRep\.", "Representative")]
    pairs += [(rf"\b{word}\b", digits) for word, digits in DIGITS.items()]
    rng.shuffle(pairs)
    for pattern, new in pairs:
        if re.search(pattern, text):
            return re.sub(pattern, new, text, count=1)
    return None


def less(text, rng):
    match = re.match(r"([A-Z][^,\"“]{3,40}), (?=[a-z])", text)
    if match:
        rest = text[match.end():]
        return rest[0].upper() + rest[1:]
    match = re.search(r", (?:which|who) [^,\"“”]{5,60},", text)
    return put(text, match, "") if match else None


def told(text, rng):
    if not re.fullmatch(r"[A-Z][^\"“]{20,}[.]", text):
        return None
    by = rng.choice(["officials said", "police said", "according to the report", "a spokesman said", "the agency reported"])
    return f"{text[:-1]}, {by}."


AGAINST = [figure, day, one_of_a_set, one_of_a_set, name, denial, opposite]
SAME = [wording, less, told]


def contradict(text, rng):
    """An edit that the sentence as it was speaks against."""
    for edit in rng.sample(AGAINST, len(AGAINST)):
        # Denials fit nearly every sentence; without this they would be most of the edits.
        if edit is denial and rng.random() < .6:
            continue
        new = edit(text, rng)
        if new and new != text:
            return new
    return None


def keep(text, rng):
    """An edit that leaves what is said as it was."""
    for edit in rng.sample(SAME, len(SAME)):
        new = edit(text, rng)
        if new and new != text:
            return new
    return None


def edited(sentences, agreeing, rng, of_one, of_pairs):
    """Pairs (a, b, contradicts): edits of single sentences, and of one side of pairs that agree where the other side has the word
    that is changed. Some are told in a longer text, with another sentence beside."""
    out = []

    def add(a, b, against):
        if rng.random() < .3:
            other = rng.choice(sentences)
            a = f"{a} {other}" if rng.random() < .6 else f"{other} {a}"
        out.append((a, b, against))

    for text in rng.sample(sentences, len(sentences)):
        if len(out) >= of_one:
            break
        new = contradict(text, rng)
        if not new:
            continue
        add(text, new, True)
        same = keep(text, rng)
        if same:
            add(text, same, False)
            new = contradict(same, rng)
            if new and rng.random() < .5:
                add(text, new, True)
        elif rng.random() < .4:
            add(text, text, False)
    words = lambda text: set(re.findall(r"\w+", text))
    wanted = len(out) + of_pairs
    for a, b in rng.sample(agreeing, len(agreeing)):
        if len(out) >= wanted:
            break
        new = contradict(b, rng)
        if not new:
            continue
        gone, come = words(b) - words(new), words(new) - words(b)
        if (not gone or gone <= words(a)) and not come & words(a):
            add(a, new, True)
    return out
