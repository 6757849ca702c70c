"""How other partnerships word the usual questions: the usual words of public forms, none of it taken from ours.

``OWN``: the short labels that say whose they are only by the block they stand in. ``FULL``: labels that tell it alone.
"""

from collections.abc import Mapping

OWN: Mapping[str, tuple[str, ...]] = {
    "name": ("Name", "Full name", "Print name"),
    "role": ("Position", "Job title", "Designation", "Role", "Job title / role", "Post held", "Role/Position"),
    "agency": ("Organisation", "Agency", "Agency / organisation", "Organisation/Agency", "Service"),
    "phone": ("Tel", "Telephone", "Telephone number", "Contact number", "Tel No.", "Contact telephone number", "Phone"),
    "email": ("E-mail", "Email", "Email address", "Secure email", "E-mail address", "Secure email address"),
    "date": ("Date", "Date completed"),
    "statement": ("Comments", "Comment", "Statement"),
}

FULL: Mapping[str, tuple[str, ...]] = {
    "referrer.name": (
        "Name of referrer",
        "Referrer's name",
        "Name of person making the referral",
        "Person completing this form",
        "Name of person completing form",
        "Referrer name",
    ),
    "referrer.role": ("Job title of referrer", "Referrer's job title", "Referrer's role", "Position of referrer"),
    "referrer.agency": ("Referring agency", "Referrer's agency", "Referring organisation", "Agency of referrer"),
    "referrer.phone": ("Referrer's telephone number", "Referrer's contact number", "Telephone number of referrer"),
    "referrer.email": ("Referrer's email address", "Referrer's email", "Email address of referrer"),
    "referral.date": ("Date of referral", "Date of this referral", "Referral date", "Date referral made"),
    "lead.name": (
        "Name of safeguarding lead with whom the case was discussed",
        "Designated safeguarding lead discussed with",
        "Discussed with (name of safeguarding lead)",
        "Safeguarding lead consulted",
    ),
    "lead.date": ("Date of discussion", "Date discussed", "Date discussed with safeguarding lead"),
    "qa.name": (
        "Name of Practice Review Group member endorsing the referral",
        "Name of PRSG member",
        "Quality assured by",
        "Name of sub-group member",
    ),
    "qa.date": ("Date quality assured", "Date of quality assurance", "Date endorsed"),
    "child.name": (
        "Name of child",
        "Child's name",
        "Child's full name",
        "Full name of child",
        "Name of child / young person",
    ),
    "child.aka": ("Also known as", "Any other names used", "Other names / aliases", "Alias / AKA", "Known as"),
    "child.dob": ("Date of birth", "DOB", "D.O.B.", "D.o.B", "Date of birth (or EDD)", "Child's date of birth"),
    "child.dod": (
        "Date of death",
        "Date of death (if applicable)",
        "Date of death, if applicable",
        "DoD (if applicable)",
    ),
    "child.gender": ("Gender", "Sex", "Gender (M/F)", "Sex / gender"),
    "child.ethnicity": ("Ethnicity", "Ethnic origin", "Ethnic background", "Ethnicity of child"),
    "child.disability": (
        "Disability",
        "Any disability",
        "Disability (please state)",
        "Disabilities / additional needs",
    ),
    "child.language": ("First language", "Language spoken", "Main language", "Preferred language", "Language"),
    "child.address": ("Home address", "Address", "Child's home address", "Usual address", "Home address and postcode"),
    "child.nhs_number": ("NHS number", "NHS No.", "NHS no", "Child's NHS number"),
    "child.school": (
        "School",
        "School / nursery",
        "Nursery / school attended",
        "School or early years setting",
        "Education setting",
    ),
    "child.gp": ("GP", "GP practice", "GP name and surgery", "Name of GP"),
    "child.legal_status": (
        "Legal status",
        "Current legal status",
        "Status (CP plan, CIN, LAC)",
        "Child's legal status",
    ),
    "incident.date": (
        "Date of incident",
        "Date of the incident",
        "Incident date",
        "Date of serious incident",
        "When did the incident happen?",
        "Date of critical incident",
        "Date incident occurred",
    ),
    "incident.date_aware": (
        "Date agency became aware",
        "Date your agency became aware of the incident",
        "Date agency was made aware of incident",
        "When did your agency become aware?",
    ),
    "incident.place": (
        "Location of incident",
        "Place of incident",
        "Where did the incident happen?",
        "Where did it take place?",
        "Location of the incident",
        "Address where incident occurred",
    ),
    "incident.summary": (
        "Brief summary of the incident",
        "Summary of incident",
        "Circumstances of the incident",
        "What happened?",
        "Details of the incident",
        "Description of incident",
        "Brief outline of the circumstances",
        "Please describe what happened",
    ),
    "referral.reason": (
        "Reason for referral",
        "Reasons for making this referral",
        "Why are you making this referral?",
        "Rationale for referral",
        "Reason for the referral",
        "Why are you referring this case?",
    ),
    "practice.concerns": (
        "Concerns about multi-agency practice",
        "Multi-agency practice issues",
        "Concerns about how agencies worked together",
        "Issues identified in multi-agency working",
    ),
    "practice.good": (
        "Good practice identified",
        "Examples of good practice",
        "Good practice",
        "Areas of good practice",
    ),
    "referral.late_reason": (
        "If over 5 working days since the incident, please explain the delay",
        "Reason for delay if the referral is made after 5 days",
        "If the referral is late, please say why",
    ),
    "safety.current_risk": (
        "Is any child currently at risk?",
        "Is any child at risk of harm now?",
        "Are any children at risk now?",
        "Is this child or any other child at immediate risk?",
    ),
    "risk.words": (
        "If yes, what action has been taken?",
        "Action taken",
        "Details of action taken to safeguard the child",
    ),
}

DIED = (
    "A child has died and abuse or neglect is known or suspected",
    "The child has died and abuse or neglect is known or suspected",
    "Child has died, and abuse or neglect is known or suspected",
    "Abuse or neglect is known or suspected and the child has died",
)
HARMED = (
    "A child has been seriously harmed and abuse or neglect is known or suspected",
    "The child has been seriously harmed and abuse or neglect is known or suspected",
    "Child has been seriously harmed, and abuse or neglect is known or suspected",
    "Abuse or neglect is known or suspected and the child has been seriously harmed",
)
PARALLEL: Mapping[str, tuple[str, ...]] = {
    "Police investigation": ("Police investigation", "Police", "Criminal / police investigation"),
    "Coroner": ("Coroner", "Coroner's inquest", "Coronial process"),
    "Care proceedings": ("Care proceedings", "Family court / care proceedings"),
    "CDOP": ("CDOP", "Child Death Overview Panel (CDOP)", "Child death review (CDOP)"),
    "DHR": ("DHR", "Domestic Homicide Review (DHR)", "Domestic homicide review"),
    "SAR": ("SAR", "Safeguarding Adults Review (SAR)", "Safeguarding adult review"),
    "LADO": ("LADO", "LADO process", "LADO / allegations process"),
}
HARM: Mapping[str, tuple[str, ...]] = {
    "Death": ("Death", "Death of child"),
    "Serious harm: physical": ("Serious physical harm", "Serious harm - physical", "Physical harm"),
    "Serious harm: sexual": ("Serious sexual harm", "Serious harm - sexual", "Sexual harm"),
    "Serious harm: emotional": ("Serious emotional harm", "Serious harm - emotional", "Emotional harm"),
    "Serious harm: neglect": ("Neglect", "Serious harm - neglect", "Serious neglect"),
}
