//! Fills record APIs by hand, with timings: `cargo run --example fill -- 40 shared=http://…/shared rw3=http://…/rw3`.

use std::{sync::atomic::AtomicBool, time::Instant};

use cohort::{Options, Programme, Source, Target, load};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let patients = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(40);
    let targets: Vec<Target> = arguments
        .filter_map(|argument| {
            let (id, url) = argument.split_once('=')?;
            Some(Target::new(Source::from_id(id)?, url))
        })
        .collect();
    let Some(today) =
        chrono::NaiveDate::from_ymd_opt(2026, 11, 22).and_then(|day| day.and_hms_opt(14, 5, 0))
    else {
        return;
    };
    let programme = Programme::new(Options {
        seed: 1,
        patients,
        today,
    });
    if targets.is_empty() {
        return sizes(&programme);
    }
    let started = Instant::now();
    let done = load(&programme, &targets, &|_| {}, &AtomicBool::new(false), 0);
    match done {
        Ok(done) => {
            let total: usize = done.resources.values().sum();
            println!(
                "{total} resources in {:.1?}: {:?}, complete {}",
                started.elapsed(),
                done.resources,
                done.complete
            );
            for refusal in done.refused.iter().take(400) {
                println!(
                    "refused: {} {} {}",
                    refusal.source.id(),
                    refusal.resource,
                    refusal.reason
                );
            }
        }
        Err(error) => println!("{error}"),
    }
}

/// Without targets: how many resources, and how long it takes to make them.
fn sizes(programme: &Programme) {
    let started = Instant::now();
    let mut counts = std::collections::BTreeMap::<Source, usize>::new();
    let mut bytes = 0;
    for n in 0..programme.len() {
        for (source, resources) in programme.person(n) {
            *counts.entry(source).or_default() += resources.len();
            bytes += resources
                .iter()
                .map(|resource| resource.to_string().len())
                .sum::<usize>();
        }
    }
    println!(
        "{:?} = {} resources, {bytes} bytes, in {:.1?}",
        counts,
        counts.values().sum::<usize>(),
        started.elapsed()
    );
}
