//! Which results are shown.

use crate::domain::Concept;
use crate::domain::folding::fold;
use crate::domain::result::{Finding, ResultGroup};
use crate::pages::listing::Item;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Abnormal,
    Laboratory,
    VitalSigns,
}

impl Filter {
    pub const ALL: [Self; 4] = [
        Self::All,
        Self::Abnormal,
        Self::Laboratory,
        Self::VitalSigns,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Abnormal => "Abnormal",
            Self::Laboratory => "Laboratory",
            Self::VitalSigns => "Vital signs",
        }
    }

    fn has(self, group: &ResultGroup, it: &Finding) -> bool {
        match self {
            Self::All => true,
            Self::Abnormal => it.is_abnormal(),
            Self::Laboratory => it.is_category("laboratory") || is_laboratory(group),
            Self::VitalSigns => it.is_category("vital-signs"),
        }
    }
}

/// <http://terminology.hl7.org/CodeSystem/v2-0074>.
fn is_laboratory(group: &ResultGroup) -> bool {
    let categories = || group.report.iter().flat_map(|it| it.categories.iter());
    let codes = categories()
        .flat_map(|it| it.codings.iter())
        .filter_map(|it| it.code.as_deref());
    codes
        .into_iter()
        .any(|it| it == "LAB" || it == "laboratory")
        || categories().any(|it| it.says("Laboratory"))
}

/// The groups with what is wanted of them; a report whose name was typed is shown with everything in it.
pub fn choose(all: &[ResultGroup], filter: Filter, typed: &str) -> Vec<Item<ResultGroup>> {
    let typed = fold(typed);
    all.iter()
        .filter_map(|group| part(group, filter, typed.trim()))
        .map(|group| Item::at(group.when.clone().as_ref(), group))
        .collect()
}

fn part(group: &ResultGroup, filter: Filter, typed: &str) -> Option<ResultGroup> {
    let says = |it: &Concept| it.label().is_some_and(|it| fold(it).contains(typed));
    let named = typed.is_empty() || group.what.as_ref().is_some_and(says);
    let wanted = |it: &&Finding| {
        filter.has(group, it)
            && (named || says(&it.test) || it.components.iter().any(|it| says(&it.test)))
    };
    let findings: Vec<_> = group.findings.iter().filter(wanted).cloned().collect();
    // A report may be nothing but its conclusion.
    let bare = group.findings.is_empty()
        && named
        && (filter == Filter::All || (filter == Filter::Laboratory && is_laboratory(group)));
    (bare || !findings.is_empty()).then(|| ResultGroup {
        findings,
        ..group.clone()
    })
}
