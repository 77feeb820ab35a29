// What in a text may point at a person, while it is typed. Light: it knows the hard kinds of `generator/privacy/rules`
// by their shape, and rather warns once too often. It is no privacy gate. Pure: no page, no network, no storage.

const MONTH = "(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const DATE = `(?:(?:\\d{1,2} ?- ?\\d{1,2} ?- ?|\\d{1,2} ?/ ?\\d{1,2} ?/ ?|\\d{1,2} ?\\. ?\\d{1,2} ?\\. ?)'?(?:\\d{4}|\\d{2})(?!\\d)|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:e|ste|de)? ${MONTH}\\.?(?: '?\\d{2,4}(?!\\d))?)`;
const BORN = "(?:geboren|geb\\.? ?(?:dat(?:um|\\.)?|:|op)|geboorte\\w*|g\\.?d\\.?:|jarig|verjaar\\w*|beviel|bevallen|ter wereld|\\*)";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][\\p{L}'’-]+";
const PARTICLE = "(?:(?:van|de|der|den|het|ter|ten|te|in|'t|el|al|ben|bin|von|da|di|la|op) )";
const NAME = `${PARTICLE}{0,3}(?:[A-Z]\\.[ -]?){0,4}${PARTICLE}{0,3}${CAPITAL}(?: ${PARTICLE}{0,3}${CAPITAL}){0,3}`;
const TITLE = "(?:[Mm]evrouw|[Mm]eneer|[Mm]ijnheer|[Mm]enheer|[Dd]e [Hh]eer|[Hh]eer|[Ff]amilie|[Mm]ejuffrouw|[Jj]uffrouw|(?:[Mm]evr|[Mm]w|[Dd]hr|[Ff]am|[Mm]ej|[Dd]rs?|[Ii]r|[Mm]r)\\.?)";
const KIN = "(?:zoon(?:tje)?|dochter(?:tje)?|moeder|vader|broer(?:tje)?|zus(?:je)?|partner|echtgeno(?:ot|te)|oudste|jongste|middelste|vriendin?|opa|oma|buurman|buurvrouw|cliënte?|kind|heet|heten|genaamd)";
const DIGIT_WORD = "(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|[a-z]{2,9}(?:tien|tig)|tien|elf|twaalf)";
const PLATES = "AA-99-99 99-99-AA 99-AA-99 AA-99-AA AA-AA-99 99-AA-AA 99-AAA-9 9-AAA-99 AA-999-A A-999-AA AAA-99-A A-99-AAA 9-AA-999 999-AA-9 AAA-99-9 9-AAA-999 999-AAA-9".split(" ");
const CITIZEN = "(?:bsn|b\\.s\\.n\\.?|burgerservicenummer|burger service nummer|sofi-?nummer|persoonsnummer|a-nummer)";
const ACCOUNT = "(?:rekening-?(?:nummer|nr)|bank-?nummer|giro-?nummer|(?:giro|bank|spaar|beheer|leefgeld)rekening|iban|bankpas|creditcard)";
const CALL = "(?:tel(?:efoon)?(?:nummer|nr)?|mobiel(?:e)?(?: nummer)?|gsm|app|bel|whats-?app|sms|nummer)";
const PLATE_CUE = "(?:kentekens?|nummerbord|nummerplaat|auto|wagen|bus|scooter|brommer|motor)";
const ROAD = "(?:straat|laan|weg|plein|kade|gracht|singel|dreef|hof|dijk|steeg|pad|plantsoen|markt|wal|baan|park)";
const NO_POSTCODE = /^(?:19|20)\d\d (?:EN|OF|WW|WIA|PW|IN|TOT|ZW|II|IV)$/;
const SERVICE = /^(?:0?8(?:00|8)|0?90[069]|(?:0031|31)(?:88|800|900))/;
const NOT_A_PERSON = /(?:isbn|issn|rsin|doi|kvk|ean|btw|ecli)[^\d]{0,12}$|€ ?$|\d[.,]$/i;
const STREETS = new RegExp(`(?<!\\p{L})\\p{L}{2,}${ROAD} \\d{1,4}(?: ?(?:[a-z]|bis)(?!\\p{L}))?`, "giu");

const group = (signs) => signs.replaceAll("A", "[A-Z]").replaceAll("9", "\\d");
const plates = (joint) => PLATES.map((series) => series.split("-").map(group).join(joint)).join("|");
const digits = (value) => value.replace(/\D/g, "");

// One kind a line: its name, its shape, which group is meant (0: all of it), and what else must hold.
const KINDS = [
  ["bsn", /(?<![\p{L}\d])\d(?:[ .\-/·]{0,3}\d){8}(?![\p{L}\d]|[.,]\d)/gu, 0, (value, text, place) => isCitizenNumber(digits(value)) && !NOT_A_PERSON.test(text.slice(Math.max(0, place - 24), place))],
  ["bsn", /(?<![\p{L}\d])nl ?\d{9} ?b ?\d\d(?!\d)/giu, 0],
  ["bsn", near(CITIZEN, "\\d(?:[ .\\-/]{0,3}\\d){7,9}"), 1, isNoDate],
  ["bsn", new RegExp(`(?<![\\d+][ .\\-/]{0,2})(\\d(?:[ .\\-/]{0,2}\\d){7,8})[^.!?\\n\\d]{0,20}${CITIZEN}`, "gi"), 1, isNoDate],
  ["rekening", /(?<![\p{L}\d])[A-Z]{2}[ .-]?\d\d(?:[ .-]?[A-Z\d]){11,30}/gu, 0, isAccount],
  ["rekening", /(?<![\p{L}\d])nl[ .-]?\d\d[ .-]?[a-z]{4}(?:[ .-]?\d){8,10}/giu, 0],
  ["rekening", /(?<![\d.,-])[3-6]\d{3}([ .-]?)\d{4}\1\d{4}\1\d{4}(?!\d)/g, 0, (value) => isCard(digits(value))],
  ["rekening", near(ACCOUNT, "\\d(?:[ .\\-]{0,3}\\d){5,15}"), 1, isNoDate],
  ["telefoon", /(?<![\p{L}\d]|\d[.,])[([]?[0O][ )\].-]{0,3}[1-9](?:[ ()/.\-\]]{0,3}[\dlSO]){8}(?![\p{L}\d]|[.,]\d)/gu, 0, isTelephone],
  ["telefoon", /(?:\+ ?|(?<![\p{L}\d])00[ -]?)[1-9](?:[ ()./-]{0,3}\d){7,13}(?!\d)/gu, 0, isTelephone],
  ["telefoon", /(?<![\p{L}\d])316(?:[ -]?\d){8}(?!\d)/gu, 0],
  ["telefoon", near(CALL, "\\d(?:[ ().\\-/]{0,3}\\d){5,11}"), 1, isTelephone],
  ["telefoon", new RegExp(`(?<!\\p{L})(?:${DIGIT_WORD}[ -]?|[a-z]{3,5}en(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig) ?){5,}(?!\\p{L})`, "giu"), 0, (value) => value.trim().split(/[ -]/).length >= 5],
  ["email", /[\p{L}\d._%+-]+ ?(?:@| ?[[({<](?:at|@)[\])}>] ?|_at_) ?[\p{L}\d-]+(?: ?(?:\.|[[({](?:punt|dot)[\])}]| punt | dot ) ?[\p{L}\d-]+)+/giu, 0],
  ["email", /[\p{L}\d._%+-]+(?: punt [\p{L}\d-]+)* (?:apenstaart(?:je)?|at) [\p{L}\d-]+(?: ?(?:\.| punt | dot ) ?(?:nl|com|org|net))/giu, 0],
  ["email", /[\p{L}\d._%+-]+ (?:apenstaart(?:je)?) [\p{L}\d-]+/giu, 0],
  ["email", /(?<![\p{L}\d.@/])[\p{L}\d_-]+\.[\p{L}\d_-]+(?:at| )(?:gmail|hotmail|outlook|live|ziggo|kpnmail|icloud|yahoo)\.(?:com|nl)/giu, 0],
  ["postcode", /(?<![\p{L}\d€.,/])[1-9]\d{3}[ -]?[A-Z]{2}(?![\p{L}\d]|-\p{Ll})/gu, 0, isPostcode],
  ["postcode", /(?<![\p{L}\d])[1-9]\d{3}[a-z]{2}(?![\p{L}\d])/gu, 0, (value) => !/^\d+(?:km|kg|mb|gb|kw|cm|mm|ml|eu)$/.test(value)],
  ["postcode", near("(?:postcode\\w*|wonen op|adres)", "[1-9](?: ?[\\dO]){3}[ -]?[a-z] ?[a-z](?![a-z])"), 1, (value) => !/ (?:en|of|in|is|op|te|tot|de)$/.test(value)],
  ["postcode", /([1-9]\d{3} [a-z]{2})(?= als postcode)/g, 1],
  ["postcode", STREETS, 0],
  ["kenteken", new RegExp(`(?<![\\p{L}\\d-])(?:${plates("[-./_·]")})(?![\\p{L}\\d-])`, "gu"), 0, isPlate],
  ["kenteken", new RegExp(`${PLATE_CUE}[^.!?\\n]{0,30}?(?<![\\p{L}\\d])((?:${plates("[ ./_·-]?")})(?![\\p{L}\\d]))`, "giu"), 1, isPlate],
  ["kenteken", /(?<![\p{L}\d-])(?:[a-z]{2}-\d\d-[a-z]{2}|\d\d-[a-z]{2}-\d\d|[a-z]{2}-[a-z]{2}-\d\d|\d\d-\d\d-[a-z]{2})(?![\p{L}\d-])/gu, 0],
  ["kenteken", /(?:kentekens?|nummerbord|nummerplaat)[^.!?\n]{0,20}?(?<![\p{L}\d])([A-Z]{1,3}[- ][A-Z]{1,2} ?\d{1,4})/gu, 1],
  ["geboortedatum", new RegExp(`${BORN}[^.!?\\n\\d]{0,40}(${DATE}|(?:19|20)\\d\\d(?!\\d)|${MONTH} (?:19|20)\\d\\d)(?:(?: en|,) (?:op )?(${DATE}))?`, "giu"), 0],
  ["geboortedatum", new RegExp(`(${DATE}|${MONTH} (?:19|20)\\d\\d)[^.!?\\n\\d]{0,40}(?:geboren|jarig|verjaar\\w*|beviel|bevallen|ter wereld)`, "giu"), 1],
  ["geboortedatum", new RegExp(`(?<!\\p{L})${KIN} ?[(,] ?\\*?((?:19|20)\\d\\d)(?![\\d])`, "giu"), 1],
  ["datum", new RegExp(`(?<![\\d.,/-])${DATE}(?![\\d/-])`, "giu"), 0, (value) => /\d{4}|'\d\d|\d[-/.]\d+[-/.]\d/.test(value)],
  ["naam", new RegExp(`(?<![\\p{L}])${TITLE} (?!des )(${NAME})`, "gu"), 1],
  ["naam", /(?<!\p{L})(?:[Mm]evr|[Mm]w|[Dd]hr|[Ff]am|[Mm]ej)\.? (?!van |de |het |en |is )(\p{Ll}{3,})/gu, 1],
  ["naam", new RegExp(`(?<![\\p{L}.])(?:[A-Z]\\.[ ]?){1,5}${PARTICLE}{0,3}${CAPITAL}`, "gu"), 0],
  ["naam", new RegExp(`(?<!\\p{L})${KIN},? (${CAPITAL})`, "gu"), 1],
];

// A label, and what stands after it in the same sentence.
function near(label, value) {
  return new RegExp(`(?<![\\p{L}\\d])${label}(?:'?s)?(?![\\p{L}])[^!?\\n\\d€]{0,60}?(?<![\\d.,])(${value})(?![\\p{L}\\d]|,\\d)`, "giu");
}

// Everything that may point at a person, by place, one kind for each stretch: [{ kind, start, end }].
export function find(text) {
  const found = [];
  for (const [kind, shape, part, holds] of KINDS) {
    for (const match of text.matchAll(shape)) {
      const value = match[part];
      if (!value || (holds && !holds(value, text, match.index))) continue;
      const start = match.index + (part ? match[0].lastIndexOf(value) : 0);
      found.push({ kind, start, end: start + value.trimEnd().length });
    }
  }
  return apart(found);
}

// The first kind in the list wins where two overlap.
function apart(found) {
  const kept = [];
  for (const one of found) {
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  }
  return kept.sort((one, other) => one.start - other.start);
}

// Nine digits that pass the eleven-test.
export function isCitizenNumber(value) {
  if (!/^\d{9}$/.test(value) || /^0+$/.test(value)) return false;
  const total = [...value].reduce((sum, digit, place) => sum + Number(digit) * (place === 8 ? -1 : 9 - place), 0);
  return total % 11 === 0;
}

// An account number whose check digits are right; what follows it in the text may be taken along.
function isAccount(value) {
  const whole = value.replace(/[^a-z\d]/gi, "").toUpperCase();
  for (let size = Math.min(34, whole.length); size >= 15; size -= 1) {
    const turned = whole.slice(4, size) + whole.slice(0, 4);
    let rest = 0;
    for (const sign of turned) for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
    if (rest === 1) return true;
  }
  return false;
}

function isCard(value) {
  const total = [...value].reverse().reduce((sum, digit, place) => {
    const worth = Number(digit) * (place % 2 ? 2 : 1);
    return sum + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return total % 10 === 0;
}

function isNoDate(value) {
  return !/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$/.test(value) && !/^(?:19|20)\d\d(?:[ -]+(?:19|20)\d\d)*$/.test(value);
}

function isTelephone(value, text, place) {
  const plain = value.replace(/[O]/g, "0").replace(/l/g, "1").replace(/S/g, "5");
  const before = text.slice(Math.max(0, place - 16), place);
  const times = /^\(?\d{1,2}[.:]\d\d ?[ -] ?\d{1,2}[.:]\d\d/.test(value);
  const counting = digits(plain).length > 9 && "01234567890123456789".includes(digits(plain));
  const dated = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(value);
  return isNoDate(value) && !dated && !times && !counting && !SERVICE.test(digits(plain)) && !NOT_A_PERSON.test(before);
}

function isPostcode(value) {
  return !NO_POSTCODE.test(value) && !/(?:KM|KG|MB|GB|KW|EU|NL|SS|SA|SD)$/.test(value);
}

function isPlate(value) {
  return !/(?:^|[^a-z])(?:en|in|is|of|op|tot)(?![a-z])|(?:JAN|FEB|MRT|APR|MEI|JUN|JUL|AUG|SEP|OKT|NOV|DEC)/i.test(value) && !/\d ?km$/i.test(value) && /\d/.test(value);
}
