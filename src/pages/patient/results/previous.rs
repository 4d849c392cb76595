//! What a test said before, in the same unit.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::domain::When;
use crate::domain::result::{Finding, ResultValue, TestKey, unit_key};
use crate::present::{date, result};

type Said = (DateTime<Utc>, String);

/// Every value by test and unit, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Previous(HashMap<(TestKey, String), Vec<Said>>);

impl Previous {
    pub fn of(findings: &[Finding]) -> Self {
        let mut all: HashMap<_, Vec<Said>> = HashMap::new();
        for it in findings.iter().filter(|it| !it.is_error()) {
            if let (Some(key), Some(when), Some(at)) = (key(it), it.when(), moment(it)) {
                let words = format!("{}, {}", result::value(&it.value), date::when_day(when));
                all.entry(key).or_default().push((at, words));
            }
        }
        for list in all.values_mut() {
            list.sort_by_key(|(at, _)| *at);
        }
        Self(all)
    }

    /// "4.9 mmol/L, 02-Mar-2026".
    pub fn before(&self, it: &Finding) -> Option<String> {
        let at = moment(it)?;
        let list = self.0.get(&key(it)?)?;
        list.iter()
            .rev()
            .find(|(earlier, _)| *earlier < at)
            .map(|(_, words)| words.clone())
    }
}

fn key(it: &Finding) -> Option<(TestKey, String)> {
    match &it.value {
        ResultValue::Quantity(amount) => {
            Some((TestKey::of(&it.test)?, unit_key(amount.unit.as_deref())))
        }
        _ => None,
    }
}

fn moment(it: &Finding) -> Option<DateTime<Utc>> {
    it.when().and_then(When::earliest)
}
