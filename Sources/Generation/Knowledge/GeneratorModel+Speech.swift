import Datasets

extension GeneratorModel {
    /// What can be said to the model.
    public struct SayableTexts: Sendable {
        /// What its training pictures are called.
        public var texts: [String] = []
        /// Words that it knows, in texts or not.
        public var words: [String] = []
        /// The names of its classes, where it is asked with classes.
        public var names: [String] = []
        /// Words between others that people say.
        public var helpers: [String] = []
    }

    /// The most training pictures whose captions are looked at.
    private static let mostCaptions = 30_000

    /// What can be said to the model: its own words, and where its training set is at hand the captions that show how
    /// they follow one another.
    ///
    /// - Parameter notice: Told what a person should know.
    /// - Returns: Texts and words, or names.
    public func sayableTexts(
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) -> SayableTexts {
        guard let words = description.text?.words else {
            return SayableTexts(names: description.classNames)
        }
        return SayableTexts(texts: captions(notice), words: words, helpers: Self.small.sorted())
    }

    /// Names and keywords of training pictures, evenly from all of them; empty where the set is not at hand.
    private func captions(_ notice: @escaping @Sendable (String) -> Void) -> [String] {
        let side = max(size.width, size.height)
        do {
            guard !description.set.isEmpty else { return [] }
            let source = try DatasetCatalog().open(
                description.set,
                path: nil,
                split: .train,
                pixels: side
            )
            let step = max(1, source.count / Self.mostCaptions)
            return stride(from: 0, to: source.count, by: step).flatMap { index in
                source.record(at: index).captions.flatMap { [$0.text] + $0.keywords }
            }
        } catch {
            notice(
                "words are recognised without the set '\(description.set)', so less well: \(error)"
            )
            return []
        }
    }
}
