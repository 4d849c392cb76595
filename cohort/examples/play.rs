//! Plays the hospitals on by hand: `cargo run --example play -- 40 60 rm2=http://…/rm2`: 40 people, 60 events a minute.

use std::sync::atomic::AtomicBool;

use cohort::{Options, PlayOptions, Programme, Source, Target, play};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise| {
        arguments
            .next()
            .and_then(|count| count.parse().ok())
            .unwrap_or(otherwise)
    };
    let (patients, rate) = (number(40), number(60));
    let targets: Vec<Target> = arguments
        .filter_map(|argument| {
            argument
                .split_once('=')
                .and_then(|(id, url)| Some(Target::new(Source::from_id(id)?, url)))
        })
        .collect();
    let now = || {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        chrono::DateTime::from_timestamp(i64::try_from(since.as_secs()).unwrap_or(0), 0)
            .unwrap_or_default()
            .naive_utc()
    };
    let programme = Programme::new(Options {
        seed: 1,
        patients,
        today: now(),
    });
    let options = PlayOptions {
        per_minute: u32::try_from(rate).unwrap_or(60),
        ..PlayOptions::default()
    };
    let tell = |event: &cohort::Event| {
        println!(
            "{} {} {}: {}",
            event.at,
            event.source.id(),
            event.listed,
            event.what
        );
    };
    if let Err(error) = play(
        &programme,
        &targets,
        &options,
        &now,
        &tell,
        &AtomicBool::new(false),
    ) {
        println!("{error}");
    }
}
