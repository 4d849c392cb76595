//! The headings of each section, in the order in which they are written.

use super::part::Field;

pub(super) const PLAN: [Field; 8] = [
    Field::Status,
    Field::Summary,
    Field::Need,
    Field::PlanTeam,
    Field::Supporting,
    Field::AgreedWith,
    Field::NextReview,
    Field::Responsible,
];

pub(super) const GOAL: [Field; 6] = [
    Field::Goal,
    Field::GoalNeed,
    Field::Importance,
    Field::GoalStatus,
    Field::Achievement,
    Field::TargetDate,
];

pub(super) const ACTION: [Field; 6] = [
    Field::Action,
    Field::Serves,
    Field::Owner,
    Field::Due,
    Field::ActionStatus,
    Field::Priority,
];

pub(super) const CARER: [Field; 9] = [
    Field::GivenName,
    Field::FamilyName,
    Field::Relationship,
    Field::NextOfKin,
    Field::Carer,
    Field::EmergencyContact,
    Field::Dependant,
    Field::Phone,
    Field::NotInTouch,
];

pub(super) const ALERT: [Field; 5] = [
    Field::Alert,
    Field::RiskType,
    Field::Since,
    Field::Until,
    Field::AlertStatus,
];

pub(super) const ADJUSTMENT: [Field; 4] = [
    Field::Adjustment,
    Field::Since,
    Field::Until,
    Field::AlertStatus,
];

pub(super) const CPR: [Field; 5] = [
    Field::Decision,
    Field::DecidedOn,
    Field::Paper,
    Field::ReviewBy,
    Field::RecordStatus,
];

pub(super) const WISH: [Field; 6] = [
    Field::WishKind,
    Field::Wish,
    Field::DecidedOn,
    Field::Paper,
    Field::ReviewBy,
    Field::RecordStatus,
];

pub(super) const CONSENT: [Field; 8] = [
    Field::ConsentKind,
    Field::Given,
    Field::ConsentOn,
    Field::Attorney,
    Field::Paper,
    Field::Since,
    Field::Until,
    Field::ConsentStatus,
];

pub(super) const TEAM: [Field; 6] = [
    Field::KeyWorker,
    Field::Member,
    Field::MemberRole,
    Field::OnBehalfOf,
    Field::Since,
    Field::Until,
];
