"""What a careful auditor reads in a sentence, a labelled answer and a table cell. '-' means: no verdict."""

from __future__ import annotations

import re
import time
from importlib.resources import files
from itertools import product

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
yes | Vi bedömer att målet uppfylls under förutsättning att planen genomförs.
- | Om planen genomförs bedömer vi att kraven är uppfyllda.
yes | Vi bedömer att resurserna är tillräckliga, förutsatt att vakanserna tillsätts.

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

no | Vår bedömning är att nämndens rutiner var otillräckliga under hela 2023.

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

# A word of the scale beside a verb that repeats the question; what is denied of something
partly | Vi bedömer att verksamheten delvis når de prioriterade målgrupperna.
partly | Vår bedömning är att rektorerna till viss del får hjälp i svåra ärenden.
partly | Vi bedömer att nämnden inte fullt ut når sina mål.
partly | Nämnden har delvis en ändamålsenlig budgetprocess, enligt vår mening.
partly | Vi bedömer att rutinerna inte är helt kända.
largely | Vi bedömer att sökande till övervägande del får besked inom rimlig tid.
largely | Vi bedömer att vården i huvudsak bedrivs patientsäkert.
no | Vår bedömning är att lokalerna inte är anpassade efter elevernas behov.
no | Stadsrevisionen bedömer att utbetalningarna inte kontrolleras.
yes | Vi bedömer att frågan kan besvaras med ja.
no | Vi bedömer att frågan kan besvaras nekande.
- | Vi bedömer att styrelsen i huvudsak genomför byggena inom beslutad tid.
- | Vi bedömer att rutinerna är i huvudsak kända.
- | Vi bedömer att ärenden inte är försenade.
- | Vi bedömer att nämnden inte når sina mål.

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

# As reports of many houses have it
largely | Vår sammanfattande bedömning är att kommunstyrelsen i allt väsentligt bedriver en ändamålsenlig uppsikt över
  de kommunala bolagen.
partly | Efter genomförd granskning är vår sammanfattande revisionella bedömning att socialnämnden endast delvis
  bedriver sin verksamhet på ett ändamålsenligt sätt.
partly | Granskningen visar enligt vår bedömning att nämnden inte fullt ut har vidtagit tillräckliga åtgärder för att
  minska sjukfrånvaron.
yes | Vår bedömning är att det finns en tillräcklig beredskap för att hantera en större krishändelse.
no | Utifrån granskningens syfte bedömer vi att nämndens styrning av avtalen inte är ändamålsenlig.
partly | Vi bedömer att det systematiska kvalitetsarbetet till viss del bedrivs ändamålsenligt.
yes | Vi bedömer att det finns ett fungerande samarbete mellan skolan och socialtjänsten.
- | Vi bedömer att nämnden har goda möjligheter att följa upp verksamheten.
- | Vi bedömer att det är en brist att målen inte är mätbara.
no | Vi bedömer att målen inte är mätbara i tillräcklig utsträckning.
yes | Vi bedömer att fullmäktiges mål har brutits ner på ett tydligt sätt i nämndens verksamhetsplan.
- | Vi bedömer att fler mål skulle kunna brytas ner.
no | Vi bedömer att kommunstyrelsen inte utövar en tillräcklig uppsikt.
largely | Vi bedömer att kommunens krisorganisation i stort är ändamålsenlig.
yes | Vi bedömer att ansvar och befogenheter är tydliga.
no | Vi bedömer att ansvar och befogenheter inte är tydliga.
no | Vi bedömer att det är otydligt vem som ansvarar för uppföljningen.
yes | KPMG:s samlade bedömning är att bolaget har en ändamålsenlig intern kontroll.
partly | EY:s bedömning är att processen inte i alla delar är ändamålsenligt utformad.
no | Deloitte bedömer att den interna kontrollen inom löneprocessen inte är tillräcklig.
largely | PwC:s revisionella bedömning är att regionstyrelsen i huvudsak har säkerställt en ändamålsenlig krisberedskap.
yes | Revisorerna anser att delårsrapporten är upprättad i enlighet med lagens krav och god redovisningssed.
no | Revisorerna bedömer sammanfattningsvis att resultatet inte är förenligt med de mål som fullmäktige har beslutat.
partly | Vi bedömer att resultatet delvis är förenligt med fullmäktiges finansiella mål.
- | Revisorerna bedömer att kommunen inte kommer att uppnå målet för helåret.
- | Vi bedömer att kommunen har en ansträngd ekonomi.
yes | Lekmannarevisorerna bedömer att bolagets verksamhet har skötts på ett ändamålsenligt och från ekonomisk synpunkt
  tillfredsställande sätt.
no | Stadsrevisionen bedömer att nämnden inte har haft en tillräcklig intern kontroll.
largely | Stadsrevisionens samlade bedömning är att nämnden i huvudsak har bedrivit verksamheten på ett ändamålsenligt
  sätt.
- | Stadsrevisionen rekommenderar nämnden att säkerställa en ändamålsenlig uppföljning.
- | Vi rekommenderar att kommunstyrelsen säkerställer att rutinen är känd.
- | Vi ser positivt på det arbete som bedrivs.
- | Vi noterar att nämnden inte har fattat något beslut om en plan.
- | Vi konstaterar att det pågår en översyn av delegationsordningen.
- | Vi konstaterar att tre av tio ärenden saknar dokumentation.
no | Vi kan konstatera att kontrollen inte är tillräcklig.
yes | Sammanfattningsvis bedömer vi att nämnden har en fungerande intern kontroll.
no | Vi anser att det är otillfredsställande att nämnden inte har tagit del av rapporten.
- | Vi anser att det är viktigt att nämnden tar del av rapporten.
- | Vi bedömer att det är rimligt att uppföljning sker årligen.
- | Vi bedömer att den pågående översynen kan bidra till en mer ändamålsenlig organisation.
yes | Vi bedömer att nämnden har vidtagit tillräckliga åtgärder med anledning av tidigare rekommendationer.
partly | Vi bedömer att rekommendationen delvis har åtgärdats.
no | Vi bedömer att rekommendationen inte har åtgärdats.
largely | Vi bedömer att rekommendationerna i allt väsentligt är åtgärdade.
yes | Vi bedömer att samtliga rekommendationer har åtgärdats.
- | Vi bedömer att nämnden har vidtagit vissa åtgärder.
- | Vi bedömer att arbetet med att åtgärda bristerna har påbörjats.
yes | Vi bedömer att det finns rutiner för att säkerställa att personalen har rätt kompetens.
no | Vi bedömer att det inte finns rutiner för att säkerställa att personalen har rätt kompetens.
partly | Vi bedömer att det delvis finns rutiner för avvikelser.
no | Vår bedömning är att nämnden brister i sin uppsikt.
no | Vi bedömer att nämndens uppsikt brister.
no | Vår bedömning är att det föreligger betydande brister i dokumentationen.
no | Vi bedömer att nämnden har stora brister i sin avtalsuppföljning.
- | Vi bedömer att nämnden har kännedom om de brister som finns.
- | Vi bedömer att nämnden har identifierat brister i avtalsuppföljningen.
yes | Vi bedömer att nämnden har hanterat ärendet i enlighet med reglementet.
no | Vi bedömer att ärendet inte har hanterats i enlighet med reglementet.
no | Vi bedömer att kommunens hantering strider mot lagen om offentlig upphandling.
yes | Vi bedömer att kommunen följer gällande lagstiftning.
no | Vi bedömer att kommunen inte följer gällande lagstiftning.
partly | Vi bedömer att kommunen inte helt följer lagstiftningens krav.
partly | Vi bedömer att lagens krav inte fullt ut efterlevs.
no | Vi bedömer att lagens krav inte efterlevs.
undetermined | Vi bedömer att det i nuläget inte går att bedöma om åtgärderna är tillräckliga.
undetermined | Det är i dagsläget för tidigt att bedöma om den nya organisationen är ändamålsenlig, enligt vår mening.
undetermined | Vi har inte kunnat bedöma om resurserna är tillräckliga.
- | Nämnden har inte kunnat bedöma om resurserna är tillräckliga.
partly | Vi bedömer att styrningen är tillräcklig inom äldreomsorgen men otillräcklig inom funktionshinderområdet.
yes no | Vi bedömer att styrningen är tillräcklig medan uppföljningen är bristfällig.
yes | Vi bedömer att styrningen är tillräcklig men att uppföljningen behöver utvecklas.
yes | Vi bedömer att organisationen är ändamålsenlig, men att det finns en otydlighet i ansvaret.
partly | Vi bedömer att kommunen, bortsett från överförmyndarnämnden, har en tillräcklig kontroll.
largely | Vår bedömning är att upphandlingarna, med något undantag, har skett i enlighet med lagen.
largely | Vår bedömning är att nämnden på det hela taget har en god ekonomistyrning.
no | Den sammantagna bedömningen är att kommunens arbete inte lever upp till lagens krav.
yes | Den samlade bedömningen är att kommunstyrelsen har säkerställt en ändamålsenlig organisation.
no | Bedömningen är att styrningen är otillräcklig.
- | Bedömningen av leverantörerna sker årligen och är tillräckligt dokumenterad.
yes | Det är vår bedömning att nämnden har en tydlig organisation.
no | Det är därför vår bedömning att nämnden saknar en fungerande uppföljning.
no | Nämnden har, enligt revisionens bedömning, inte säkerställt att avtalen följs.
yes | Nämndens ansvar är enligt vår mening tydligt.
no | Enligt vår uppfattning saknas en samlad strategi.
- | Enligt vår uppfattning bör en samlad strategi tas fram.
no no | Därmed bedömer vi att revisionsfrågan besvaras nekande och att styrningen inte är ändamålsenlig.
- | Vi har vid bedömningen tagit hänsyn till att nämnden inte var fulltalig.
- | Nämnden har inte bedömt om åtgärderna är tillräckliga.
- | Vi bedömer att nämnden inte har bedömt riskerna.
- | Vi bedömer att risken för oegentligheter är låg.
- | Vi bedömer att risken för fel är hög.
- | Målet bedöms nås under nästa år.
yes | Målet bedöms vara uppfyllt.
partly | Målet bedöms vara delvis uppfyllt.
no | Målet bedöms inte vara uppfyllt.
largely | Handläggningen bedöms i allt väsentligt ske rättssäkert och på ett ändamålsenligt sätt.
no | Bemanningen bedöms otillräcklig.
yes | Bemanningen bedöms tillräcklig.
- | Ärenden som bedöms akuta handläggs först och på ett tillfredsställande sätt.
- | Förvaltningschefen bedömer att bemanningen är tillräcklig.
- | Rektorerna vi har intervjuat anser att stödet inte är tillräckligt.
- | Personalen bedömer att rutinerna är tydliga.
- | Socialnämnden anser att kritiken inte är rättvisande.
- | Flertalet av de intervjuade anser att samverkan fungerar väl.
- | Majoriteten av de svarande bedömer att ledningen är tydlig.
- | I sitt yttrande bedömer nämnden att rutinerna är tillräckliga.
- | Länsstyrelsen bedömer att planen inte uppfyller lagens krav.
- | Arbetsmiljöverket bedömer att rutinerna är bristfälliga.
- | Skolinspektionens bedömning är att utbildningen inte är tillfredsställande.
- | Kommunens bedömning är att bemanningen är tillräcklig.
- | Verksamhetens egen bedömning är att målet inte är uppfyllt.
- | Ledningens samlade bedömning är att läget är tillfredsställande.
yes | Vi bedömer, till skillnad från nämnden, att uppföljningen är tillräcklig.
no | Vi bedömer, till skillnad från nämnden, att uppföljningen inte är tillräcklig.
no | Till skillnad från förvaltningen bedömer vi att uppföljningen inte är tillräcklig.
yes | Vi bedömer att de kontroller som nämnden gör för att förhindra att bidrag betalas ut felaktigt är tillräckliga.
no | Vi bedömer att de kontroller som nämnden gör för att förhindra att bidrag inte betalas ut är otillräckliga.
yes | Vi bedömer att nämnden har säkerställt att ingen elev saknar stöd.
no | Vi bedömer att nämnden inte har säkerställt att alla elever får stöd.
yes | Vi bedömer att kommunstyrelsen genom den uppföljning som redovisas varje tertial har säkerställt en tillräcklig
  kontroll.
yes | Vi bedömer att nämnden utan dröjsmål har vidtagit tillräckliga åtgärder.
no | Vi bedömer att delegationsbeslut fattas utan tillräckligt underlag.
partly | Vi bedömer att endast vissa av kraven är uppfyllda.
- | Vi bedömer att endast två av fyra krav är uppfyllda.
partly | Vi bedömer att kommunen uppfyller vissa av kraven.
- | Vi bedömer att nämnden främst har säkerställt att anmälningar registreras.
no | Vi bedömer att nämnden sällan eller aldrig följer upp besluten.
- | Vi bedömer att nämnden sällan följer upp besluten.
- | Vi bedömer att uppföljningen huvudsakligen sker muntligt.
- | Vi bedömer att det finns ett pågående arbete för att säkerställa en tillräcklig kontroll.
- | Vi bedömer att nämnden har för avsikt att säkerställa en tillräcklig kontroll.
- | Vi bedömer att nämnden har ett ansvar att säkerställa en tillräcklig kontroll.
- | Vi bedömer att en tydligare styrning är nödvändig.
- | Vi bedömer att en tillräcklig kontroll är en förutsättning för god styrning.
- | Vi bedömer att förutsättningarna för en god uppföljning har stärkts.
- | Vi bedömer att kommunstyrelsen ytterligare kan stärka uppföljningen.
- | Vi bedömer att kommunstyrelsen har utvecklat sin uppföljning.
- | Vi bedömer att det vore värdefullt med tydligare riktlinjer.
- | Vi bedömer att det är svårt för nämnden att följa upp avtalen.
no | Vi bedömer att nämndens roll är otydlig i reglementet och bör ses över.

# Near a verdict
no | Vi bedömer att uppföljning av ej verkställda beslut inte sker i tillräcklig omfattning.
yes | Vi bedömer att det framtagna materialet ger en rättvisande bild av verksamheten.
no | Vi bedömer att årsredovisningen inte ger en rättvisande bild av resultatet.
largely | Vi bedömer att årsredovisningen i allt väsentligt ger en rättvisande bild av resultatet.
- | Vi bedömer att en tillräcklig dokumentation är viktig för rättssäkerheten.
- | Vi bedömer att frågan om tillräcklig bemanning kvarstår.
- | Vi bedömer att det inte är tydligt om nämnden har tagit ställning till förslaget.
- | Vi bedömer att det inte är möjligt att uppnå målet med nuvarande resurser.
- | Vi bedömer att nämnden inte har haft möjlighet att påverka beslutet.
- | Vi bedömer att det inte finns något behov av ytterligare rutiner.
- | Vi bedömer att det inte finns någon risk för jäv.
- | Vi bedömer att det inte finns skäl till kritik.
- | Vi bedömer inte att det finns anledning att rikta kritik mot nämnden.
no | Vi bedömer att samverkan mellan nämnderna inte fungerar tillfredsställande.
partly | Vi bedömer att samverkan mellan nämnderna inte alltid fungerar tillfredsställande.
yes | Vi bedömer att den kritik som framfördes 2020 har hanterats på ett tillfredsställande sätt.
yes | Vi bedömer att det otydliga ansvar som vi såg 2020 har åtgärdats.
- | Vi bedömer att bristande resurser förklarar utfallet.
no | Vi bedömer att resurserna inte står i rimlig proportion till uppdraget och att bemanningen är otillräcklig.
- | Vi bedömer att nämnden har en nyckelroll i arbetet.
- | Vi bedömer att nämnden har tagit ett stort ansvar.
- | Vi bedömer att nämnden har arbetat aktivt med frågan.
yes | Vi bedömer att nämnden har god kännedom om problemen och att de kan åtgärdas.
yes | Vi bedömer att kommunen har en ändamålsenlig organisation för krisberedskap, även om vissa roller är vakanta.
yes | Vi bedömer att kommunen har en ändamålsenlig organisation för krisberedskap, men vill framhålla vikten av
  övning.
partly | Vi bedömer att kommunen har en ändamålsenlig organisation för krisberedskap, dock inte för höjd beredskap.
partly | Vi bedömer att nämnden på en övergripande nivå har en ändamålsenlig styrning men att det inte gäller enheterna.
no | Vi bedömer att nämnden, som ansvarar för frågan och som har fått flera rapporter, inte har vidtagit tillräckliga
  åtgärder.
no | Vi bedömer att nämnden inte, på det sätt som reglementet kräver, har säkerställt uppföljningen.
partly | Vi bedömer att nämnden endast till en viss del har säkerställt uppföljningen.
largely | Vi bedömer att nämnden till stora delar har säkerställt uppföljningen.
largely | Vår bedömning är att huvuddelen av kontrollerna är ändamålsenliga.
partly | Vår bedömning är att kontrollerna är ändamålsenliga till viss del.
- | Vår bedömning är att kontrollerna knappast är ändamålsenliga.
- | Vår bedömning är att kontrollerna är föga ändamålsenliga.
- | Vår bedömning är att kontrollerna är mindre ändamålsenliga.
- | Vår bedömning är att kontrollerna nästan är tillräckliga.
- | Vår bedömning är att kontrollerna ännu är under uppbyggnad.
- | Vår bedömning är att kontrollerna varken är bättre eller sämre än tidigare.
no | Vår bedömning är att kontrollerna varken är tillräckliga eller dokumenterade.
- | Vår bedömning är positiv.
- | Vår bedömning är i huvudsak positiv.
- | Vår bedömning kvarstår.
- | Vår bedömning framgår av tabellen nedan, där även otillräckliga rutiner redovisas.
- | Vår bedömning är densamma som 2021, nämligen att kontrollen var otillräcklig.
- | Vi gjorde 2020 bedömningen att kontrollen var otillräcklig.
- | Revisorerna bedömde 2020 att kontrollen inte var tillräcklig.
- | I den förra granskningen bedömdes att nämnden inte hade tillräckliga rutiner.
yes | Jämfört med den förra granskningen bedömer vi att kontrollen nu är tillräcklig.
- | Till grund för vår bedömning ligger att rutiner saknas.
- | Vi har i granskningen bedömt hur nämnden säkerställer en tillräcklig uppföljning.
- | Nedan redovisas i vilka delar vi bedömer om kontrollen är tillräcklig.
- | Det som revisorerna bedömer är om kontrollen är tillräcklig.
- | Revisorerna bedömer varje år om verksamheten sköts på ett ändamålsenligt sätt.
- | Revisorerna prövar om verksamheten bedrivs på ett ändamålsenligt sätt.
- | När vi bedömer kontrollen utgår vi från att den ska vara tillräcklig.
- | Vi bedömer kontrollen utifrån om den är tillräcklig.
- | Hur väl nämnden säkerställer kvaliteten bedöms i avsnitt 4.
- | Om kontrollen bedöms vara otillräcklig lämnas en rekommendation.
- | Risker som bedöms otillräckligt hanterade förs in i planen.
- | Ansökningar bedöms av en handläggare på ett tillfredsställande sätt.
- | Elevernas kunskaper bedöms på ett rättvisande sätt genom nationella prov.
no | Nämndens styrning bedöms som otillräcklig, trots att mål finns.
partly | Styrningen bedöms sammantaget som delvis ändamålsenlig.
no | Sammantaget bedöms att styrningen inte är ändamålsenlig.
yes | Sammantaget görs bedömningen att styrningen är ändamålsenlig.
no | Utifrån ovanstående gör vi den samlade bedömningen att nämnden inte har en ändamålsenlig styrning.
partly | Vår samlade revisionella bedömning är att regionen inte fullt ut har en tillfredsställande patientsäkerhet.
- | Socialchefens bedömning är att nämnden inte har tillräckliga resurser.
- | Vår erfarenhet är att rutiner ofta saknas.
- | Det är vår förhoppning att kontrollen blir tillräcklig.
yes | I likhet med förra året bedömer vi att räkenskaperna är rättvisande.
- | Nämnden har inte säkerställt att rutinerna följs.
- | Rutinerna är ändamålsenliga.
no | BDO bedömer att kommunen saknar styrdokument på området.
no | Grant Thornton bedömer att kontrollen är otillräcklig.
no | Azets bedömning är att kontrollen är otillräcklig.

# Spoken of some, of what is to come, or of something else
no | Vår bedömning är att revisionsfrågan besvaras nekande.
yes | Vår bedömning är att revisionsfrågan besvaras jakande.
no | Vi bedömer att revisionsfrågan ska besvaras med nej.
yes | Vi bedömer att nämnden inte har några väsentliga brister i sin hantering.
yes | Vi bedömer att styrningen är mycket god.
no | Vi bedömer att nämndens styrning är svag.
yes no | Vi bedömer att det finns en ändamålsenlig organisation, men att det saknas en plan för kompetensförsörjningen.
partly | Vi bedömer att nämnden delvis, men inte fullt ut, har säkerställt att rutinerna följs.
partly | Vi bedömer att nämnden har säkerställt att rutinerna följs, men inte fullt ut.
yes | Kontrollmålet bedöms uppfyllt.
no | Kontrollmålet bedöms ej uppfyllt.
partly | Kontrollmålet bedöms delvis uppfyllt.
yes | Vi bedömer kontrollmålet som uppfyllt.
partly | Vi bedömer därmed kontrollmålet som delvis uppfyllt.
no | Kontrollmålet är enligt vår bedömning inte uppfyllt.
- | Vi bedömer att kontrollmålet inte är tillämpligt.
- | Vi bedömer att kontrollmålet inte är relevant för nämnden.
no | Vi bedömer att det inte sker någon systematisk uppföljning.
no | Vi bedömer att det saknas rutiner, men att det pågår ett arbete med att ta fram sådana.
no | Vi bedömer att nämnden inte säkerställt att det finns rutiner, även om ett arbete pågår.
partly | Vi bedömer att rutiner delvis saknas.
partly | Vi bedömer att inte samtliga rutiner är daterade.
partly | Vi bedömer att inte samtliga nämnder uppfyller kraven.
no | Vi bedömer att ingen av nämnderna uppfyller kraven.
yes | Vi bedömer att samtliga nämnder uppfyller kraven.
largely | Vi bedömer att nästan samtliga nämnder uppfyller kraven.
- | Vi bedömer att tre av fem nämnder uppfyller kraven.
- | Vi bedömer att hälften av nämnderna uppfyller kraven.
- | Vi bedömer att nämnden i stor utsträckning är beroende av enskilda personer.
- | Vi bedömer att verksamheten till stor del styrs av staten.
- | Vi bedömer att det delvis beror på pandemin.
- | Vi bedömer att arbetet i huvudsak består av uppsökande verksamhet.
- | Vi bedömer att uppföljningen huvudsakligen görs av förvaltningen.
- | Vi bedömer att det till viss del är upp till varje enhet.
- | Vi bedömer att nämnden till fullo har förstått problemet.
- | Vi bedömer att nämnden helt har missat frågan.
- | Vi bedömer att nämnden alltid har prioriterat frågan.
yes | Vi bedömer att nämnden fullt ut uppfyller kraven.
yes | Vi bedömer att kraven i sin helhet är uppfyllda.
- | Vi bedömer att nämnden riskerar att inte uppfylla kraven.
- | Vi bedömer att nämnden har svårt att uppfylla kraven.
- | Vi bedömer att nämnden har förmåga att uppfylla kraven.
- | Vi bedömer att nämnden har ansvar för att kraven uppfylls.
- | Vi bedömer att nämnden har försökt att säkerställa bemanningen.
- | Vi bedömer att det är nämndens ansvar att säkerställa en tillräcklig bemanning.
- | Vi bedömer att det är oklart om nämnden har säkerställt en tillräcklig bemanning.
- | Vi bedömer att det är tveksamt om nämnden har säkerställt en tillräcklig bemanning.
- | Vi bedömer att det kan ifrågasättas om styrningen är ändamålsenlig.
- | Vi bedömer att frågan om styrningen är ändamålsenlig inte kan besvaras här.
- | Vi ifrågasätter om styrningen är ändamålsenlig.
- | Vi bedömer att nämnden efterfrågar en mer ändamålsenlig styrning.
- | Vi bedömer att nämnden saknar inflytande över bolagets tillräckliga resurser?
- | Vi bedömer att en ändamålsenlig styrning kräver tydliga mål.
- | Vi bedömer att en ändamålsenlig styrning förutsätter tydliga mål.
- | Vi bedömer att en ändamålsenlig styrning innebär tydliga mål.
- | Vi bedömer att tydliga mål bidrar till en ändamålsenlig styrning.
- | Vi bedömer att nämnden eftersträvar en ändamålsenlig styrning.
- | Vi bedömer att ramverket syftar till att säkerställa en ändamålsenlig styrning.
- | Vi bedömer att syftet med ramverket är att säkerställa en ändamålsenlig styrning.
- | Vi bedömer att rutinen är till för att säkerställa en ändamålsenlig styrning.
- | Vi bedömer att rutinen är ett stöd för att säkerställa kvaliteten.
- | Vi bedömer att nämnden står inför utmaningen att säkerställa kvaliteten.
- | Vi bedömer att nämnden planerar att uppfylla kraven under nästa år.
- | Vi bedömer att nämnden under nästa år uppfyller kraven.
- | Vi bedömer att nämnden inom kort har säkerställt bemanningen.
yes | Vi bedömer att nämnden numera uppfyller kraven.
yes | Vi bedömer att nämnden sedan 2023 uppfyller kraven.
no | Vi bedömer att nämnden ännu inte uppfyller kraven.
no | Vi bedömer att nämnden inte längre uppfyller kraven.
yes | Vi bedömer, i motsats till 2021 då rutiner saknades, att kraven är uppfyllda.
yes | Vi bedömer att de rutiner som 2021 var otillräckliga numera är tillräckliga.
- | Vi bedömde i maj att rutinerna var tillräckliga.
- | Vi kommer att bedöma om rutinerna är tillräckliga.
- | Att rutinerna är tillräckliga är en förutsättning för vår bedömning.
- | Enligt lagen ska nämnden säkerställa en tillräcklig bemanning, och vi bedömer detta i avsnitt 4.
- | Som vi bedömer det är frågan komplex.
no | Som vi bedömer det är styrningen otillräcklig.

# Whole sentences of a report
no | Utifrån de stickprov som har gjorts bedömer vi att handläggningen av ekonomiskt bistånd inte sker rättssäkert i
  tillräcklig omfattning.
yes | Vi bedömer att barn- och ungdomsnämnden genom sitt systematiska kvalitetsarbete har säkerställt att förskolorna
  har en likvärdig kvalitet.
partly | Vi bedömer att kommunstyrelsen till viss del har tagit fram styrdokument som tydliggör hur trygghetsarbetet ska
  bedrivas.
largely | Vår bedömning är att regionens arbete med informationssäkerhet i allt väsentligt följer den standard som
  fullmäktige har beslutat om.
- | Vår bedömning är att arbetet befinner sig i ett tidigt skede och att det därför återstår en hel del att göra.
no | Vår bedömning är att det i nuläget inte finns en samlad bild av kommunens lokalbehov.
- | Vår bedömning är att den nya förvaltningsorganisationen ger förutsättningar för en mer sammanhållen styrning.
yes | Vi bedömer att delegationsordningen är aktuell och ändamålsenlig.
no | Vi bedömer att delegationsordningen är aktuell men inte ändamålsenlig.
no | Vi bedömer att delegationsordningen varken är aktuell eller ändamålsenlig.
yes | Vi bedömer att nämndens delegationsordning i sin nuvarande utformning är ändamålsenlig.
no | Vi bedömer att nämndens delegationsordning i sin nuvarande utformning är otydlig.
largely | Vi bedömer att rekryteringsprocessen till största delen är ändamålsenlig och att den är känd bland cheferna.
no | Vi bedömer att miljönämnden under den granskade perioden inte har bedrivit tillsyn i den omfattning som lagen
  kräver.
no | Vi bedömer att miljönämndens tillsyn under den granskade perioden inte har varit tillräcklig.
- | Vi bedömer att miljönämnden har prioriterat tillsynen av livsmedel.
no | Vi bedömer att miljönämnden inte har prioriterat tillsynen av livsmedel.
yes | Vi bedömer att socialnämnden i tillräcklig utsträckning följer upp de placeringar som görs.
no | Vi bedömer att socialnämnden inte i tillräcklig utsträckning följer upp de placeringar som görs.
partly | Vi bedömer att uppföljningen av placeringar är tillräcklig för barn men otillräcklig för vuxna.
- | Vi bedömer att socialnämndens kostnader för placeringar är höga.
- | Vi bedömer att kostnadsökningen huvudsakligen förklaras av fler placeringar.
yes | Vi bedömer att nämnden har haft en tillräcklig uppsikt över verksamheten under året.
yes | Vi bedömer att budgetprocessen är väl förankrad och tydlig.
no | Vi bedömer att budgetprocessen är otydlig och inte förankrad.
- | Vi bedömer att budgetprocessen skulle vinna på en tydligare tidplan.
- | Vi bedömer att det är en styrka att processen är dokumenterad.
- | Vi bedömer att nämndens beslut om åtgärder är en god början, men att de inte räcker.
- | Vi anser att styrelsen i högre grad bör följa upp ägardirektiven.
- | Vi anser därför att nämnden snarast behöver säkerställa att kontrollerna utförs.
no | Vi finner att styrelsen inte har utövat en tillräcklig uppsikt över bolaget.
- | Vi finner inga skäl att rikta anmärkning mot nämnden.
- | Vi finner anledning att rikta kritik mot nämnden.
- | Vi bedömer att det inte finns skäl att rikta anmärkning.
yes | Lekmannarevisorn bedömer att bolagets interna kontroll har varit tillräcklig.
no | Lekmannarevisorn bedömer att bolagets interna kontroll inte har varit tillräcklig.
partly | Den sammanfattande bedömningen är att nämnden delvis lever upp till de krav som ställs i patientsäkerhetslagen.
no no | Revisionens bedömning är att det saknas tydliga mål för verksamheten och att uppföljningen är bristfällig.
yes | Det är revisionens samlade bedömning att nämnden har en god kontroll över ekonomin.
- | Det är revisionens uppfattning att nämnden framgent bör redovisa sina bedömningar.
no | Det är revisorernas uppfattning att nämnden inte har tagit sitt ansvar i tillräcklig grad.
- | Revisorernas bedömning bygger på att rutinerna inte har kunnat verifieras.
- | Revisorerna delar inte nämndens uppfattning att kontrollen är tillräcklig.
- | Revisorerna uppmanar nämnden att säkerställa en tillräcklig kontroll.
- | Revisorerna har granskat om nämndens kontroll är tillräcklig.
- | Revisorerna noterar med tillfredsställelse att rutinen har beslutats.
yes | Vi bedömer att samtliga granskade nämnder, med stöd av den gemensamma modellen, har en ändamålsenlig
  internkontroll.
no | Vi bedömer att ingen av de granskade nämnderna har säkerställt att riskanalysen uppdateras.
- | Vi bedömer att vissa av nämnderna kommit längre än andra.
partly | Vi bedömer att vissa av nämnderna har en ändamålsenlig uppföljning.
- | Vi bedömer att flera av nämnderna har en ändamålsenlig uppföljning.
- | Vi bedömer att några nämnder har en ändamålsenlig uppföljning.
no | Vår bedömning är att avtalsuppföljningen, som bygger på att leverantörerna själva rapporterar, inte är
  ändamålsenlig.
no | Att avtalsuppföljningen bygger på att leverantörerna själva rapporterar är enligt vår bedömning inte
  tillräckligt.
no | Vi bedömer det som otillfredsställande att någon uppföljning inte har skett.
- | Vi bedömer det som angeläget att uppföljningen säkerställs.
- | Vi bedömer det som positivt att uppföljningen säkerställs.
- | Vi bedömer det som tillfredsställande att uppföljningen säkerställs.
- | Sammantaget är vår bedömning att arbetet inte i alla delar, och i vissa fall inte alls, är tillräckligt.
undetermined | Då mätningarna inte är klara är det inte möjligt att bedöma måluppfyllelsen.
- | Då mätningarna inte är klara har nämnden inte kunnat bedöma måluppfyllelsen.
undetermined | Utifrån tillgängligt underlag kan vi inte bedöma om resurserna är tillräckliga.
- | Vi kan inte bedöma enskilda ärenden.
"""


@pytest.mark.parametrize(("sentence", "codes"), cases(SENTENCES))
def test_an_assessing_sentence_is_read_as_an_auditor_reads_it(sentence: str, codes: str) -> None:
    assert codes_of(sentence) == codes


LEADS = [
    "Vi bedömer att",
    "Vår samlade bedömning är att",
    "Trots att planen inte är beslutad bedömer vi att",
    "Vår bedömning är, mot bakgrund av att planen inte är beslutad, att",
]
SUBJECTS = [
    "nämnden",
    "den delvis nya organisationen",
    "de rutiner som nämnden inte har beslutat om",
    "bolagets arbete med att säkerställa god kvalitet",
    "nämnden, trots att det saknas rutiner,",
    "rapporteringen av ej verkställda beslut",
]
PREDICATES = """
yes | är ändamålsenlig
yes | har säkerställt en tillräcklig kontroll
largely | i huvudsak är ändamålsenlig
largely | till övervägande del uppfyller kraven
partly | delvis är ändamålsenlig
partly | inte fullt ut har säkerställt en tillräcklig kontroll
partly | inte i alla delar bedrivs på ett ändamålsenligt sätt
no | inte är ändamålsenlig
no | är otillräcklig
no | inte uppfyller kraven
no | saknar en ändamålsenlig styrning
"""
TAILS = [
    "",
    ", trots att rutinerna inte är kända",
    " för att inte riskera rättssäkerheten",
    " eftersom det inte finns några oklarheter",
    ", vilket inte är nytt",
    " sedan den inte längre leds av kommunen",
]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize(("predicate", "code"), cases(PREDICATES))
def test_what_stands_around_a_verdict_does_not_change_it(lead: str, predicate: str, code: str) -> None:
    sentences = [f"{lead} {subject} {predicate}{tail}." for subject, tail in product(SUBJECTS, TAILS)]
    assert {sentence: codes_of(sentence) for sentence in sentences} == dict.fromkeys(sentences, code)


@pytest.mark.parametrize(
    ("predicate", "code"),
    [
        ("är ändamålsenlig", "yes"),
        ("uppfyller i allt väsentligt kraven", "largely"),
        ("är inte helt ändamålsenlig", "partly"),
        ("säkerställer inte alltid att avtalen följs", "partly"),
        ("uppfyller inte kraven", "no"),
        ("är otillräcklig", "no"),
        ("bör ses över", "-"),
        ("kan utvecklas", "-"),
    ],
)
def test_nor_does_it_in_a_main_clause(predicate: str, code: str) -> None:
    for subject, tail in product(SUBJECTS, TAILS):
        reading = read_clause(f"{subject.capitalize()} {predicate}{tail}.")
        assert (reading.verdict.value if reading else "-") == code, (subject, tail)


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
no | Nej. 45 % av besluten saknar datum.
partly | Delvis. På frågan svarade 12 ja och 7 nej.
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

# More answers, and more that are none
yes | Ja – nämnden har antagit en plan
partly | Ja, till viss del
partly | Ja, men endast på central nivå
partly | Ja, men det saknas rutiner för två enheter
yes | Ja. Dock saknas datum på två beslut.
yes | Ja, dock bör rutinen kompletteras
largely | Ja, i huvudsak.
largely | Ja, i stort sett, även om vissa rutiner är gamla
no | Nej – det saknas en samlad bild
no | Nej. Nämnden har dock påbörjat arbetet.
partly | Nej, endast delvis
no | NEJ
no | Nej Rutiner finns men följs inte
yes | Ja Rutiner finns och följs
partly | Delvis Rutiner finns men följs inte
- | Jag vet inte
- | Nejdå
- | Januari
- | Inte bara kommunen utan även regionen deltar
- | Inte aktuellt under perioden
- | Ej tillämpbart
- | Ej besvarad
- | Vet ej
- | Inget svar
- | Inga synpunkter
yes | Inga avvikelser
- | Inga åtgärder vidtagna
- | Ej påbörjad
- | Avslutad
- | Klar
- | Delvis genomförd
- | Delvis klar
- | Delvis åtgärdat
yes | Tillfredsställande
no | Ej tillfredsställande
no | Icke uppfyllt
partly | Inte fullt uppfyllt
partly | Delvis tillfredsställande
largely | I allt väsentligt uppfyllt
largely | Huvudsakligen
largely | Till stor del uppfyllt
partly | Till vissa delar
partly | I begränsad utsträckning
no | Uppfyller inte kraven
yes | Uppfyller kraven
partly | Uppfyller delvis kraven
largely | Uppfyller i huvudsak kraven
- | Uppfyllelsegrad 80 %
no | Väsentliga brister
- | Vissa brister
- | Mindre brister
no | Brister
no | Otillfredsställande
no | Underkänt
yes | Godkänt
no | Ej godkänt
- | Gul och blå flagga
- | Röd tråd saknas i dokumenten
- | Gult kort
partly | Gult
yes | Grönt.
no | Rött – åtgärder krävs
- | Grönt/gult
- | ● Ja ○ Nej
- | ☐ Ja ☒ Nej
- | X
- | +
- | A
- | Hög
- | Låg
- | Medel
undetermined | Kan inte besvaras
undetermined | Svårbedömt
- | Oklart
- | Bedöms inte
- | Bedöms i senare granskning
partly | Bedömning: Delvis
no | Svar: Nej.
yes | Bedömning: Uppfyllt.
largely | Svar på revisionsfråga 3: I huvudsak
- | Bedömning
- | Vår bedömning
yes | Vår bedömning: Tillräcklig
- | Vi ser positivt på arbetet
- | Tillräckliga resurser behövs
- | Otillräckliga svar gör att frågan inte kan analyseras
- | Helt enkelt
- | Helt nya rutiner har införts
- | Fullt med ärenden
- | I huvudsak genom enkäter
- | I stort behov av stöd
- | I stort sett hela året
- | Till stor del beror detta på pandemin
- | Till viss del nya regler
- | Ja-sidan vann
- | Ja (14 av 20)
yes | Ja (se avsnitt 3.2)
partly | Delvis uppfyllt (se avsnitt 3.2)

# Labels before the answer
no | Uppfyllt: Nej
yes | Uppfyllt: Ja
partly | Uppfyllt: Delvis
yes | Kontrollmål 3: Uppfyllt
no | Svaret är nej.
partly | Svaret på revisionsfrågan är delvis.
yes | Svaret på frågan är ja
no | Revisionsfrågan bedöms inte vara uppfylld
- | Delvis/Nej
yes | Ja,
- | Ja?
- | Nej?
no | nej
- | Ja, Nej, Delvis
- | Ja eller nej
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

# In the order of a main clause
yes | Nämnden har säkerställt en tillräcklig uppföljning.
yes | Ansvaret är tydligt fördelat.
partly | Ansvaret är tydligt fördelat men rutinerna är inte kända.
no | Rutinerna är inte kända i verksamheten, vilket inte är tillfredsställande.
partly | Kommunstyrelsen har delvis en tillräcklig uppsikt över bolagen.
yes | Det finns en beslutad plan.
- | En plan är under framtagande.
- | Planen beslutades 2022.
- | Nämnden fick rapporten i maj.
largely | Med något undantag följs avtalen.
no | Någon samlad uppföljning görs inte.
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


def test_no_group_of_the_data_repeats_without_a_bound() -> None:
    text = files("granskning_ai.swedish").joinpath("data/verdicts.yml").read_text(encoding="utf-8")
    entries = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert len(entries) > 10_000
    assert re.findall(r"\)(?:[*+]|\{\d+,\})", entries) == []


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
    "som bedöms " * 1800,
    "Ekby bedömer " * 1500,
    "men ett finns " * 1400,
    "en vi bedömer men " * 1100,
    "i allt " * 2900,
    ", " * 10000,
    "enligt vår " * 1900,
    "(" * 20000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:16].strip() or "blanks" for text in HOSTILE])
@pytest.mark.parametrize("length", [20_000, 1_990])
def test_a_hostile_text_is_read_in_no_time(text: str, length: int) -> None:
    started = time.process_time()
    is_assessment(text[:length])
    read_sentence(text[:length])
    read_clause(text[:length])
    read_answer(text[:length])
    read_assertion(text[:length])
    assert time.process_time() - started < 10.0  # processor time; a runaway pattern takes far longer
