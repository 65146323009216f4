"""A Europass CV, of version 3 as XML and as JSON and as the XML of today, becomes a résumé; private data and hostile XML stay outside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import read_resume
from sphinx_folio.cli.importing.sources import read_source

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">
 <DocumentInfo><DocumentType>ECV</DocumentType><XSDVersion>V3.4</XSDVersion></DocumentInfo>
 <LearnerInfo>
  <Identification>
   <PersonName><Title><Code>dr</Code><Label>Dr</Label></Title><FirstName>Ada</FirstName><Surname>Example</Surname></PersonName>
   <ContactInfo>
    <Address><Contact><AddressLine>1 Example Street</AddressLine><Municipality>Paris</Municipality><Country><Code>FR</Code><Label>France</Label></Country></Contact></Address>
    <Email><Contact>ada@example.org</Contact></Email>
    <TelephoneList><Telephone><Contact>+00 1</Contact><Use><Code>mobile</Code></Use></Telephone></TelephoneList>
    <WebsiteList><Website><Contact>https://ada.example.org</Contact></Website><Website><Contact>https://github.com/example</Contact></Website></WebsiteList>
    <InstantMessagingList><InstantMessaging><Contact>ada</Contact><Use><Code>skype</Code><Label>Skype</Label></Use></InstantMessaging></InstantMessagingList>
   </ContactInfo>
   <Demographics><Birthdate year="1990" month="--05" day="---17"/><Gender><Code>F</Code></Gender></Demographics>
   <Photo><MimeType>image/png</MimeType><Data>UEhPVE8=</Data></Photo>
  </Identification>
  <Headline><Type><Code>position</Code></Type><Description><Label>Engineer</Label></Description></Headline>
  <WorkExperienceList>
   <WorkExperience>
    <Period><From year="2021" month="--08"/><Current>true</Current></Period>
    <Position><Code>25110</Code><Label>Systems analyst</Label></Position>
    <Activities>&lt;p&gt;Built &lt;b&gt;it&lt;/b&gt;.&lt;/p&gt;</Activities>
    <Employer><Name>Acme</Name><ContactInfo><Address><Contact><Municipality>Lyon</Municipality></Contact></Address><Website><Contact>https://acme.example.org</Contact></Website></ContactInfo><Sector><Label>Information</Label></Sector></Employer>
   </WorkExperience>
   <WorkExperience>
    <Period><From year="2019" month="--01" day="---02"/><To year="2020"/></Period>
    <Position><Label>Intern</Label></Position><Employer><Name>Club</Name></Employer>
   </WorkExperience>
  </WorkExperienceList>
  <EducationList><Education>
   <Period><From year="2008"/><To year="2013" month="--06"/></Period><Title>MSc</Title>
   <Organisation><Name>School</Name></Organisation><Level><Code>7</Code><Label>EQF level 7</Label></Level><Field><Label>Mathematics</Label></Field>
  </Education></EducationList>
  <Skills>
   <Linguistic>
    <MotherTongueList><MotherTongue><Description><Code>fr</Code><Label>French</Label></Description></MotherTongue></MotherTongueList>
    <ForeignLanguageList>
     <ForeignLanguage><Description><Label>English</Label></Description><ProficiencyLevel><Listening>C1</Listening><SpokenInteraction>B2</SpokenInteraction></ProficiencyLevel></ForeignLanguage>
     <ForeignLanguage><Description><Code>de</Code></Description><ProficiencyLevel><Listening>A2</Listening><Writing>A2</Writing></ProficiencyLevel></ForeignLanguage>
    </ForeignLanguageList>
   </Linguistic>
   <Communication><Description>Talks.</Description></Communication>
   <Computer><Description>Go.</Description><ProficiencyLevel><Safety>B</Safety></ProficiencyLevel></Computer>
   <Driving><Description><Licence>B</Licence></Description></Driving>
  </Skills>
  <AchievementList>
   <Achievement><Title><Code>publications</Code><Label>Publications</Label></Title><Description>A paper.</Description></Achievement>
   <Achievement><Title><Code>memberships</Code><Label>Memberships</Label></Title><Description>A club.</Description></Achievement>
  </AchievementList>
  <Documentation><InterDocumentList/><Note>File</Note></Documentation>
 </LearnerInfo>
 <CoverLetter><Letter>Dear all</Letter></CoverLetter>
</SkillsPassport>
"""
PASSPORT: dict[str, Any] = {
    "SkillsPassport": {
        "LearnerInfo": {
            "Identification": {"PersonName": {"FirstName": "Ada", "Surname": "Example"}, "Photo": {"Data": "x"}},
            "Headline": {"Type": {"Code": "personal_statement"}, "Description": {"Label": "I build."}},
            "WorkExperience": [
                {
                    "Period": {"From": {"Year": 2021, "Month": 8, "Day": 1}, "Current": True},
                    "Position": {"Label": "Engineer"},
                    "Employer": {"Name": "Acme"},
                }
            ],
            "Skills": {"Linguistic": {"MotherTongue": [{"Description": {"Label": "French"}}]}},
        }
    }
}


def test_xml_becomes_a_resume() -> None:
    found = read_source(XML.encode())
    assert found["basics"] == {
        "name": "Ada Example", "label": "Engineer", "email": "ada@example.org", "phone": "+00 1",
        "url": "https://ada.example.org",
        "profiles": [{"url": "https://github.com/example"}, {"network": "Skype", "username": "ada"}],
        "location": {"address": "1 Example Street, Paris, France"},
        "europass": {"PersonName": {"Title": {"Code": "dr", "Label": "Dr"}}},
    }  # fmt: skip
    assert found["work"] == [
        {
            "name": "Acme", "position": "Systems analyst", "startDate": "2021-08", "endDate": "present",
            "summary": "<p>Built <b>it</b>.</p>", "location": "Lyon", "url": "https://acme.example.org",
            "europass": {"Position": {"Code": "25110"}, "Employer": {"Sector": {"Label": "Information"}}},
        },
        {
            "name": "Club", "position": "Intern", "startDate": "2019-01-02", "endDate": "2020",
            "summary": "", "location": "", "url": "",
        },
    ]  # fmt: skip
    [school] = found["education"]
    assert (school["institution"], school["studyType"], school["area"], school["endDate"]) == (
        "School",
        "MSc",
        "Mathematics",
        "2013-06",
    )
    assert school["europass"] == {"Level": {"Code": "7", "Label": "EQF level 7"}}
    assert [(item["language"], item["fluency"]) for item in found["languages"]] == [
        ("French", "Mother tongue"), ("English", "Listening C1, Spoken Interaction B2"), ("de", "A2"),
    ]  # fmt: skip
    assert [(item["name"], item["x-folio"]) for item in found["skills"]] == [
        ("Communication skills", {"summary": "Talks."}), ("Digital skills", {"summary": "Go."}),
    ]  # fmt: skip
    assert found["publications"][0]["summary"] == "A paper."
    assert found["achievements"] == [{"title": "Memberships", "description": "A club."}]
    assert found["europass"]["Skills"]["Driving"] == {"Description": {"Licence": "B"}}


def test_pages_are_written_and_the_rest_is_kept_but_nothing_private() -> None:
    found = import_resume(read_resume(XML.encode()))
    text = "".join(found.pages.values())
    assert found.name == "Ada Example"
    assert ":title: Systems analyst\n:start: 2021-08\n" in text
    assert "Built it." in text
    assert "Memberships" in found.pages["json-resume-extra.json"]
    for private in ("1990", "UEhPVE8", "+00 1", "1 Example Street"):
        assert private not in text
    assert found.skipped == [
        "SkillsPassport.LearnerInfo.Identification.Demographics: private",
        "SkillsPassport.LearnerInfo.Identification.Photo: private",
        "SkillsPassport.LearnerInfo.Documentation: not part of a résumé",
        "SkillsPassport.CoverLetter: not part of a résumé",
        "basics.phone: private; provide it to private builds with FOLIO_PRIVATE",
        "basics.location.address: private; provide it to private builds with FOLIO_PRIVATE",
    ]


def test_json_becomes_the_same() -> None:
    found = read_source(json.dumps(PASSPORT).encode())
    assert found["basics"]["summary"] == "I build."
    assert found["work"][0] == {
        "name": "Acme", "position": "Engineer", "startDate": "2021-08-01", "endDate": "present", "summary": "",
        "location": "", "url": "",
    }  # fmt: skip
    assert found["languages"] == [{"language": "French", "fluency": "Mother tongue"}]
    assert import_resume(read_resume(json.dumps(PASSPORT).encode())).name == "Ada Example"


CANDIDATE = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xsi:schemaLocation="http://www.europass.eu/1.0 Candidate.xsd" xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
 xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <hr:DocumentID schemeID="Test-0001" schemeName="DocumentIdentifier" schemeAgencyName="EUROPASS" schemeVersionID="4.0"/>
 <CandidateSupplier><hr:PartyName>Owner</hr:PartyName><PersonContact><Communication><oa:URI>supplier@example.org</oa:URI></Communication></PersonContact></CandidateSupplier>
 <CandidatePerson>
  <PersonName><oa:GivenName>Ada</oa:GivenName><hr:FamilyName>Example</hr:FamilyName></PersonName>
  <Communication><ChannelCode>Email</ChannelCode><oa:URI>ada@example.org</oa:URI></Communication>
  <Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>00</CountryDialing><oa:DialNumber>1234</oa:DialNumber></Communication>
  <Communication><ChannelCode>Web</ChannelCode><oa:URI>https://ada.example.org</oa:URI></Communication>
  <Communication><ChannelCode>Social Media</ChannelCode><UseCode>other</UseCode><OtherTitle>Forge</OtherTitle><oa:URI>https://forge.example.org/ada</oa:URI></Communication>
  <Communication><UseCode>home</UseCode><Address><oa:AddressLine>1 Example Street</oa:AddressLine><oa:CityName>Paris</oa:CityName><CountryCode>fr</CountryCode></Address></Communication>
  <NationalityCode>fr</NationalityCode><hr:BirthDate>1990-05-17</hr:BirthDate><GenderCode>F</GenderCode>
  <PrimaryLanguageCode name="NORMAL">fre</PrimaryLanguageCode>
 </CandidatePerson>
 <CandidateProfile languageCode="en">
  <hr:ID schemeID="Test-0001"/><hr:ExecutiveSummary>&lt;p&gt;I &lt;b&gt;build&lt;/b&gt;.&lt;/p&gt;</hr:ExecutiveSummary>
  <EmploymentHistory><EmployerHistory>
   <hr:OrganizationName>Acme</hr:OrganizationName>
   <OrganizationContact><Communication><Address><oa:CityName>Lyon</oa:CityName><CountryCode>fr</CountryCode></Address></Communication><Communication><oa:URI>https://acme.example.org</oa:URI></Communication></OrganizationContact>
   <hr:IndustryCode>J</hr:IndustryCode>
   <PositionHistory>
    <PositionTitle typeCode="FREETEXT">Lead</PositionTitle>
    <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2021-06-15</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
    <oa:Description>&lt;ul&gt;&lt;li&gt;Led.&lt;/li&gt;&lt;/ul&gt;</oa:Description><City>Ulm</City><Country>de</Country>
   </PositionHistory>
   <PositionHistory>
    <PositionTitle>Engineer</PositionTitle>
    <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019</hr:FormattedDateTime></eures:StartDate><eures:EndDate><hr:FormattedDateTime>2021-05-31T00:00:00</hr:FormattedDateTime></eures:EndDate><hr:CurrentIndicator>false</hr:CurrentIndicator></eures:EmploymentPeriod>
   </PositionHistory>
  </EmployerHistory></EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance>
   <hr:OrganizationName>School</hr:OrganizationName><EducationLevelCode>7</EducationLevelCode>
   <AttendancePeriod><StartDate><hr:FormattedDateTime>2008-09</hr:FormattedDateTime></StartDate><EndDate><hr:FormattedDateTime>2013-06</hr:FormattedDateTime></EndDate><Ongoing>false</Ongoing></AttendancePeriod>
   <EducationDegree><hr:DegreeName>MSc</hr:DegreeName><OccupationalSkillsCovered>Graphs.</OccupationalSkillsCovered></EducationDegree>
  </EducationOrganizationAttendance></EducationHistory>
  <eures:Attachment><oa:EmbeddedData>UEhPVE8=</oa:EmbeddedData></eures:Attachment>
  <PersonQualifications>
   <PersonCompetency>
    <CompetencyID schemeName="NORMAL">eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
    <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>C1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
    <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
   </PersonCompetency>
   <PersonCompetency><CompetencyID schemeName="FREETEXT">Go</CompetencyID><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID></PersonCompetency>
  </PersonQualifications>
  <EmploymentReferences><Referee><PersonName><oa:GivenName>Bo</oa:GivenName></PersonName><Comment>Good.</Comment><Communication><oa:URI>bo@example.org</oa:URI></Communication></Referee></EmploymentReferences>
  <Certifications><Certification><hr:CertificationName>Architect</hr:CertificationName><hr:IssuingAuthority><oa:Name>Board</oa:Name></hr:IssuingAuthority><FirstIssuedDate><hr:FormattedDateTime>2020-02</hr:FormattedDateTime></FirstIssuedDate></Certification></Certifications>
  <PublicationHistory><Publication><Title>Paths</Title><Year>2022</Year><Reference>Journal</Reference><DOI>10.1000/1</DOI></Publication></PublicationHistory>
  <Projects><Project><Title>Pool</Title><Description>Gives.</Description><Link>https://pool.example.org</Link><StartDate><hr:FormattedDateTime>2020</hr:FormattedDateTime></StartDate><Ongoing>true</Ongoing></Project></Projects>
  <VoluntaryWorks><VoluntaryWork><Title>Club</Title><Description>Chair.</Description><StartDate><hr:FormattedDateTime>2015</hr:FormattedDateTime></StartDate></VoluntaryWork></VoluntaryWorks>
  <HobbiesAndInterests><HobbyOrInterest><Title>Maps</Title></HobbyOrInterest></HobbiesAndInterests>
  <DigitalSkills><DigitalSkillsGroup><Title>Code</Title><DigitalSkill>Rust</DigitalSkill><DigitalSkill>C</DigitalSkill></DigitalSkillsGroup><DigitalSkill>Email</DigitalSkill></DigitalSkills>
  <OrganisationalSkills><OrganisationalSkill><Title>Teams</Title><Description>Led one.</Description></OrganisationalSkill></OrganisationalSkills>
  <Licenses><License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></License></Licenses>
  <RenderingInformation><Design><Template>Template1</Template></Design></RenderingInformation>
 </CandidateProfile>
</Candidate>
"""


def test_the_xml_of_today_becomes_a_resume() -> None:
    found = read_source(CANDIDATE.encode())
    assert found == {
        "basics": {
            "name": "Ada Example", "summary": "<p>I <b>build</b>.</p>", "email": "ada@example.org", "url": "https://ada.example.org", "phone": "00 1234",
            "profiles": [{"network": "Forge", "url": "https://forge.example.org/ada"}], "location": {"address": "1 Example Street, Paris, France"},
        },
        "work": [
            {
                "name": "Acme", "position": "Lead", "startDate": "2021-06-15", "endDate": "present", "summary": "<ul><li>Led.</li></ul>",
                "location": "Ulm, Germany", "url": "https://acme.example.org", "europass": {"IndustryCode": "J"},
            },
            {"name": "Acme", "position": "Engineer", "startDate": "2019", "endDate": "2021-05-31", "summary": "", "location": "Lyon, France", "url": "https://acme.example.org"},
        ],
        "education": [
            {
                "institution": "School", "studyType": "MSc", "area": "", "score": "", "startDate": "2008-09", "endDate": "2013-06", "summary": "Graphs.",
                "location": "", "url": "", "europass": {"EducationLevelCode": "7"},
            },
        ],
        "skills": [
            {"name": "Digital skills", "keywords": ["Email"]},
            {"name": "Code", "keywords": ["Rust", "C"], "x-folio": {"summary": ""}},
            {"name": "Teams", "keywords": [], "x-folio": {"summary": "Led one."}},
            {"name": "Go", "level": ""},
        ],
        "languages": [{"language": "French", "fluency": "Mother tongue"}, {"language": "English", "fluency": "Understanding Listening C1, Writing Production B2"}],
        "projects": [{"name": "Pool", "description": "Gives.", "url": "https://pool.example.org", "startDate": "2020", "endDate": "present"}],
        "volunteer": [{"organization": "Club", "summary": "Chair.", "startDate": "2015"}],
        "publications": [{"name": "Paths", "url": "https://doi.org/10.1000/1", "releaseDate": "2022", "publisher": "Journal"}],
        "certificates": [{"name": "Architect", "date": "2020-02", "issuer": "Board"}],
        "interests": [{"name": "Maps"}], "references": [{"name": "Bo", "reference": "Good."}],
        "europass": {"Licenses": {"License": {"LicenseTypeCode": "B"}}},
    }  # fmt: skip
    pages = import_resume(read_resume(CANDIDATE.encode()))
    text = "".join(pages.pages.values())
    assert ":title: Lead\n:start: 2021-06\n" in text
    assert paths_of(pages.skipped) == [
        "Candidate.CandidatePerson.BirthDate", "Candidate.CandidatePerson.GenderCode", "Candidate.CandidatePerson.NationalityCode",
        "Candidate.CandidateProfile.Attachment", "basics.phone", "basics.location.address",
    ]  # fmt: skip
    for private in ("1990", "UEhPVE8", "1234", "1 Example Street", "supplier@", "bo@"):
        assert private not in text


def test_every_degree_of_a_school_and_every_address_of_an_employer_is_kept() -> None:
    bachelor = "<EducationDegree><hr:DegreeName>BSc</hr:DegreeName></EducationDegree>"
    mail = "<Communication><oa:URI>jobs@acme.example.org</oa:URI></Communication>"
    text = CANDIDATE.replace("<EducationDegree>", f"{bachelor}<EducationDegree>")
    found = read_source(text.replace("</OrganizationContact>", f"{mail}</OrganizationContact>").encode())
    degrees = [(item["institution"], item["studyType"], item["startDate"]) for item in found["education"]]
    assert degrees == [("School", "BSc", "2008-09"), ("School", "MSc", "2008-09")]
    assert found["work"][0]["europass"]["OrganizationContact"] == ["jobs@acme.example.org"]


def paths_of(lines: list[str]) -> list[str]:
    return [line.partition(": ")[0] for line in lines]


BOMB = '<!DOCTYPE SkillsPassport [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><SkillsPassport>&b;</SkillsPassport>'
START = '<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass">'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (BOMB.encode(), "document type declaration"),
        (b'<!DOCTYPE SkillsPassport SYSTEM "file:///etc/passwd"><SkillsPassport/>', "document type declaration"),
        (START.encode(), "not valid XML, line 1, column 67: no element found"),
        (START.encode() + b"\xff</SkillsPassport>", "not valid XML, line 1"),
        (b"<SkillsPassport/>", "not a Europass CV: the root element is <SkillsPassport>"),
        (b"<Candidate>SkillsPassport</Candidate>", "not a Europass CV: the root element is <Candidate>"),
        ((START + "<a>" * 50 + "</a>" * 50 + "</SkillsPassport>").encode(), "nested more than 20 levels deep"),
        (b'<Candidate xmlns="http://www.europass.eu/1.0"/>', ""),
        (
            b'<Candidate xmlns="http://www.europass.eu/1.0"><CandidateProfile><Skills>x</Skills><Projects><Project/></Projects></CandidateProfile></Candidate>',
            "",
        ),
        (b"<html></html>", "the format XML, HTML cannot be imported"),
        (b'{"SkillsPassport": {"LearnerInfo": {"WorkExperience": [{"Employer": {"Name": 5}}]}}}', ""),
        (b'{"SkillsPassport": {"LearnerInfo": []}}', ""),
        (b'{"SkillsPassport": {"LearnerInfo": {"Identification": 3, "Skills": "x", "Achievement": [1]}}}', ""),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(data: bytes, problem: str) -> None:
    if problem:
        with pytest.raises(UnreadableResumeError, match=problem.replace("(", "\\(")):
            read_resume(data)
    else:
        import_resume(read_resume(data))
