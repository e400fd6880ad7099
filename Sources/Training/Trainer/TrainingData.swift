import Adversarial
import Datasets
import Foundation
import Imaging
import Midjourney
import Runs
import Settings

/// The pictures of a run: those it trains on and those held out.
struct TrainingData {
    /// The training pictures, decoded.
    let training: PictureCache
    /// The held-out pictures, decoded; nothing when the run does not look at them.
    let heldOut: PictureCache?
    /// Which pictures make up each batch.
    let order: BatchOrder
    /// What makes a batch.
    let loader: BatchLoader
    /// What held-out pictures are asked for with, where pictures are asked for with texts.
    let heldOutCaptions: CaptionBook?
    /// Whether pictures are asked for with texts.
    let hasTexts: Bool
    /// Names of the classes; where pictures with captions have none, all are of one.
    var classNames: [String] {
        hasTexts && training.classNames.isEmpty ? ["picture"] : training.classNames
    }
    /// The classes that labels are of.
    func classes(_ labels: [Int]) -> [Int] {
        training.classNames.isEmpty ? labels.map { _ in 0 } : labels
    }
    /// What a label is, and how many classes, properties or numbers there are.
    var labels: (kind: ImageSpec.LabelKind, count: Int) {
        guard training.valueCount > 0 else {
            return (hasTexts ? .captions : .classes, classNames.count)
        }
        let isProperty = training.values.allSatisfy { $0 == 0 || $0 == 1 }
        return (isProperty ? .properties : .scalars, training.valueCount)
    }

    /// The held-out pictures that can be judged: with classes, those whose class is one of the training's.
    func judged(conditional: Bool) -> [Int] {
        guard let heldOut else { return [] }
        let (kind, count) = labels
        guard conditional else { return Array(0..<heldOut.count) }
        guard kind == .classes || kind == .captions else {
            return heldOut.valueCount == count ? Array(0..<heldOut.count) : []
        }
        if training.classNames.isEmpty { return Array(0..<heldOut.count) }
        return heldOut.labels.indices.filter { (0..<count).contains(heldOut.labels[$0]) }
    }

    /// Where the data was found, if that was told.
    let path: String?

    /// The pictures of a recipe.
    ///
    /// - Parameters:
    ///   - recipe: What to train on.
    ///   - path: Where it lies; nothing to look in the known places.
    ///   - cache: Where decoded pictures are kept.
    ///   - folder: Of the run, where the pieces of texts are kept once they are found; nothing where
    ///     no texts are needed.
    ///   - known: The pieces and words of the networks that the run begins with.
    ///   - share: Which pictures of each batch this process makes.
    ///   - heard: The pieces and words of the leading process, where this one follows.
    ///   - tell: Told what a person should know.
    /// - Throws: What is wrong with the data.
    init(
        _ recipe: Recipe,
        path: String?,
        cache: URL?,
        folder: RunFolder? = nil,
        known: KnownTexts? = nil,
        share: BatchShare = .whole,
        heard: KnownTexts? = nil,
        tell: @escaping @Sendable (String) -> Void
    ) throws {
        // Absolute, so that a run goes on from any folder.
        let wanted = (path ?? recipe.data.path).map {
            URL(filePath: NSString(string: $0).expandingTildeInPath).standardizedFileURL.path
        }
        self.path = wanted
        let options = CacheOptions(
            width: recipe.data.width,
            height: recipe.data.rows,
            channels: recipe.data.channels,
            fit: recipe.data.resize,
            damage: .skip
        )
        func paired(_ source: any PictureSource, _ split: Split) throws -> any PictureSource {
            guard let pairs = recipe.data.pairs else { return source }
            var one = options
            one.height = recipe.data.height
            return try PairSource.open(source, pairs, split: split, options: one)
        }
        let tell = OnceTold(tell)
        func source(_ split: Split) throws -> any PictureSource {
            let found = try DatasetCatalog().open(
                recipe.data.set,
                path: wanted,
                split: split,
                pixels: max(recipe.data.width, recipe.data.height)
            )
            guard let number = recipe.data.aloneFrom, split == .train,
                let scenes = found as? ScenesSource
            else { return found }
            return scenes.alone(from: number)
        }
        func open(_ source: any PictureSource, beside other: Int = 0) throws -> PictureCache {
            if other > 0, source.count == 0 { throw TrainingData.nothingHeldOut(of: other, source) }
            return try PictureCache.open(
                source,
                options: options,
                folder: cache ?? CacheFolder.pictures(),
                notice: tell.tell
            )
        }
        var examples = try source(recipe.data.split)
        if !recipe.data.holdsOut, let part = examples as? SubsetSource { examples = part.whole }
        examples = try paired(examples, recipe.data.split)
        let stream = examples as? any ExampleStream
        training = try open(examples)
        let other = recipe.data.split == .train ? Split.test : .train
        heldOut =
            recipe.evaluation.everyEpochs > 0
            ? try open(paired(source(other), other), beside: training.count) : nil
        let augmentation = TrainingData.augmentation(recipe)
        try augmentation.validate(channels: recipe.data.channels)
        // What comes once only has no frequency to be balanced.
        let balance = stream == nil ? recipe.data.balance : 0
        order = try BatchOrder(
            count: stream?.epochLength ?? training.count,
            batchSize: recipe.training.batch,
            sampling: balance > 0
                ? .balanced(
                    ClassWeights(
                        labels: try TrainingData.kinds(of: training, by: recipe.data.balanceBy),
                        power: balance,
                        seed: recipe.seed
                    )
                )
                : .shuffled(
                    Permutation(count: stream?.epochLength ?? training.count, seed: recipe.seed)
                ),
            remainder: recipe.training.dropLast ? .dropped : .kept
        )
        hasTexts = recipe.traits.texts != nil
        let rows = try TrainingData.rows(
            recipe,
            training,
            vocabulary: stream?.vocabulary,
            known: known,
            folder: folder,
            heard: heard
        )
        let words = try heard?.words ?? folder.map(KnownTexts.words) ?? []
        func captions(of pictures: PictureCache?) throws -> CaptionBook? {
            guard let rows, let pictures else { return nil }
            return try TrainingData.captions(of: pictures, rows, recipe.seed, beside: words)
        }
        heldOutCaptions = try captions(of: heldOut)
        var loader = BatchLoader(
            cache: training,
            stream: stream,
            order: order,
            augmentation: augmentation,
            captions: try captions(of: training),
            layout: .channelsLast,
            seed: recipe.seed
        )
        loader.share = share
        self.loader = loader
    }

    private static func nothingHeldOut(
        of count: Int,
        _ source: any PictureSource
    ) -> DatasetError {
        DatasetError(
            .missing,
            at: source.name,
            "none of \(count) pictures is held out, so there is nothing to evaluate with",
            cure:
                "set evaluation.every-epochs=0, add pictures, or divide them into folders train and"
                + " test"
        )
    }

    private static func augmentation(_ recipe: Recipe) -> Augmentation {
        let wanted = recipe.data.augmentation
        var augmentation = Augmentation.none
        augmentation.horizontalFlip = Float(wanted.flip)
        augmentation.rotation = .init(strength: Float(wanted.rotate))
        augmentation.scale = .init(strength: Float(wanted.scale))
        augmentation.crop = .init(strength: Float(wanted.crop))
        augmentation.translation = .init(strength: Float(wanted.translate))
        return augmentation
    }
}
