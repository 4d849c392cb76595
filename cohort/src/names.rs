//! Names as heard in Manchester, by community, each with the ethnic category most of its bearers give.

/// Names that go together.
pub(crate) struct Community {
    /// Weight among a thousand people.
    pub share: u32,
    /// `UKCore-EthnicCategory` code and words.
    pub ethnicity: (&'static str, &'static str),
    /// The language spoken at home, where an interpreter may be needed: BCP-47 code and name.
    pub language: Option<(&'static str, &'static str)>,
    pub families: &'static [&'static str],
    pub women: &'static [&'static str],
    pub men: &'static [&'static str],
}

#[rustfmt::skip]
pub(crate) const COMMUNITIES: &[Community] = &[
    Community {
        share: 590,
        ethnicity: ("A", "British, Mixed British"),
        language: None,
        families: &[
            "Ashworth", "Barlow", "Bennett", "Booth", "Bradshaw", "Brown", "Butterworth", "Chadwick", "Clarke", "Clegg", "Connor", "Cooper",
            "Crompton", "Davies", "Dawson", "Duckworth", "Edwards", "Entwistle", "Fielding", "Fletcher", "Grimshaw", "Hall", "Hargreaves",
            "Harrison", "Hesketh", "Heywood", "Holt", "Howarth", "Hughes", "Jackson", "Johnson", "Jones", "Kay", "Kershaw", "Lees", "Lomax",
            "Marsden", "Mellor", "Mitchell", "Morris", "Nuttall", "Ogden", "Openshaw", "Parkinson", "Pilkington", "Ramsbottom", "Rigby",
            "Roberts", "Robinson", "Schofield", "Shaw", "Smith", "Stott", "Taylor", "Thompson", "Tyldesley", "Walker", "Walsh", "Whittaker",
            "Wild", "Williams", "Wilson", "Wood", "Worthington", "Wright", "Yates",
        ],
        women: &[
            "Ann", "Barbara", "Beryl", "Betty", "Brenda", "Carol", "Christine", "Dorothy", "Doreen", "Edith", "Edna", "Eileen", "Elsie",
            "Freda", "Gladys", "Hilda", "Irene", "Jane", "Janet", "Jean", "Joan", "Joyce", "Kathleen", "Linda", "Margaret", "Marjorie", "Mary",
            "Maureen", "Mavis", "Nora", "Olive", "Patricia", "Pauline", "Rita", "Sheila", "Susan", "Sylvia", "Vera", "Winifred",
        ],
        men: &[
            "Alan", "Albert", "Arthur", "Barry", "Brian", "Colin", "David", "Dennis", "Derek", "Donald", "Eric", "Ernest", "Frank", "Fred",
            "Geoffrey", "George", "Gordon", "Harold", "Harry", "Jack", "James", "John", "Kenneth", "Leslie", "Malcolm", "Norman", "Peter",
            "Philip", "Raymond", "Robert", "Ronald", "Roy", "Stanley", "Terence", "Thomas", "Walter", "William",
        ],
    },
    Community {
        share: 90,
        ethnicity: ("B", "Irish"),
        language: None,
        families: &["O’Brien", "Murphy", "Kelly", "Byrne", "Gallagher", "McDonagh", "Doyle", "Brennan", "O’Connor", "Fitzgerald", "Nolan", "Quinn"],
        women: &["Bridget", "Maureen", "Kathleen", "Nuala", "Siobhán", "Bernadette", "Teresa", "Philomena", "Oonagh"],
        men: &["Patrick", "Seán", "Michael", "Declan", "Brendan", "Eamonn", "Liam", "Fergus"],
    },
    Community {
        share: 130,
        ethnicity: ("J", "Pakistani or British Pakistani"),
        language: Some(("ur", "Urdu")),
        families: &["Ahmed", "Akhtar", "Ali", "Bibi", "Butt", "Chaudhry", "Hussain", "Iqbal", "Khan", "Mahmood", "Malik", "Mirza", "Rashid", "Shah"],
        women: &["Amina", "Fatima", "Ghazala", "Khadija", "Nasreen", "Parveen", "Rukhsana", "Safia", "Shamim", "Zainab"],
        men: &["Abdul", "Asif", "Ghulam", "Imtiaz", "Javed", "Liaqat", "Mohammed", "Nazir", "Riaz", "Tariq", "Yusuf"],
    },
    Community {
        share: 70,
        ethnicity: ("M", "Caribbean"),
        language: None,
        families: &["Bailey", "Campbell", "Francis", "Gordon", "Grant", "Henry", "Lewis", "Morgan", "Reid", "Samuels", "Stewart", "Wynter"],
        women: &["Beverley", "Claudette", "Cynthia", "Gloria", "Hyacinth", "Icilda", "Merle", "Verna", "Yvonne"],
        men: &["Alford", "Clive", "Desmond", "Egbert", "Lloyd", "Neville", "Oswald", "Vincent", "Winston"],
    },
    Community {
        share: 50,
        ethnicity: ("N", "African"),
        language: Some(("so", "Somali")),
        families: &["Abdi", "Achebe", "Adeyemi", "Boateng", "Eze", "Hassan", "Mensah", "Nwosu", "Okafor", "Okoro", "Omar", "Osei"],
        women: &["Adaeze", "Amara", "Comfort", "Efua", "Halima", "Ngozi", "Sagal", "Yetunde"],
        men: &["Chidi", "Emeka", "Ifeanyi", "Kofi", "Kwame", "Mahad", "Olumide", "Samuel"],
    },
    Community {
        share: 25,
        ethnicity: ("R", "Chinese"),
        language: Some(("yue", "Cantonese")),
        families: &["Chan", "Cheung", "Lam", "Lau", "Leung", "Ng", "Tang", "Wong", "Yip"],
        women: &["Lai Fong", "Mei Ling", "Siu Wai", "Yuk Lan"],
        men: &["Chi Keung", "Kwok Wing", "Man Fai", "Tin Yau"],
    },
    Community {
        share: 30,
        ethnicity: ("C", "Any other White background"),
        language: Some(("pl", "Polish")),
        families: &["Jankowski", "Kowalczyk", "Lewandowski", "Mazur", "Nowak", "Pawlak", "Szymański", "Wójcik", "Zieliński"],
        women: &["Bożena", "Danuta", "Halina", "Irena", "Jadwiga", "Teresa"],
        men: &["Andrzej", "Henryk", "Jerzy", "Kazimierz", "Stanisław", "Zbigniew"],
    },
    Community {
        share: 15,
        ethnicity: ("S", "Any other ethnic group"),
        language: Some(("ar", "Arabic")),
        families: &["Al-Amin", "Al-Sayed", "Haddad", "Khoury", "Mansour", "Nasser"],
        women: &["Layla", "Mariam", "Noor", "Samira"],
        men: &["Fadi", "Ibrahim", "Khalid", "Omar"],
    },
];

/// Given names of people of working age, for staff and families.
#[rustfmt::skip]
pub(crate) const YOUNGER_WOMEN: &[&str] = &[
    "Aisha", "Alice", "Amy", "Beth", "Carol", "Chloe", "Claire", "Emma", "Fiona", "Gemma", "Grace", "Hannah", "Helen", "Jaya", "Joanne", "Julie",
    "Karen", "Kate", "Laura", "Lucy", "Maria", "Nadia", "Nicola", "Olivia", "Priya", "Rachel", "Ruth", "Sadia", "Sarah", "Shanice", "Sophie",
    "Tracey", "Wanjiru", "Yasmin", "Zoe",
];
#[rustfmt::skip]
pub(crate) const YOUNGER_MEN: &[&str] = &[
    "Adam", "Andrew", "Anthony", "Ben", "Callum", "Chris", "Daniel", "Darren", "Dominic", "Ewan", "Gareth", "Hamza", "Ian", "Imran", "James",
    "Kieran", "Lee", "Mark", "Matthew", "Naveed", "Neil", "Oliver", "Paul", "Ravi", "Rob", "Ryan", "Sanjay", "Simon", "Stephen", "Tom", "Tunde", "Wei",
];

/// Family names of staff.
#[rustfmt::skip]
pub(crate) const STAFF_FAMILIES: &[&str] = &[
    "Achebe", "Adeyemi", "Ahmed", "Ali", "Begum", "Bennett", "Bianchi", "Boateng", "Booth", "Brady", "Chan", "Clarke", "Coyle", "D’Souza", "Das",
    "Dunne", "Ellis", "Evans", "Farrell", "Fenn", "Fernandes", "Foster", "Gill", "Greenwood", "Gupta", "Hall", "Hassan", "Healy", "Hussain",
    "Ibrahim", "Jackson", "Joseph", "Kaur", "Khan", "Kowalski", "Lawal", "Lewis", "Mahmood", "Malone", "Mathew", "McKenna", "Mensah", "Mistry",
    "Moyo", "Nair", "Ncube", "Novak", "O’Neill", "Okoro", "Osborne", "Parekh", "Patel", "Pereira", "Price", "Quinn", "Rahman", "Reid", "Roberts",
    "Santos", "Shah", "Sharma", "Sheikh", "Singh", "Stubbs", "Sutcliffe", "Thomas", "Turner", "Varghese", "Wallace", "Ward", "Whitfield", "Yeung",
];
