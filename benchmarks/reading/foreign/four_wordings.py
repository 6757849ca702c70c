"""What four teams ask and in which words: a hospital, a probation office, a housing association, a council.

A form is its sections in order, ``key = title``, each with its labels in the order of that key's ``FIELDS``.
"""

FIELDS = {
    "referrer": "referrer.name referrer.role referrer.agency referrer.email referrer.phone referral.date "
    "lead.name lead.date",
    "child": "child.name child.aka child.dob child.dod child.gender child.nhs_number child.ethnicity child.language "
    "child.disability child.legal_status child.address child.school child.gp",
    "incident": "incident.date incident.date_aware incident.place incident.summary incident.harm referral.criteria "
    "referral.reason referral.late_reason practice.concerns practice.good parallel.processes risk risk.words",
    "qa": "qa.name qa.role qa.agency qa.date qa.statement",
}
HOSPITAL = """referrer = 1. Person referring
Referred by | Job role | Trust or agency | Work email | Contact phone | Date form filled in
Safeguarding lead spoken to | Spoken to lead on
child = 2. Child
Name of the child | Otherwise known as | Date of birth | Date died (if relevant) | Sex | NHS number | Ethnic group
Language at home | Disability or health condition | Social care status | Lives at | School or nursery
GP and surgery
family = 3. Family and household
Name, Relation to child, Date of birth, Address
agencies = 4. Services involved
Service, Worker, Phone or email
incident = 5. The incident
Date it happened | Date your service found out | Where it happened | What happened to the child
Type of harm (X all that apply) | Which applies to the child? (X) | Why the case is being referred
If referred after more than 5 working days, the reason for this | Worries about how services worked together
What was done well | Other enquiries under way (X all that apply) | Is this child or another child still at risk? (X)
If yes, steps taken to keep children safe
qa = 6. Quality check by Practice Review Group member
Checked by | Position | Organisation | Date checked | Remarks"""
PROBATION = """referrer = Referring officer
Name of officer | Grade or post | Office or organisation | Email | Office telephone | Referral made on
Safeguarding lead who gave advice | Advice given on
incident = Incident
Incident took place on | Our agency learned of it on | Incident took place at | Account of the incident
Harm suffered | Criterion met | Grounds for referral | Explanation if referred after five working days
Concerns about joint working | Strengths in practice | Other proceedings in progress | Continuing risk to any child
Protective action taken
child = Child
Name of child or young person | Aliases | Date of birth | If deceased, date of death | Gender | NHS no. | Ethnicity
Spoken language | Disability or learning need | Status with children's services | Current address
School or training | Registered GP
family = Family member
Name, Relationship to child, Date of birth, Address
agencies = Agency involved
Agency, Key worker, Contact details
qa = Endorsement by Practice Review Group member
Endorsed by | Rank or position | Agency | Endorsed on | Remarks"""
HOUSING = """referrer = About you
Your name | Your job | Organisation you work for | Your email | Best number to reach you on
Date you are sending this | Safeguarding lead you talked to | When you talked to them
child = Child
Child's first name and surname | Other names used | Date of birth | If the child has died, date of death | Gender
NHS number (if known) | Ethnicity | Language they speak | Disability or support need | Plan or legal status
Where the child lives | School or nursery they go to | Doctor (GP)
incident = What happened
When it happened | When your organisation first knew | Where it was | Tell us about the incident
How was the child harmed? (tick all that apply) | Which of these describes the case?
Why should the case be reviewed? | If more than 5 working days have passed, why?
What could agencies have done better together? | What did people do well?
Other processes under way (tick all that apply) | Are any children still in danger?
If so, how have they been protected?
family = People in the family
Name, How related to the child, Date of birth, Address
agencies = Others working with the family
Organisation, Worker's name, Contact
qa = For the Practice Review Group member (quality assurance)
Reviewed by | Their job | Their organisation | Date reviewed | Their view"""
COUNCIL = """referrer = Your details
Worker making the referral | Job title or grade | Service or employer | Reply email address | Daytime telephone
Submitted on | Which safeguarding lead did you consult? | Date you consulted them
child = Child
Child's names in full | Previous or other names | Date of birth | Date of death (leave blank if not applicable)
Gender | NHS number, if you have it | Ethnic origin of child | Home language | Disability or SEND
Social work status | Address with postcode | School, nursery or college | GP surgery
family = Family and household members
Full name, Relationship, Date of birth, Address
agencies = Professionals involved
Agency, Name of professional, Contact details
incident = Incident details
What date was the incident? | What date did your service hear of it? | Where was the incident?
Please set out what took place | Kind of harm (all that apply) | Criteria met | Please explain why you are referring
Reason for lateness if over 5 working days | Any concerns about agencies working together | Any good work you saw
Other processes already running | Is there a child at risk at present? | Actions taken to make them safe
qa = Practice Review Group sign-off (quality assurance)
Signed off by | Role | Employer | Signed off on | Sign-off comments"""
