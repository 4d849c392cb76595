//! The browsers in which the main journeys are played: `end2end/browsers/`.

use std::str::FromStr;

use super::Options;
use crate::problem::Problem;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

impl Engine {
    /// As `ALONGSIDE_BROWSER` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

impl FromStr for Engine {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        ALL.into_iter()
            .find(|engine| engine.name() == name)
            .ok_or_else(|| {
                Problem::new(format!(
                    "--browser takes chromium, firefox or webkit, not `{name}`."
                ))
            })
    }
}

/// Where the main journeys are to be played. Whoever names a journey and no browser wants that journey alone.
pub fn asked_for(options: &Options) -> Vec<Engine> {
    if !options.engines.is_empty() {
        options.engines.clone()
    } else if options.journeys.is_empty() {
        ALL.to_vec()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::Part;

    fn options(journeys: &[&str], engines: &[Engine]) -> Options {
        Options {
            part: Part::Journeys,
            apis: None,
            journeys: journeys.iter().map(ToString::to_string).collect(),
            engines: engines.to_vec(),
        }
    }

    #[test]
    fn every_browser_unless_one_or_a_journey_is_named() {
        assert_eq!(asked_for(&options(&[], &[])), ALL);
        assert_eq!(asked_for(&options(&["finder"], &[])), []);
        assert_eq!(
            asked_for(&options(&[], &[Engine::WebKit])),
            [Engine::WebKit]
        );
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for engine in ALL {
            assert_eq!(engine.name().parse::<Engine>().ok(), Some(engine));
        }
        assert!("safari".parse::<Engine>().is_err());
    }
}
