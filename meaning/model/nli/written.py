"""Statements of invented events (folder written/) as pairs of texts: what tells the same, what contradicts it, what tells something else.

A file is an event: `# ` what happened, `= ` a fact that is at stake, `+ ` statements that tell it, each in its own words, `- ` statements that
cannot hold together with any of them, `~ ` statements that tell something else of the event.
"""
import glob, hashlib, os, re

MARKS = "+-~"


def read(folder):
    """Every event: its name, and its facts as dictionaries of lists by mark."""
    events = []
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.txt"), recursive=True)):
        facts = []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                mark, text = line[:1], line[2:].strip()
                if mark == "=":
                    facts.append({one: [] for one in MARKS})
                elif mark and mark in MARKS and text and facts:
                    facts[-1][mark].append(text)
        events.append((os.path.splitext(os.path.basename(path))[0], facts))
    return events


def words(text):
    return {word[:5] for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 3 or word.isdigit()}


def nearest(text, others, many):
    """Those that share most of the words of a text."""
    own = words(text)
    share = lambda other: len(own & words(other)) / (1 + len(own | words(other)))
    return sorted(others, key=lambda other: (-share(other), other))[:many]


def pairs(folder, rng):
    """Pairs (event, a, b, label, alike): label is "agree", "conflict" or "neutral", alike whether both are about the same thing."""
    out = []
    for name, facts in read(folder):
        def add(at, a, b, label, alike):
            # Sentences of articles tell several things at once.
            if rng.random() < .2:
                other = rng.choice([fact for fact in range(len(facts)) if fact not in at])
                more = rng.choice(facts[other]["+"] + facts[other]["~"])
                a = f"{a} {more}" if rng.random() < .6 else f"{more} {a}"
            if rng.random() < .5:
                a, b = b, a
            out.append((name, a, b, label, alike))

        for at, fact in enumerate(facts):
            same, against, beside = (fact[mark] for mark in MARKS)
            for one, a in enumerate(same):
                for b in same[one + 1:]:
                    add([at], a, b, "agree", 1.0)
                for b in against:
                    add([at], a, b, "conflict", 1.0)
                for b in beside:
                    add([at], a, b, "neutral", 0.0)
            for a in against:
                for b in beside:
                    if rng.random() < .4:
                        add([at], a, b, "neutral", 0.0)
            places = {text: other for other in range(len(facts)) if other != at for mark in "+~" for text in facts[other][mark]}
            for a in same:
                for b in nearest(a, places, 2) + [rng.choice(sorted(places))]:
                    add([at, places[b]], a, b, "neutral", 0.0)
    return out


def is_held(name):
    """One event in eight is held out."""
    return hashlib.sha256(f"written|{name}".encode()).digest()[0] < 32
