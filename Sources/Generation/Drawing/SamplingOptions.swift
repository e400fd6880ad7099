/// How pictures are drawn, in the models' own numbers.
public struct SamplingOptions: Codable, Sendable, Equatable {
    /// What remains of each picture's distance to the mean one: less gives safer and more similar
    /// pictures, 1 leaves all.
    public var truncation = 1.0
    /// How freely pieces are drawn where pictures are drawn piece by piece: 1 as learned, 0 the
    /// likeliest, nothing as learned.
    public var temperature: Double?
    /// The least total chance of the likeliest codes that count.
    public var topP = 1.0
    /// How far what is asked for is stressed over what is not.
    public var guidance = 1.0
    /// The share of a picture's codes that chance decides; the likeliest follow.
    public var sampledFraction = 1.0
    /// How far each picture's latent numbers are from those that all share; nothing for numbers of
    /// their own.
    public var noiseSpread: Double?
    /// Whether all pictures start from the same latent numbers.
    public var sharesNoise = false
    /// Candidates for each picture, of which the discriminator chooses the best.
    public var quality = 1
    /// Candidates for each picture, of which the unlikeliest stays.
    public var unlikeliestOf = 1
    /// The shape that the picture is brought to by drawing more at its sides: width, height.
    public var aspect: [Int]?
    /// How far away the picture is seen from.
    public var zoom = 1.0
    /// Whether the picture goes on at each edge where it begins.
    public var isTile = false
    /// Whether the picture is all around; nothing where it is not.
    public var isPanorama: Bool?

    /// How far pictures are moved to the right and downwards, in their own sides, of models that can move them.
    public var translation: [Double]?
    /// Degrees by which they are turned against the clock, before they are moved.
    public var rotation: Double?

    /// Steps that a picture is drawn in, of models that draw in several; nothing for as many as are usual.
    public var steps: Int?

    /// What transparent parts are laid on, as `#rrggbb`; nothing to leave them.
    public var background: String?

    /// Styles that layers take beside the picture's own, of models that have them.
    public var styles: [StyleMix]?

    /// Keys as earlier versions wrote them into pictures.
    private enum CodingKeys: String, CodingKey {
        case truncation, temperature, topP, guidance, quality, aspect, zoom, isTile, isPanorama
        case translation, rotation, steps, background, styles
        case sampledFraction = "chanceShare"
        case noiseSpread = "variety"
        case sharesNoise = "sharesChance"
        case unlikeliestOf = "oddity"
    }

    /// As learned.
    public init() {}
}
