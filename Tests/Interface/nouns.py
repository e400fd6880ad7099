"""English nouns that no caption of the bundled model has, by the group of emoji that they belong to, and the words
of captions that are drawn as that group.

`LOOKED_AT` was looked at while the search was made; `NEVER_SEEN` was written afterwards and never looked at.
"""

LOOKED_AT = {
    "animal-mammal": "spaniel terrier collie dachshund beagle mastiff whippet mutt hound kitten tabby lioness cheetah "
    "jaguar lynx cougar panther ocelot stallion mare filly thoroughbred mule heifer steer calf lamb hog "
    "piglet hare gerbil vole shrew weasel ferret stoat mink hyena jackal coyote dingo grizzly chimpanzee "
    "baboon gibbon antelope gazelle impala reindeer elk caribou wallaby wombat opossum armadillo yak",
    "animal-bird": "sparrow robin crow raven magpie hawk falcon vulture ostrich heron stork pelican gull albatross "
    "pheasant quail partridge finch wren thrush nightingale woodpecker hummingbird cockatoo macaw "
    "budgerigar gander mallard",
    "animal-amphibian": "toad newt salamander",
    "animal-reptile": "alligator iguana gecko chameleon python cobra viper rattlesnake adder stegosaurus triceratops",
    "animal-marine": "trout salmon tuna cod herring sardine halibut perch porpoise orca anchovy mackerel",
    "animal-bug": "moth wasp hornet bumblebee locust termite tarantula millipede centipede gnat weevil",
    "plant-flower": "daisy lily orchid carnation daffodil violet marigold petunia",
    "plant-other": "oak elm birch willow cedar spruce fir conifer sapling shrub",
    "food-fruit": "lime grapefruit apricot nectarine plum raspberry cranberry papaya cantaloupe mandarin",
    "food-vegetable": "cauliflower turnip spinach celery shallot zucchini leek yam radish truffle",
    "food-prepared": "ham omelet lasagna macaroni cheddar brie mozzarella bun cheeseburger sirloin bratwurst salami",
    "food-sweet": "gingerbread brownie fudge caramel toffee éclair sundae sorbet macaroon gumdrop",
    "drink": "lager ale champagne vodka gin rum bourbon espresso cappuccino lemonade brandy",
    "person-role": "lawyer surgeon pediatrician psychiatrist baker welder astrophysicist policeman constable sheriff "
    "violinist pianist sculptor lecturer dramatist pharmacist programmer paratrooper sentry",
    "sport": "golfer swimmer archery",
    "music": "cello viola clarinet oboe bassoon tuba trombone harp harpsichord mandolin ukulele cymbal",
    "clothing": "blouse sweater cardigan overcoat parka skirt moccasin clog boots fedora beret bonnet mitten jodhpurs "
    "slacks raincoat anklet earring",
    "transport-ground": "sedan limousine convertible coupe hatchback jeep van moped unicycle streetcar",
    "transport-water": "schooner frigate destroyer catamaran kayak raft steamship barge trawler",
    "transport-air": "jet airliner biplane glider bomber chopper",
    "place-building": "cottage bungalow mansion villa skyscraper cathedral abbey monastery citadel palace inn "
    "supermarket",
    "tool": "pliers mallet chisel hacksaw drill crowbar sledgehammer scalpel tweezers cutlass rapier rifle musket "
    "bayonet",
    "household": "armchair sofa bench stool recliner cot crib futon towel",
    "computer-phone": "mainframe cellphone",
    "science": "centrifuge",
    "book-paper": "dictionary encyclopedia atlas novel textbook magazine diary pamphlet",
    "time": "chronometer wristwatch sundial",
    "sky & weather": "blizzard drizzle hail gale meteor mist",
    "dishware": "goblet ladle teaspoon saucepan skillet",
    "money": "dime nickel penny",
    "writing": "quill",
}

NEVER_SEEN = {
    "animal-mammal": "greyhound dalmatian pug poodles siamese bobcat leopardess colt pony zebu chinchilla marmot "
    "squirrels lemur vixen buck doe grizzlies platypus walrus manatee",
    "animal-bird": "pigeon condor kestrel swallow starling oriole puffin emu bluebird goldfinch cormorant toucan",
    "animal-reptile": "caiman crocodiles boa mamba tyrannosaur",
    "animal-marine": "flounder sole swordfish piranha minnow catfish eel",
    "animal-bug": "dragonfly firefly mantis aphid cicada flea",
    "plant-flower": "peony chrysanthemum dahlia geranium poppy lilac",
    "plant-other": "beech poplar sequoia redwood hemlock bonsai",
    "food-fruit": "blackberry elderberry plantain satsuma honeydew clementine",
    "food-vegetable": "cress chard parsnip lentil asparagus artichoke",
    "food-prepared": "gouda parmesan pepperoni fettuccine",
    "food-sweet": "truffles nougat biscuit tart éclair lozenge",
    "drink": "stout porter claret burgundy sherry mocha",
    "person-role": "barrister magistrate cardiologist bricklayer novelist botanist zoologist programmer",
    "music": "lute lyre fiddle piccolo bugle xylophone",
    "clothing": "tunic sarong trench jumper pullover stiletto bowler trilby",
    "transport-ground": "minivan taxicab roadster tricycle",
    "transport-water": "dinghy galleon tanker tugboat clipper",
    "transport-air": "seaplane zeppelin warplane monoplane",
    "place-building": "shack lodge farmhouse hostel chateau",
    "tool": "mattock scythe sickle machete",
    "household": "settee sofa ottoman bassinet stepladder",
    "book-paper": "thesaurus almanac paperback cookbook",
    "time": "",
    "sky & weather": "downpour snowstorm squall",
    "dishware": "platter wok",
}

DRAWN = {
    "animal-mammal": "dog cat lion horse racehorse cow bull giraffe sheep pig rabbit mouse bat bear wolf ape monkey "
    "bison deer moose kangaroo marsupial ox poodle leopard squirrel fox",
    "animal-bird": "bird parrot goose duck",
    "animal-amphibian": "frog",
    "animal-reptile": "reptile lizard snake crocodile tyrannosaurus",
    "animal-marine": "fish dolphin",
    "animal-bug": "insect bee grasshopper spider fly beetle",
    "plant-flower": "flower tulip",
    "plant-other": "tree",
    "food-fruit": "fruit citrus berry melon",
    "food-vegetable": "vegetable potato",
    "food-prepared": "meat cheese bread hamburger sausage",
    "food-sweet": "cupcake cookie candy pastry dessert pie",
    "drink": "beer wine liquor whisky coffee beverage",
    "person-role": "teacher doctor cook mechanic physicist officer artist chemist coder soldier judge biologist "
    "entertainer",
    "sport": "skier",
    "music": "instrument guitar violin flute",
    "clothing": "clothing jacket coat shoe boot hat cap glove shorts",
    "transport-ground": "car motorcycle vehicle trolley taxi automobile",
    "transport-water": "ship sailboat canoe boat rowboat",
    "transport-air": "airplane helicopter",
    "place-building": "house building church castle hotel store hut",
    "tool": "saw hammer sword screwdriver",
    "household": "chair couch bed basket",
    "computer-phone": "computer telephone",
    "science": "",
    "book-paper": "book",
    "time": "clock watch",
    "sky & weather": "weather wind fog rain",
    "dishware": "cup spoon",
    "money": "coin",
    "writing": "pen",
}
