"""The English word lists behind `metrics.wording`."""

import re

FIXED_PAIRS = frozenset(
    """
    all or nothing|arts and crafts|back and forth|bed and breakfast|black and white|bread and butter|by and large
    cash and carry|click and collect|drag and drop|each and every|family and friends|family or friends
    first and foremost|fish and chips|food and beverage|food and beverages|food and drink|food and drinks
    friend and colleague|friend or colleague|friend or relative|friends and colleagues|friends and family
    friends or colleagues|friends or family|fruit and vegetables|goods and services|goods or services
    health and safety|he or she|her or him|here and there|him or her|his or her|in and out|ladies and gentlemen
    law and order|lost and found|loud and clear|men and women|more and more|more or less|mr and mrs|name and address
    night and day|day and night|now and then|on and off|one and only|parents and children|park and ride
    peace and quiet|pick and mix|plug and play|product and service|product or service|products and services
    products or services|profit and loss|pros and cons|questions and answers|rain or shine|research and development
    rest and relaxation|rules and regulations|safe and sound|salt and pepper|she or he|shipping and handling
    sooner or later|supply and demand|terms and conditions|time and again|to and fro|trial and error|true or false
    up and down|up and running|wear and tear|yes and no|yes or no
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
PASSING_LEFT = frozenset({"come", "go", "try", "wait", "you", "again", "over"})
PASSING_RIGHT = frozenset(
    {"so", "more", "less", "fewer", "not", "no", "none", "other", "others", "another", "else", "if"}
    | {"above", "below", "over", "under", "later", "again", "similar"}
)

PRAISE = (
    r"(?:excellent|outstanding|exceptional|amazing|awesome|fantastic|wonderful|superb|brilliant|terrific|great|"
    r"world[- ]class|first[- ]class|award[- ]winning|unbeatable|top[- ]quality|delicious|terrible|awful|horrible|"
    r"dreadful|appalling|poor|disappointing)"
)
LEADING = re.compile(
    rf"""\b (?:
      (?: do | would | did | are | were | is | was | have | has | should | could )n't \s (?: you | we | it | they )
    | (?: do | would | did ) \s you \s not \s (?: agree | think | feel | find | like | love | enjoy )
    | (?: would | wouldn't ) \s you \s (?: also \s )? agree
    | you (?: \s would |'d) \s (?: surely \s )? agree
    | how \s (?: much | greatly | deeply | strongly ) \s (?: do | did | would ) \s you \s
      (?: really \s | truly \s )? (?: love | like | enjoy | hate | dislike | appreciate | admire )
    | how \s (?: very \s | truly \s )? (?: excellent | outstanding | amazing | awesome | fantastic | wonderful | superb
      | brilliant | terrific | terrible | awful | horrible | dreadful ) \s (?: is | was | are | were )
    | (?: our | your | this | that | these | those | such \s an? ) \s (?: new \s | truly \s | really \s )? {PRAISE}
      (?= \s [a-z] )
    | obviously | undoubtedly | needless \s to \s say | as \s (?: we \s all | everyone | you ) \s knows?
    | everyone \s knows | most \s (?: people | customers ) \s (?: agree | think | believe | say | love | like )
    | of \s course (?= \s* , ) | (?: ^ | (?<= , \s ) ) of \s course \b | surely
    ) \b | \b of \s course (?= \s* , )""",
    re.VERBOSE | re.IGNORECASE,
)
ABSOLUTES = re.compile(
    r"\b(?:always|every (?:single )?time|at all times|in every case|(?<!hardly )(?<!if )(?<!as )ever(?! since\b))\b",
    re.IGNORECASE,
)
NEGATIVE_WORDS = re.compile(r"\b(?:not|never|cannot|neither|nor|[a-z]+n't)\b", re.IGNORECASE)
HARMLESS_NEGATIONS = re.compile(
    r"""\b (?: if \s not | or \s not | why \s not | why \s or \s why \s not | not \s only | not \s at \s all
    | not \s applicable | (?: not | don't | doesn't | didn't ) \s apply | neither \s agree \s nor \s disagree
    | neither \s \w+ \s nor \s \w+ ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
WITH_NEGATIVE_SENSE = re.compile(
    r"""\b (?: without | disagree \w* | dislike \w* | dissatisfied | unsatisfied | unhappy | unfriendly | unhelpful | unclear
    | unlikely | unable | unpleasant | uncomfortable | unprofessional | unreasonable | unacceptable | unnecessary
    | impolite | impossible | incorrect | inconvenient | inaccurate | incompetent ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
