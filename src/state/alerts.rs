//! Of what a reader wants to be told, and when: kept on this device.

use chrono::{DateTime, NaiveTime, Utc};

use crate::domain::change::TOLD_LATE;
use crate::domain::stream::Event;

/// `Default` tells of what nobody had planned, of all of the reader's people, at any time, inside the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertRules {
    pub about: AlertAbout,
    pub whom: AlertWhom,
    pub quiet: Option<QuietHours>,
    pub outside: Outside,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertAbout {
    #[default]
    Unplanned,
    Everything,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertWhom {
    #[default]
    AllMine,
    /// People whose key worker the reader is.
    KeyWorker,
}

/// Whether this device itself shows a notice, too, when the reader is elsewhere. The page goes on watching then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outside {
    #[default]
    Silent,
    Notified,
}

/// Whole hours of the day in England: from the first, until the second begins. May go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    from: u8,
    until: u8,
}

impl QuietHours {
    /// `None` where these are no two different hours of a day.
    pub fn new(from: u8, until: u8) -> Option<Self> {
        (from < 24 && until < 24 && from != until).then_some(Self { from, until })
    }

    pub fn from(self) -> u8 {
        self.from
    }

    pub fn until(self) -> u8 {
        self.until
    }

    pub fn include(self, time: NaiveTime) -> bool {
        use chrono::Timelike;
        let (from, until) = (u32::from(self.from), u32::from(self.until));
        let hour = time.hour();
        if from < until {
            (from..until).contains(&hour)
        } else {
            hour >= from || hour < until
        }
    }
}

impl AlertRules {
    /// Whether this is told of: what is long past is no news. `is_key_worker`: of this person, the reader; asked only
    /// where it matters.
    pub fn tell(
        &self,
        event: &Event,
        now: DateTime<Utc>,
        is_key_worker: impl FnOnce() -> bool,
    ) -> bool {
        let about = self.about == AlertAbout::Everything || event.change.is_unplanned();
        let is_news = now - event.change.at <= TOLD_LATE;
        about && is_news && (self.whom == AlertWhom::AllMine || is_key_worker())
    }

    pub fn are_quiet(&self, time: NaiveTime) -> bool {
        self.quiet.is_some_and(|it| it.include(time))
    }

    /// As text, to be kept on the device.
    pub fn to_text(&self) -> String {
        let mut words = Vec::new();
        if self.about == AlertAbout::Everything {
            words.push("everything".to_owned());
        }
        if self.whom == AlertWhom::KeyWorker {
            words.push("key-worker".to_owned());
        }
        if self.outside == Outside::Notified {
            words.push("outside".to_owned());
        }
        if let Some(QuietHours { from, until }) = self.quiet {
            words.push(format!("quiet-{from}-{until}"));
        }
        words.join(" ")
    }

    /// Reads [`AlertRules::to_text`]; words that are not known are left out.
    pub fn from_text(text: &str) -> Self {
        let mut rules = Self::default();
        for word in text.split_whitespace() {
            match word {
                "everything" => rules.about = AlertAbout::Everything,
                "key-worker" => rules.whom = AlertWhom::KeyWorker,
                "outside" => rules.outside = Outside::Notified,
                other => {
                    let hours = other.strip_prefix("quiet-");
                    let hours = hours.and_then(|it| it.split_once('-'));
                    rules.quiet = rules.quiet.or_else(|| {
                        let (from, until) = hours?;
                        QuietHours::new(from.parse().ok()?, until.parse().ok()?)
                    });
                }
            }
        }
        rules
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::activity::Setting;
    use crate::domain::sample::{encounter, now, time};
    use crate::domain::{Facts, PatientId, stream};

    fn at(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 59, 0).unwrap()
    }

    #[test]
    fn quiet_hours_go_over_midnight_and_end_when_the_last_begins() {
        let night = QuietHours::new(18, 8).unwrap();
        assert!([18, 23, 0, 7].into_iter().all(|it| night.include(at(it))));
        assert!([8, 12, 17].into_iter().all(|it| !night.include(at(it))));
        let lunch = QuietHours::new(12, 13).unwrap();
        assert!(lunch.include(at(12)) && !lunch.include(at(13)) && !lunch.include(at(11)));
        assert_eq!(QuietHours::new(8, 8), None);
        assert_eq!(QuietHours::new(8, 24), None);
        assert!(!AlertRules::default().are_quiet(at(3)));
    }

    #[test]
    fn what_happened_more_than_two_days_ago_is_told_of_nobody() {
        let told = |start: &str| {
            let facts = Facts {
                encounters: vec![encounter("rw3", Setting::Emergency, start, "").into()],
                ..Facts::default()
            };
            let jane = PatientId::parse("jane").unwrap();
            let all = stream::events(&jane, &facts, time("2026-10-01T00:00:00Z"), now());
            AlertRules::default().tell(&all[0], now(), || false)
        };
        assert!(told("2026-11-22T14:00:00Z") && told("2026-11-20T14:10:00Z"));
        assert!(!told("2026-11-20T14:00:00Z") && !told("2026-11-10T14:00:00Z"));
    }

    #[test]
    fn rules_are_kept_as_text_and_nonsense_is_left_out() {
        let all = AlertRules {
            about: AlertAbout::Everything,
            whom: AlertWhom::KeyWorker,
            quiet: QuietHours::new(18, 8),
            outside: Outside::Notified,
        };
        for rules in [all, AlertRules::default()] {
            assert_eq!(AlertRules::from_text(&rules.to_text()), rules);
        }
        let broken = AlertRules::from_text("x quiet-1 quiet-a-b quiet-9-9 quiet-30-2");
        assert_eq!(broken, AlertRules::default());
    }
}
