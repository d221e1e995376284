"""What a careful auditor reads in a sentence, a labelled answer and a table cell. '-' means: no verdict."""

from __future__ import annotations

import time

import pytest

from granskning_ai.model import Verdict
from granskning_ai.swedish.verdicts import (
    is_assessment,
    read_answer,
    read_assertion,
    read_clause,
    read_sentence,
)


def cases(table: str) -> list[tuple[str, str]]:
    """(sentence, codes) from lines 'codes | sentence'; an indented line goes on where the one before it ended."""
    rows: list[tuple[str, str]] = []
    for line in table.strip().splitlines():
        if line.startswith(" ") and rows:
            sentence, codes = rows[-1]
            rows[-1] = (f"{sentence} {line.strip()}", codes)
        elif line.strip() and not line.startswith("#"):
            codes, _, sentence = line.partition("|")
            rows.append((sentence.strip(), codes.strip()))
    return rows


def codes_of(sentence: str) -> str:
    return " ".join(reading.verdict.value for _, reading in read_sentence(sentence)) or "-"


SENTENCES = """
# Plain verdicts
yes | Vi bedömer att nämndens interna kontroll är tillräcklig.
yes | Vår bedömning är att hemtjänsten bedrivs på ett ändamålsenligt sätt.
yes | Vi bedömer att kommunstyrelsen har säkerställt en god följsamhet mot avtalen.
yes | Revisorerna bedömer att räkenskaperna är rättvisande.
yes | KPMG bedömer att nämnden uppfyller lagens krav.
yes | EY bedömer att rutinerna är adekvata.
yes | Stadsrevisionen bedömer att styrningen är betryggande.
yes | Havrekvist bedömer att bolagets uppföljning är tillfredsställande.
yes | Vi anser att ansvarsfördelningen är ändamålsenlig.
yes | Sammantaget bedömer vi att skolornas elevhälsa fungerar väl.
yes | Kommunens revisorer bedömer att överförmyndaren lever upp till lagens krav.
yes | Vår slutsats är att upphandlingarna görs i enlighet med lagen om offentlig upphandling.
yes | Vi bedömer att det finns tydliga riktlinjer för försörjningsstöd.
yes | Vi bedömer att det finns en dokumenterad rutin för lex Sarah.
yes | Vi bedömer att nämnden har upprättat en plan för intern kontroll.
yes | Vi bedömer att nämnden följer upp verksamheten regelbundet.
yes | Vi gör bedömningen att beslutsunderlagen håller tillräcklig kvalitet.
yes | Enligt vår bedömning är nämndens ekonomistyrning ändamålsenlig.
yes | Nämndens ekonomistyrning är, enligt vår bedömning, ändamålsenlig.
yes | Vi har bedömt att attestreglementet följs.
no | Vi bedömer att nämndens interna kontroll inte är tillräcklig.
no | Vi bedömer att kommunstyrelsen inte har säkerställt en ändamålsenlig uppföljning.
no | Vår revisionella bedömning är att verksamheten inte bedrivs på ett ändamålsenligt sätt.
no | PwC bedömer att nämnden ej har säkerställt att avtalen följs.
no | Vi bedömer att nämnden ännu inte har antagit någon åtgärdsplan.
no | Vi bedömer att det inte finns någon aktuell lägesbild.
no | Vi bedömer att kommunen inte har någon beslutad överenskommelse.
no | Vi bedömer att ingen uppföljning sker.
no | Vi bedömer att kommunens insatser inte grundas på en aktuell analys.
no | Vi bedömer att nämnden varken har antagit mål eller följt upp dem.
no | Vi anser inte att uppföljningen är tillräcklig.
no | Vi bedömer inte att nämnden har säkerställt en tillräcklig bemanning.
no | Den interna kontrollen bedöms inte vara tillräcklig.
no | Vi bedömer att nämnden inte heller har följt upp besluten.
no | Vi bedömer att nämnden inte kan säkerställa att barn får rätt stöd.
no | Uppföljningen kan enligt vår bedömning inte anses vara tillräcklig.

# The adverb inside a clause that repeats the question
partly | Vi bedömer att socialnämnden delvis har en ändamålsenlig styrning av hemtjänsten.
partly | Vi bedömer att nämnden till viss del har säkerställt att barnens rätt till stöd tillgodoses.
partly | Vi bedömer att uppföljningen endast i begränsad omfattning är ändamålsenlig.
partly | Vår bedömning är att ansvar och roller delvis är tydligt fördelade.
partly | Vi bedömer att lagens krav endast delvis uppfylls.
partly | Vi bedömer att bolaget i vissa delar har en tillräcklig kontroll.
partly | Vi bedömer att uppföljningen är delvis bristfällig.
partly | Vi bedömer att vissa nämnder har säkerställt en tillräcklig kontroll.
largely | Vi bedömer att nämnden i allt väsentligt har säkerställt en rättssäker handläggning.
largely | Vår samlade bedömning är att granskade rutiner i huvudsak är ändamålsenliga.
largely | Vi bedömer att arbetet till övervägande del bedrivs på ett ändamålsenligt sätt.
largely | Vi bedömer att arbetet bedrivs på ett i huvudsak ändamålsenligt sätt.
largely | Vi bedömer att avtalen i stort sett följs.
largely | Den interna kontrollen bedöms till övervägande del vara tillräcklig.
largely | Vi bedömer att kontrollen är tillräcklig i allt väsentligt.
largely | Vi bedömer att de flesta nämnder har en tillräcklig kontroll.
largely | Vi bedömer att avtalen huvudsakligen hanteras på ett betryggande sätt.
largely | Utifrån genomförd granskning görs en sammantagen revisionell bedömning att kontrollen i huvudsak är
  tillräcklig.
yes | Vi bedömer att den delvis nya organisationen är ändamålsenlig.
yes | Vi bedömer att rapporteringen av ej verkställda beslut är tillräcklig.

# 'Not wholly' is partly
partly | Vi bedömer att nämndens uppföljning inte är helt tillräcklig.
partly | Vi bedömer att nämnden inte har en helt tillräcklig intern kontroll.
partly | Vi bedömer att nämnden inte fullt ut har säkerställt en ändamålsenlig organisation.
partly | Vi bedömer att kommunen inte i alla delar uppfyller lagens krav.
partly | Vi bedömer att kommunen inte i alla avseenden lever upp till lagen.
partly | Vi bedömer att riktlinjerna inte alltid följs.
partly | Vi bedömer att inte alla nämnder har säkerställt en tillräcklig kontroll.
partly | Stadsrevisionen bedömer att den interna kontrollen inte varit helt tillräcklig.
partly | Vår bedömning är att nämndens interna kontroll inte är fullt ändamålsenlig.
partly | Vi bedömer att nämnden inte fullt ut kan säkerställa att avtalen följs.
partly | Vi bedömer inte att kontrollen är helt tillräcklig.
no | Vi bedömer att nämnden inte i tillräcklig utsträckning har följt upp avtalen.
no | Vi bedömer att samverkan inte i tillräcklig grad har säkerställts.

# Negation by prefix or noun
no | Vi bedömer att kommunstyrelsens uppsikt är otillräcklig.
no | Vi bedömer att uppföljningen är helt otillräcklig.
no | Vi bedömer att kontrollen i huvudsak är bristfällig.
no | Vi bedömer att det finns väsentliga brister i den interna kontrollen.
no | Vi bedömer att det finns brister i handläggningen.
no | Vi bedömer att det saknas en samlad uppföljning av målen.
no | Vi bedömer att nämnden saknar en beslutad rutin för orosanmälningar.
no | Vi bedömer att avsaknaden av rutiner är otillfredsställande.
no | Vi bedömer att det råder avsaknad av tydliga mål.
no | Vi bedömer att en tillräcklig bemanning saknas.
no | Vi bedömer att upphandlingarna har skett i strid med lagen.
no | Vi bedömer att ansvarsfördelningen är otydlig.
no | Vi bedömer att verksamheten bedrivs på ett bristfälligt sätt.
yes | Vi bedömer att de brister som vi såg 2021 har åtgärdats.
yes | Vi bedömer att nämnden har säkerställt att bristerna åtgärdas.
- | Vi bedömer att det finns vissa brister i dokumentationen.
- | Vi bedömer att det finns mindre brister i arkivvården.
- | Vi bedömer att uppföljningen inte är otillräcklig.

# Nothing found that speaks against
yes | Vi bedömer att det inte finns några väsentliga brister i kontrollen.
yes | Inga väsentliga brister har noterats i vår granskning, bedömer vi.
yes | Vi har inte noterat några väsentliga avvikelser i hanteringen.
yes | Det har inte framkommit något som tyder på att räkenskaperna inte är rättvisande.
yes | Inget har framkommit som tyder på att delårsrapporten inte är upprättad i enlighet med lagen.
yes | Vår bedömning är att det inte framkommit något som tyder på att kontrollen brister.
yes | Vi har inte funnit något som tyder på annat än att beslutsgången följs.
- | Det har inte framkommit något som tyder på att nämnden har följt upp målen.
- | Vi har inte noterat några väsentliga brister utöver dem som redovisas i avsnitt 3.

# Cannot be judged
undetermined | Vi kan inte bedöma om insatserna har haft avsedd effekt.
undetermined | Vår bedömning är att det inte är möjligt att bedöma om målen har nåtts.
undetermined | Det är enligt vår bedömning svårt att bedöma om resurserna är tillräckliga.
undetermined | Eftersom underlag saknas kan vi inte uttala oss om stödet är ändamålsenligt.
undetermined | Vi bedömer att effekten av insatserna inte kan bedömas.
undetermined | Vi kan inte ta ställning till om bemanningen är tillräcklig.
yes undetermined | Vi bedömer att rutinerna är tillräckliga men att effekten inte kan bedömas.
no | Vi bedömer att uppföljningen är otillräcklig, vilket gör det svårt att bedöma om målen nås.
no | Vi bedömer att kontrollen inte kan bedömas som tillräcklig.
- | Vi bedömer att nämnden inte kan bedöma om avtalen följs.

# Split, conditional and excepted verdicts
partly | Vi bedömer att kontrollen är ändamålsenlig men begränsad.
partly | Vi bedömer att rutinerna är tillräckliga men inte kända i verksamheten.
partly | Vi bedömer att uppföljningen är tillräcklig, med undantag för de externa utförarna.
partly | Undantaget gymnasieskolan bedömer vi att stödet till eleverna är tillräckligt.
partly | Vi bedömer att kommunen uppfyller kraven, så till vida att det finns en beslutad plan.
partly | Stadsrevisionen bedömer att stödet ges på ett ändamålsenligt sätt men inte på ett från ekonomisk
  synpunkt tillfredsställande sätt.
partly | Vi bedömer att kontrollen är tillräcklig sedan mars; dessförinnan var den bristfällig.
largely | Vår bedömning är att kommunen i allt väsentligt uppfyller kraven men att planen behöver ses över.
largely | Vi bedömer att arbetet i huvudsak är ändamålsenligt, med undantag för uppföljningen.
yes no | Vi bedömer att organisationen är ändamålsenlig men att uppföljningen är otillräcklig.
yes no | Vi bedömer att räkenskaperna är rättvisande men den interna kontrollen är inte tillräcklig.
yes yes | Vi bedömer att räkenskaperna är rättvisande och att den interna kontrollen är tillräcklig.
yes yes | Vi bedömer att räkenskaperna är rättvisande och den interna kontrollen är tillräcklig.
no partly | Vi bedömer att målen inte är uppfyllda samt att nämndens styrning delvis är ändamålsenlig.
yes | Vi bedömer att uppföljningen är tillräcklig men att den kan utvecklas.
yes | Vi bedömer att styrningen är ändamålsenlig men behöver dokumenteras bättre.
yes | Vi bedömer att uppföljningen är tillräcklig även om dokumentationen kan förbättras.
- | Vi bedömer att målet uppfylls under förutsättning att planen genomförs.
- | Om planen genomförs bedömer vi att kraven är uppfyllda.
- | Vi bedömer att resurserna är tillräckliga, förutsatt att vakanserna tillsätts.

# Needs, risks, possibilities and trends are no verdicts
- | Vi bedömer att uppföljningen kan förbättras.
- | Vi bedömer att den interna kontrollen behöver stärkas.
- | Vi bedömer att det finns förbättringsområden i nämndens styrning.
- | Vi bedömer att det finns behov av tydligare riktlinjer.
- | Vi bedömer att det finns en risk för att ärenden inte handläggs i tid.
- | Vi bedömer att det pågår ett arbete för att säkerställa kompetensen.
- | Vi bedömer att nämnden har påbörjat ett arbete med att säkerställa en tillräcklig bemanning.
- | Vi bedömer att styrningen har utvecklats mot en mer ändamålsenlig modell.
- | Vi bedömer att samverkan har blivit bättre.
- | Vi bedömer att den nya modellen är mer ändamålsenlig än den gamla.
- | Vi bedömer att det finns goda förutsättningar för en ändamålsenlig samverkan.
- | Vi bedömer att det finns utrymme för att utveckla uppföljningen.
- | Vi bedömer att målet kommer att uppfyllas.
- | Vi bedömer att nämnden har ambitionen att säkerställa en god vård.
- | Vi bedömer att nämnden arbetar för att säkerställa en tillräcklig bemanning.
- | Vi bedömer att det är ett utvecklingsområde att följa upp målen.
- | Vi bedömer att samverkan har en god grund att stå på.
- | Vi bedömer att nämnden bör säkerställa att rutinerna är kända.
- | Vi bedömer att det är av vikt att nämnden säkerställer en tillräcklig kontroll.
- | Vi ser positivt på att nämnden har antagit en plan.
- | Vi bedömer att det är positivt att rutinerna har uppdaterats.
- | Vi anser att det vore ändamålsenligt att samla ansvaret i en nämnd.
- | Vi bedömer att det skulle vara tillräckligt med en årlig uppföljning.
- | Vi anser att nämnden måste tillse att avtalen följs.
- | Vi bedömer att det finns flera utmaningar i samverkan.
- | KPMG bedömer att utbildningsnämnden ska säkerställa att stödet når alla elever.
- | Vi bedömer att det finns anledning att följa frågan.

# Grounds, questions and method
- | Vår bedömning grundar sig på att rutinerna inte är dokumenterade.
- | Skälet till vår bedömning är att det saknas en beslutad plan.
- | Vi gör bedömningen med anledning av att kommunen endast uppfyller två av fyra krav.
- | Vi har bedömt om rutinerna uppfyller lagens krav.
- | Vi bedömer om nämndens uppföljning är tillräcklig.
- | Vi bedömer i vilken utsträckning kraven är uppfyllda.
- | Syftet är att bedöma om kommunstyrelsens uppsikt är tillräcklig.
- | Vi bedömer inte enskilda handläggare.
- | Bedömer vi att kontrollen är tillräcklig?
- | I vår bedömning har vi beaktat att verksamheten inte är fullt bemannad.
- | Vi bedömer att det tydligt framgår att rutinen inte används.
- | Underlaget för vår bedömning är tillräckligt.
- | Vid granskningen 2019 bedömdes den interna kontrollen vara otillräcklig.
- | Vår bedömning i den förra granskningen var att uppföljningen inte var tillräcklig.

# What others think
- | Nämnden bedömer att uppföljningen är tillräcklig.
- | Förvaltningen bedömer att rutinerna är ändamålsenliga.
- | De intervjuade bedömer att samverkan fungerar väl.
- | Flera chefer anser att resurserna inte är tillräckliga.
- | Kommunstyrelsens egen bedömning är att målet är uppfyllt.
- | Enligt förvaltningens bedömning är bemanningen tillräcklig.
- | Polisen bedömer att läget inte är tillfredsställande.
- | IVO bedömer att nämnden inte uppfyller kraven.
- | Ystad bedömer att den egna kontrollen är tillräcklig.
- | Enligt de intervjuade bedöms resurserna vara tillräckliga.
- | Av intervjuerna framgår att samverkan bedöms fungera väl.
- | Resurserna bedöms av förvaltningen vara tillräckliga.
- | Insatser riktas till elever som bedöms ha tillräckligt stöd hemma.
- | Vi bedömer att vi har tillräckliga resurser, säger en enhetschef.
- | ”Vi bedömer att kontrollen är tillräcklig” skriver nämnden i sitt svar.

# Other negations in the sentence
yes | Vi bedömer att nämnden har säkerställt att barn inte far illa.
yes | Vi bedömer att rutinerna är tillräckliga för att inte riskera rättssäkerheten.
yes | Vi bedömer att det finns tillräckliga rutiner för ärenden som inte omfattas av lagen.
yes | Vi bedömer att kontrollen är tillräcklig, trots att den inte är dokumenterad.
yes | Trots att planen inte är beslutad bedömer vi att styrningen är ändamålsenlig.
yes | Vi bedömer att nämnden, trots att det saknas skriftliga rutiner, har säkerställt en rättssäker handläggning.
yes | Vi bedömer att nämnden, trots vissa brister, har en tillräcklig kontroll.
yes | Vi bedömer att de insatser som inte upphandlas följs upp på ett ändamålsenligt sätt.
yes | Vi bedömer att inte bara nämnden utan även förvaltningen har en tillräcklig kontroll.
no | Vi bedömer att de insatser som görs inte är tillräckliga.
no | Vi bedömer att kontrollen inte är tillräcklig, trots att rutinerna är tydliga.
no | Vi bedömer att nämnden inte har säkerställt att ansvaret är tydligt och att rutinerna följs.
no | Vi bedömer att arbetet med att säkerställa en god arbetsmiljö är otillräckligt.
no | Vi bedömer att målet om god ekonomisk hushållning inte uppfylls.
partly | Vi bedömer att nämnden delvis har säkerställt att personalen är tillräckligt utbildad och att ingen kränks.
- | Vi bedömer att nämnden har rutiner som inte är kända i verksamheten.

# Long and embedded clauses
no | Vi bedömer att kommunstyrelsen, som har det samlade ansvaret för kommunens krisberedskap och som under året
  har fått två rapporter om läget, inte har säkerställt en tillräcklig förmåga.
partly | Vår sammanfattande bedömning är, mot bakgrund av att riktlinjerna beslutades först i maj, att nämnden inte
  fullt ut har säkerställt en ändamålsenlig hantering.
yes | Vår bedömning är, utifrån de dokument vi har tagit del av, att nämnden har en tillräcklig uppföljning.
largely | Mot bakgrund av vad som framkommit i granskningen, och med beaktande av att verksamheten är ny, bedömer vi
  att styrelsen i allt väsentligt har en ändamålsenlig organisation.
yes | Vi bedömer att den organisation som nämnden har valt för sitt arbete är ändamålsenlig.
yes | Vi bedömer den samverkan som etablerats med föreningslivet som ändamålsenlig.

# Inverted order and the passive
no | Otillräcklig bedömer vi att uppföljningen är.
no | Att uppföljningen endast sker muntligt bedömer vi som otillräckligt.
largely | Nämndens kontroll bedömer vi som i huvudsak tillräcklig.
yes | Arbetet är organiserat på ett sätt som vi bedömer är ändamålsenligt.
no | Arbetet bedrivs inte på ett sätt som vi bedömer är ändamålsenligt.
no | Uppföljningen, som sker två gånger om året, bedöms vara otillräcklig.
yes | Den interna kontrollen bedöms som tillräcklig.
partly | Nämndens styrning bedöms inte fullt ut vara ändamålsenlig.
yes | Att nämnden har en tillräcklig kontroll är vår bedömning.
no | Uppföljningen är otillräcklig, bedömer vi.
largely | I allt väsentligt bedömer vi att kontrollen är tillräcklig.
no | Vi bedömer därför uppföljningen som bristfällig.
yes | Vi kan konstatera att kommunen uppfyller lagens krav.
no | Sammanfattningsvis är den interna kontrollen inte tillräcklig.
"""


@pytest.mark.parametrize(("sentence", "codes"), cases(SENTENCES))
def test_an_assessing_sentence_is_read_as_an_auditor_reads_it(sentence: str, codes: str) -> None:
    assert codes_of(sentence) == codes


CELLS = """
yes | Ja
yes | JA.
yes | Ja, rutinerna är kända i hela organisationen.
yes | Ja. Rutinerna är inte alltid kända av nyanställda.
yes | Ja, men arbetet kan utvecklas vidare.
yes | Ja det finns en beslutad plan
yes | Svar: Ja
yes | Vår bedömning: Ja, helt.
yes | Uppfyllt
yes | Uppfylld.
yes | Kontrollmålet är uppfyllt.
yes | Helt uppfyllt
yes | Ändamålsenlig
yes | Tillräcklig – rutinerna är dokumenterade och kända
yes | Grön
yes | GRÖN: inga anmärkningar
yes | ✔
yes | ✓ Uppfyllt
yes | 🟢
yes | Inga väsentliga brister
largely | Ja, i allt väsentligt
largely | I allt väsentligt
largely | I allt väsentligt. Två av tolv rutiner är inte daterade.
largely | I huvudsak uppfyllt
largely | Ja – i huvudsak, men riktlinjerna är gamla.
largely | I stort sett
largely | Till övervägande del
largely | Uppfylls i allt väsentligt
largely | I allt väsentligt har nämnden säkerställt en tillräcklig kontroll.
partly | Delvis
partly | DELVIS UPPFYLLT
partly | Delvis. Planen är antagen men följs inte upp.
partly | Delvis - rutiner finns men är inte kända
partly | Delvis (se avsnitt 3)
partly | Ja, delvis
partly | Ja, men inte fullt ut
partly | Ja, men inte för de privata utförarna.
partly | Till viss del
partly | Inte helt
partly | Ej fullt ut uppfyllt
partly | Inte helt uppfyllt
partly | Uppfylls delvis
partly | Uppfylls inte fullt ut
partly | Uppfyllt med undantag för gymnasieskolan
partly | Kravet är delvis uppfyllt
partly | Nej, inte fullt ut
partly | Gul – arbetet pågår
partly | 🟡
partly | ◐
no | Nej
no | Nej.
no | Nej, dessa finns inte
no | Nej, dock finns ett utkast.
no | Nej, men arbetet är påbörjat.
no | Nej – rutiner saknas
no | Ej uppfyllt
no | Inte uppfyllt.
no | Uppfylls inte
no | Uppfylls ej
no | Otillräcklig
no | Inte tillräcklig, eftersom uppföljning saknas
no | Inte ändamålsenligt
no | Bristfällig
no | Röd
no | ✘
no | 🔴 Ej uppfyllt
no | Kontrollmålet bedöms inte vara uppfyllt
undetermined | Kan inte bedömas
undetermined | Kan ej bedömas. Underlag saknas.
undetermined | Går inte att bedöma
undetermined | Ej möjligt att bedöma
undetermined | Det är inte möjligt att bedöma om insatserna har haft effekt.
- |
- | Inte minst samverkan med polisen behöver utvecklas
- | Jakten på kompetens fortsätter
- | Nejlikan är kommunens blomma
- | Delvis på grund av pandemin har målen inte nåtts
- | Delvis beroende på vakanser
- | Ej aktuellt
- | Inte tillämpligt
- | Ej bedömt
- | Ej granskat
- | Har inte granskats
- | Ja/Nej
- | Ja och nej
- | I allt väsentligt/Nej
- | Ja 14, nej 3
- | Ja, 45 %
- | 3
- | 4 av 5
- | Nivå 3
- | Betyg: 2
- | Genomförd
- | Ej genomförd
- | Pågår
- | Saknas
- | Se ovan
- | –
- | ●
- | Gröna korset används i hela förvaltningen
- | Grön omsorg är en form av daglig verksamhet
- | Röda dagar räknas inte
- | Tillräcklig bemanning saknas
- | Inte alla rutiner har setts över
- | Uppfyllt till 50 procent
- | 🔴 Uppfyllt
- | Riktlinjerna är aktuella. Endast 17 av 48 känner till dem.
- | I huvudsak positiva svar från föräldrarna
- | Behöver utvecklas
"""


@pytest.mark.parametrize(("cell", "codes"), cases(CELLS))
def test_an_answer_cell_is_read_only_where_it_begins_with_an_answer(cell: str, codes: str) -> None:
    reading = read_answer(cell)
    assert (reading.verdict.value if reading else "-") == codes


LABELLED = """
yes | Den interna kontrollen är tillräcklig.
largely | Eleverna har till övervägande del tillgång till stöd.
largely | I huvudsak är organisationen ändamålsenlig.
partly | Den interna kontrollen är inte helt tillräcklig.
partly | Nämnden uppfyller delvis kraven.
partly | Organisationen är ändamålsenlig men uppföljningen är otillräcklig.
partly | Rutinerna är ändamålsenliga men begränsade till de egna enheterna.
no | Nämnden använder inte resurserna på ett från ekonomisk synpunkt tillfredsställande sätt.
no | Nämnden säkerställer inte att avtalen följs.
no | Det finns ingen plan.
no | Någon plan finns inte.
no | Uppföljning saknas.
no | Otillräcklig uppföljning.
undetermined | Det är inte möjligt att bedöma om insatserna har haft effekt.
- | Arbetet bör prioriteras.
- | Åtta rektorer har svarat på enkäten.
- | Det finns risker med den valda modellen.
- | Rutinerna kan säkerställa en god kvalitet.
"""


@pytest.mark.parametrize(("clause", "codes"), cases(LABELLED))
def test_a_labelled_clause_needs_no_word_of_assessing(clause: str, codes: str) -> None:
    reading = read_clause(clause)
    assert (reading.verdict.value if reading else "-") == codes


ASSERTIONS = """
yes | Elevhälsan arbetar förebyggande.
yes | Kommunen redovisar kostnaderna öppet för medborgarna.
yes | Nämnden ser till att ingen elev lämnas utan hjälp.
largely | Elevhälsan arbetar i huvudsak förebyggande.
partly | Elevhälsan arbetar delvis förebyggande.
partly | Elevhälsan arbetar inte alltid förebyggande.
partly | Elevhälsan arbetar förebyggande men inte på gymnasiet.
no | Elevhälsan arbetar inte förebyggande.
no | Ingen i kommunen samordnar insatserna.
no | Samordningen brister.
- | Arbetar elevhälsan förebyggande?
- | Elevhälsan bör arbeta förebyggande.
- | Elevhälsan kan arbeta mer förebyggande.
- | Elevhälsan ska enligt planen arbeta förebyggande.
- | Ett arbete har påbörjats för att elevhälsan ska bli förebyggande.
- | Kommunen kommer att redovisa kostnaderna.
- | Det finns risk för att elevhälsan blir åtgärdande.
"""


@pytest.mark.parametrize(("sentence", "codes"), cases(ASSERTIONS))
def test_an_assertion_answers_the_question_that_it_repeats(sentence: str, codes: str) -> None:
    reading = read_assertion(sentence)
    assert (reading.verdict.value if reading else "-") == codes


ASSESSING = """
yes | Vi bedömer att uppföljningen behöver stärkas.
yes | Vår samlade bedömning framgår nedan.
yes | Sammantaget anser revisorerna att nämnden bör agera.
yes | Då planen saknas görs bedömningen att lagen inte följs.
yes | KPMG:s bedömning är att rutinerna är kända.
yes | Den interna kontrollen bedöms vara god.
yes | Grankulla Revision bedömer att styrningen fungerar.
yes | Vi kan inte bedöma om målen nås.
no | Nämnden bedömer att uppföljningen räcker.
no | Förvaltningens bedömning är att resurserna räcker.
no | Målet är att bedöma läget.
no | Samtliga bedömer att samverkan fungerar.
no | Rektor bedömer elevens behov.
no | Behoven bedöms av biståndshandläggare.
no | Barn som bedöms vara i behov av stöd får det.
"""


@pytest.mark.parametrize(("sentence", "answer"), cases(ASSESSING))
def test_only_the_auditors_word_is_an_assessment(sentence: str, answer: str) -> None:
    assert is_assessment(sentence) == (answer == "yes")


def test_each_coordinated_clause_comes_with_its_own_words() -> None:
    pairs = read_sentence("Vi bedömer att räkenskaperna är rättvisande samt att kontrollen inte är tillräcklig.")
    assert [(clause, reading.verdict) for clause, reading in pairs] == [
        ("räkenskaperna är rättvisande", Verdict.YES),
        ("kontrollen inte är tillräcklig.", Verdict.NO),
    ]


def test_the_note_names_the_deciding_words() -> None:
    ((_, reading),) = read_sentence("Vi bedömer att nämnden inte fullt ut har säkerställt att avtalen följs.")
    assert reading.words == "inte … fullt ut"
    assert "inte … fullt ut" in reading.note


@pytest.mark.parametrize("gap", [" ", "\n", "\u00a0", "  \t "])
def test_white_space_between_words_does_not_matter(gap: str) -> None:
    assert codes_of("Vi bedömer att kontrollen inte är helt tillräcklig.".replace(" ", gap)) == "partly"


HOSTILE = [
    "vi bedömer att " + "inte " * 4000,
    "vi bedömer att " + "som är " * 2900,
    "vi " + "a" * 20000,
    "a" * 20000 + " bedömer att",
    " " * 20000,
    "vi bedömer" + "\t" * 20000 + "att",
    "vi bedömer att " + "samt att " * 2200,
    "vi bedömer att " + "x men y " * 2500,
    "inte framkommit " * 1300,
    "vår " * 5000 + "bedömning",
    "kan inte " * 2200,
    "ja, " * 5000,
    "delvis " * 2900,
    "på ett " * 2900 + "ändamålsenligt sätt",
    "vi bedömer " * 1800,
    "i allt " * 2900,
    ", " * 10000,
    "enligt vår " * 1900,
    "(" * 20000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:16].strip() or "blanks" for text in HOSTILE])
def test_a_hostile_text_is_read_in_no_time(text: str) -> None:
    started = time.perf_counter()
    is_assessment(text)
    read_sentence(text)
    read_clause(text)
    read_answer(text)
    read_assertion(text)
    assert time.perf_counter() - started < 1.0
