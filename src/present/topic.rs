//! What a panel or a missing part is about, in words.

use crate::domain::Topic;

/// `Medicines`, `Social care` …
pub const fn words(topic: Topic) -> &'static str {
    match topic {
        Topic::Identity => "Name, birth date and address",
        Topic::Allergies => "Allergies",
        Topic::Medicines => "Medicines",
        Topic::Problems => "Problems",
        Topic::Results => "Results",
        Topic::Activity => "Hospital activity",
        Topic::Appointments => "Appointments",
        Topic::Plans => "Plans",
        Topic::Team => "Care team",
        Topic::Contacts => "Contacts",
        Topic::Alerts => "Alerts",
        Topic::Risk => "Risk of admission",
        Topic::Legal => "Consents and legal decisions",
        Topic::Documents => "Documents",
        Topic::SocialCare => "Social care",
    }
}
