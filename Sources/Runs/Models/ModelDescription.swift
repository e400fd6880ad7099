import Foundation
import Settings

/// What a file of weights is: enough to build the network again and to say where it came from.
public struct ModelDescription: FileDescription {
    /// The key under which a file's texts hold the description.
    public static let key = "atelier.model"

    /// The family of networks, such as `dcgan`.
    public var family: String
    /// The family's own settings.
    public var settings: SettingValue
    /// What draws the generator's drafts again, where something does.
    public var refiner: Recipe.Refiner?
    /// Rows and columns of a picture.
    public var size: [Int]
    /// Channels of a picture.
    public var channels: Int
    /// Classes, properties or numbers in a label; 0 where there is none.
    public var labels: Int
    /// What a label is: `none`, `classes`, `properties`, `scalars` or `captions`.
    public var labelKind: String
    /// The recipe that the network was trained with.
    public var recipe: String
    /// The data set that it was trained on.
    public var set: String
    /// Real pictures shown in training.
    public var images: Int
    /// What latent numbers are drawn from.
    public var distribution: LatentDistribution
    /// Names of the classes that can be asked for; empty when there are none.
    public var classNames: [String]
    /// What texts are made of, where pictures are asked for with texts.
    public var text: Text?
    /// At which edges pictures go on at the opposite edge; nothing for none.
    public var wraps: PictureWrapping?

    /// What texts are made of, and what they can say.
    public struct Text: Codable, Sendable, Equatable {
        /// The model of the pieces.
        public var pieces: Data
        /// Pieces of a text that count.
        public var length: Int
        /// The number that fills texts up.
        public var filler: Int
        /// Words that the captions have.
        public var words: [String]

        /// A description of texts.
        public init(pieces: Data, length: Int, filler: Int, words: [String]) {
            (self.pieces, self.length) = (pieces, length)
            (self.filler, self.words) = (filler, words)
        }
    }

    /// A description.
    public init(
        family: String,
        settings: SettingValue,
        refiner: Recipe.Refiner? = nil,
        size: [Int],
        channels: Int,
        labels: Int,
        labelKind: String,
        recipe: String,
        set: String,
        images: Int,
        distribution: LatentDistribution,
        classNames: [String],
        text: Text? = nil,
        wraps: PictureWrapping? = nil
    ) {
        self.family = family
        self.settings = settings
        self.refiner = refiner
        self.size = size
        self.channels = channels
        self.labels = labels
        self.labelKind = labelKind
        self.recipe = recipe
        self.set = set
        self.images = images
        self.distribution = distribution
        self.classNames = classNames
        self.text = text
        self.wraps = wraps
    }
}
