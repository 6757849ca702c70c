"""The words that invented cases are made of. Obviously invented people and places; agencies are Salford's own."""

FORENAMES = (
    "Orla",
    "Tam",
    "Kit",
    "Nia",
    "Pat",
    "Lee",
    "Quinn",
    "Rae",
    "Ann",
    "Rob",
    "Mo",
    "Zed",
    "Jo-Anne",
    "Seán",
    "Zoë",
    "D'Arcy",
    "Siân",
)
SURNAMES = (
    "Example",
    "Madeup",
    "Invented",
    "Nobody",
    "Sample",
    "O'Pretend",
    "Fable-Smith",
    "Fictional",
    "Mc Imagined",
    "van Noone",
    "Müllerby",
)
RELATIONS = ("Mother", "Father", "Sibling", "Mother's partner", "Maternal grandmother", "Step-father", "Half-brother")
AGENCIES = (
    "Greater Manchester Police",
    "GMP",
    "Fable Primary School",
    "Salford City Council Children's Services",
    "Northern Care Alliance NHS FT",
    "Made Up Housing",
    "Probation Service",
    "CAMHS",
    "0-19 Service",
)
ROLES = (
    "Detective Inspector",
    "Social worker",
    "Named nurse for safeguarding children",
    "DSL",
    "Head of Service",
    "Midwife (band 7)",
)
QA_ROLES = (
    "PRSG member",
    "Detective Superintendent",
    "PRSG representative",
    "Head of Safeguarding",
    "Designated nurse",
)
STREETS = ("Made Up Street", "Nowhere Lane", "Fable Road", "St Nobody's Close", "Imagined Avenue")
SCHOOLS = ("Nowhere Nursery", "Fable Primary School", "St Nobody's RC High", "Home educated", "Not in education")
SURGERIES = ("Fable Surgery", "Nowhere Health Centre", "The Imagined Practice")
ETHNICITIES = (
    "White British",
    "Asian or Asian British - Pakistani",
    "Black African",
    "Mixed: White and Black Caribbean",
    "Any other",
)
DISABILITIES = ("None known", "Autism; speech delay", "Epilepsy", "No", "Learning disability (moderate)")
CRITERIA = (
    "A child has died and abuse or neglect is known or suspected",
    "A child has been seriously harmed and abuse or neglect is known or suspected",
)
HARM = ("Death", "Serious harm: physical", "Serious harm: sexual", "Serious harm: emotional", "Serious harm: neglect")
PARALLEL = ("Police investigation", "Coroner", "Care proceedings", "CDOP", "DHR", "SAR", "LADO")
ACTIONS = (
    "Police informed.",
    "Siblings placed with an aunt; strategy meeting held.",
    "Section 47 enquiry begun on the same day.",
)
LATE = (
    "Awaiting the medical.",
    "The incident came to light only after a disclosure.",
    "Staff absence.",
    "Advice was sought first.",
)
STATEMENTS = (
    "Read and agreed.",
    "I agree that this should be considered.",
    "Agreed, signed electronically.",
    "TBC",
    "Yes",
)
GOOD = (
    "The nurse rang twice.",
    "The school wrote everything down and shared it within a day.",
    "Good liaison between police and health.",
)
VAGUE_DATES = (
    "Between 1 and 3 November 2026",
    "early November 2026",
    "10/11/2026 at about 14:30",
    "over the weekend of 7/8 November 2026",
)
SENTENCES = (
    "A neighbour called the police in the evening.",
    "Tam was found injured at home and taken to hospital by ambulance.",
    "Two agencies each thought the other was visiting.",
    "Name: not known at the time.",
    "The date of birth was checked with the GP.",
    "First contact was on 1/2/2026, the second on 3 March.",
    "Mum (aged 31) said \u201che fell\u201d \u2013 this did not match the injury.",
    "No referral was made after the disclosure on 02.05.26.",
    "The agency's chronology shows 14 missed appointments.",
    "Information was not shared between midwifery & the health visitor.",
    "LADO was informed; the outcome is awaited.",
)
