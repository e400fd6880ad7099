import Datasets
import Generation
import Imaging
import Settings
import Torch

/// All pictures of a data set, those held out behind the others.
public final class RealPictures {
    /// What a data set's pictures are brought to.
    public struct Form: Sendable, Equatable {
        /// Pixels of a row.
        public var width: Int
        /// How many rows of pixels there are.
        public var height: Int
        /// How many channels there are.
        public var channels: Int

        /// A size and a number of channels.
        public init(width: Int, height: Int, channels: Int) {
            (self.width, self.height, self.channels) = (width, height, channels)
        }
    }

    /// What the set is called.
    public let name: String
    /// What the pictures were brought to.
    public let form: Form
    /// How many of the pictures are training pictures; the others follow them.
    public let trainingCount: Int
    private let caches: [PictureCache]

    /// The pictures of caches, the first of which holds the training pictures.
    init(_ name: String, _ caches: [PictureCache]) {
        (self.name, self.caches) = (name, caches)
        trainingCount = caches[0].count
        form = Form(
            width: caches[0].width,
            height: caches[0].height,
            channels: caches[0].channels
        )
    }

    /// Opens a data set by its name, or a folder or zip file of pictures by its path.
    ///
    /// - Parameters:
    ///   - name: A set's name or a path.
    ///   - path: Where a named set lies; the known places by default.
    ///   - form: What the pictures are brought to.
    ///   - fit: How pictures of another shape are made to fit.
    ///   - trained: The part that was trained on; the other is what was held out.
    ///   - notice: Told what a person should know.
    /// - Throws: What is wrong with the data.
    public convenience init(
        _ name: String,
        path: String? = nil,
        as form: Form,
        fit: PictureFit = .cover,
        trained: Split = .train,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        let isName = DatasetName(rawValue: name) != nil
        let notice = OnceTold(notice)
        let caches = try [trained, trained == .train ? .test : .train].compactMap {
            split -> PictureCache? in
            let source = try DatasetCatalog().open(
                isName ? name : "",
                path: isName ? path : name,
                split: split,
                pixels: max(form.width, form.height)
            )
            // Small folders have nothing to hold out.
            guard source.count > 0 || split == trained else { return nil }
            return try PictureCache.open(
                source,
                options: CacheOptions(
                    width: form.width,
                    height: form.height,
                    channels: form.channels,
                    fit: fit,
                    damage: .skip
                ),
                folder: CacheFolder.pictures(),
                notice: notice.tell
            )
        }
        self.init(name, caches)
    }

    /// How many pictures there are.
    public var count: Int { caches.reduce(0) { $0 + $1.count } }

    /// The names of classes; none where there are none.
    public var classNames: [String] { caches[0].classNames }

    /// The class of each picture, −1 for none.
    public var labels: [Int] { caches.flatMap(\.labels) }

    /// What tells these pictures from all others.
    var key: String { caches.map(\.contents).joined(separator: "+") }

    /// Each picture's class as a model numbers it; 0 where the model has none of that name.
    func labels(for model: GeneratorModel) -> [Int] {
        let names = model.description.classNames
        let numbers = classNames.map { names.firstIndex(of: $0) ?? 0 }
        return labels.map { numbers.indices.contains($0) ? numbers[$0] : 0 }
    }

    /// What is known of a picture.
    func record(at place: Int) throws -> ExampleRecord {
        place < trainingCount
            ? try caches[0].record(at: place) : try caches[1].record(at: place - trainingCount)
    }

    /// What is known of all pictures.
    func records() throws -> [ExampleRecord] { try (0..<count).map(record) }

    /// Pictures by their places.
    ///
    /// Shape: N×C×H×W, −1 … 1.
    func pictures(_ places: [Int]) -> Tensor {
        Tensor.concatenated(
            places.map { place in
                place < trainingCount
                    ? caches[0].batch([place]).tensor()
                    : caches[1].batch([place - trainingCount]).tensor()
            }
        )
    }
}
