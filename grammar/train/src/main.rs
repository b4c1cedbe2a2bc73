//! Trains the model of `crossclaim-grammar` from CoNLL-U files and measures it.
//!
//! `train TRAIN DEV MODEL` writes a model, the same bytes every time; `eval MODEL FILE` prints how well it does on a file.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod conllu;
mod evaluate;
mod gemm;
mod lemmas;
mod net;
mod optimizer;
mod save;
mod variants;
mod vocabulary;

use net::{Dropout, Example, Layout, Random, Task};
use optimizer::Adam;
use std::path::Path;
use vocabulary::Vocabulary;

const BATCH: usize = 32;

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", train, dev, model, epochs] => train_model(train, dev, model, epochs.parse().unwrap_or(20)),
        ["eval", model, ref files @ ..] if !files.is_empty() => evaluate::run(model, files),
        _ => Err("usage: train TRAIN DEV MODEL EPOCHS | eval MODEL FILE...".to_owned()),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn train_model(train: &str, dev: &str, model: &str, epochs: usize) -> Result<(), String> {
    let sentences = conllu::read(Path::new(train))?;
    let dev = conllu::read(Path::new(dev))?;
    let vocabulary = Vocabulary::count(&sentences);
    eprintln!("{} rows, {} relations", vocabulary.counts.len(), vocabulary.relations.len());
    let layout = Layout::new();
    let classes = net::Classes {
        upos: vocabulary.upos.len(),
        xpos: vocabulary.xpos.len(),
        relations: vocabulary.relations.len(),
    };
    let mut random = Random(7);
    let mut adam = Adam::new(&layout, vocabulary.counts.len(), &mut random);
    let held: Vec<Example> = dev.iter().map(|s| vocabulary.example(s)).collect();
    let plain: Vec<Example> = sentences.iter().map(|s| vocabulary.example(s)).collect();
    let rates = Dropout { layer: 0.2, head: 0.3 };
    let mut order: Vec<usize> = (0..plain.len()).collect();
    let steps = epochs * order.len().div_ceil(BATCH);
    let mut step = 0;
    for epoch in 0..epochs {
        let begun = std::time::Instant::now();
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        let (mut loss, mut words) = (0.0, 0);
        for batch in order.chunks(BATCH) {
            let mut examples: Vec<Example> = Vec::with_capacity(batch.len());
            for &index in batch {
                let mut example = match variants::variant(&sentences[index], &mut random) {
                    Some(variant) => vocabulary.example(&variant),
                    None => plain[index].clone(),
                };
                for rows in &mut example.rows {
                    let seen = vocabulary.counts[rows[0] as usize] as f32;
                    if rows[0] != 0 && random.unit() < 0.4 / (0.4 + seen) {
                        rows[0] = 0;
                    }
                    if random.unit() < 0.1 {
                        let drop = random.below(rows.len());
                        rows.remove(drop);
                    }
                }
                examples.push(example);
            }
            let count: usize = examples.iter().map(|e| e.rows.len()).sum();
            let task = Task { classes, rates, weight: 1.0 / count as f32 };
            // Two shards, whatever the machine, so that the sums are made in one order.
            let mut half = 0;
            let mut middle = 0;
            while half * 2 < count {
                half += examples[middle].rows.len();
                middle += 1;
            }
            let (left, right) = examples.split_at(middle);
            let (mut first, mut second) = (Random(random.next()), Random(random.next()));
            let (dense, table) = (&adam.dense, &adam.table);
            let layout_ref = &layout;
            let gradients = std::thread::scope(|scope| {
                let other = scope.spawn(move || net::gradient(layout_ref, dense, table, right, task, &mut second));
                let one = net::gradient(layout_ref, dense, table, left, task, &mut first);
                [one, other.join().expect("the thread ends")]
            });
            loss += gradients.iter().map(|g| g.loss).sum::<f64>();
            words += count;
            let progress = step as f32 / steps as f32;
            let rate = 3e-3 * (1.0 - progress) * (step as f32 / 200.0).min(1.0);
            adam.step(gradients, rate);
            step += 1;
        }
        let begun_dev = begun.elapsed();
        let mut right = [0; 4];
        let mut count = 0;
        if epoch % 2 == 1 || epoch + 1 == epochs {
            for chunk in held.chunks(BATCH) {
                let task = Task { classes, rates: Dropout { layer: 0.0, head: 0.0 }, weight: 1.0 };
                let g = net::gradient(&layout, &adam.dense, &adam.table, chunk, task, &mut random);
                for (sum, value) in right.iter_mut().zip(g.right) {
                    *sum += value;
                }
                count += g.count;
            }
        }
        let share = right.map(|r| r as f64 / count.max(1) as f64);
        eprintln!("epoch {epoch}: loss {:.4}, {:.1?}; dev {share:.4?}", loss / f64::from(words as u32), begun_dev);
    }
    let bytes = save::bytes(&vocabulary, &layout, &adam, &lemmas::learn(&sentences));
    std::fs::write(model, &bytes).map_err(|error| format!("{model}: {error}"))?;
    eprintln!("{model}: {} bytes", bytes.len());
    let trained = crossclaim_grammar::Model::read(&bytes).ok_or("the model written cannot be read")?;
    eprintln!("dev: {}", evaluate::score(&trained, &dev));
    Ok(())
}
