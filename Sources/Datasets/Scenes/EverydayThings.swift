/// Things that people ask for every day, by the names that concepts have.
///
/// Words of daily speech are far more frequent than others; scenes have them as often.
public enum EverydayThings {
    /// The names.
    public static let names = [
        // Animals
        "cat", "dog", "horse", "cow", "pig", "sheep", "goat", "rabbit", "mouse", "bear", "panda",
        "koala", "tiger", "lion", "fox", "wolf", "monkey", "elephant", "giraffe", "zebra", "camel",
        "deer", "hedgehog", "frog", "turtle", "snake", "crocodile", "dragon", "unicorn", "dinosaur",
        "bird", "duck", "owl", "eagle", "chicken", "chick", "rooster", "penguin", "parrot", "swan",
        "flamingo", "peacock", "fish", "whale", "dolphin", "shark", "octopus", "crab", "butterfly",
        "bee", "ladybug", "spider", "snail", "ant",
        // Plants
        "tree", "pine tree", "palm tree", "tulip", "rose", "sunflower", "blossom",
        "cherry blossom", "cactus", "mushroom", "maple leaf", "four leaf clover",
        // Food
        "apple", "banana", "pear", "tangerine", "lemon", "grapes", "strawberry", "cherries",
        "watermelon", "pineapple", "peach", "mango", "tomato", "carrot", "ear of corn", "potato",
        "broccoli", "bread", "cheese wedge", "egg", "hamburger", "pizza", "hot dog", "taco",
        "birthday cake", "shortcake", "cookie", "doughnut", "ice cream", "candy", "lollipop",
        "coffee", "tea", "glass of milk", "beer mug", "wine glass",
        // Places to live and ways to travel
        "house", "castle", "church", "school", "tent", "windmill", "car", "bus", "taxi", "truck",
        "delivery truck", "police car", "fire truck", "tractor", "racing car", "bicycle",
        "motorcycle", "train", "locomotive", "airplane", "helicopter", "rocket", "flying saucer",
        "ship", "sailboat", "anchor",
        // Things
        "balloon", "kite", "umbrella", "alarm clock", "watch", "phone", "laptop", "camera",
        "television", "book", "pencil", "scissors", "key", "hammer", "light bulb", "candle",
        "chair", "bed", "sofa", "table", "door", "window", "soccer ball", "basketball", "guitar",
        "musical keyboard", "drum", "trumpet", "violin", "gift", "crown", "top hat", "hat", "shoe",
        "dress", "t-shirt", "glasses", "sunglasses", "scarf", "backpack", "handbag", "ring",
        "gem stone", "trophy", "bell", "teddy bear", "robot", "ghost", "alien", "skull",
        "jack-o-lantern", "christmas tree", "snowman", "globe", "bomb", "magnet", "telescope",
        // The sky, and signs
        "heart", "star", "sun", "moon", "cloud", "rainbow", "snowflake", "mountain", "volcano",
        // People
        "man", "woman", "boy", "girl", "baby", "astronaut", "princess", "prince", "mage", "fairy",
        "mermaid", "superhero", "santa claus", "police officer", "farmer", "cook",
    ]
}
