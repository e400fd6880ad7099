import Autoregressive
import Datasets
import Files
import Foundation
import Torch
import Weights

extension InstalledModels {
    /// What a smaller form of a model keeps its heavy weights in.
    public enum SmallForm: String, Sendable, CaseIterable {
        /// Whole numbers of 8 bits, with a scale for each output.
        case int8
        /// Whole numbers of 4 bits, with a scale and a smallest weight for each 64 inputs; the head in 8.
        case int4

        var precision: JanusPrecision { self == .int8 ? .int8 : .int4 }
    }

    /// Makes a form of a published model that needs less memory, in a folder beside the other models.
    ///
    /// It has all that drawing needs; the model that it is made of may be removed. The folder appears whole or not at all.
    ///
    /// - Parameters:
    ///   - name: A model that was added.
    ///   - form: What its heavy weights become.
    ///   - newName: What the form is called; the model's name and the precision by default.
    ///   - replaces: Whether a model of that name is replaced.
    ///   - tell: Told how many of how many tensors are done.
    /// - Returns: The new model.
    /// - Throws: `GenerationError` for the names, what reading and writing throw.
    public func quantise(
        _ name: String,
        to form: SmallForm,
        as newName: String? = nil,
        replaces: Bool = false,
        tell: (Int, Int) -> Void = { _, _ in }
    ) throws -> Entry {
        _ = try entry(name)
        guard let place = place(of: name), PublishedFolder.isOne(place) else {
            throw GenerationError.notPublished(name: name)
        }
        let precision = form.precision
        let newName = newName ?? "\(name)-\(form.rawValue)"
        let published = try PublishedFolder(place.resolvingSymlinksInPath())
        guard try PublishedKind(published) == .janus else {
            throw GenerationError.notPublished(name: name)
        }
        let weights = try PublishedModel.janus(published)
        let (outlines, make) = try weights.packed(precision, read: published.tensor)
        let source = PublishedModel.digest(try published.files.map { try XXHash64.digits(of: $0) })
        if !replaces, let old = self.place(of: newName), let found = quantised(at: old),
            (found.source, found.precision) == (source, precision)
        {
            return try entry(newName)
        }
        try checkFree(newName, replaces)
        AtomicFile.removeTemporaries(in: folder, of: newName)
        let draft = AtomicFile.temporary(for: link(newName))
        do {
            try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
            let file = draft.appending(path: "model.safetensors")
            var done = 0
            try Safetensors.write(outlines, to: file) { name in
                defer {
                    done += 1
                    tell(done, outlines.count)
                }
                return try make(name)
            }
            let facts = QuantisedModel(
                precision: precision,
                source: source,
                digest: PublishedModel.digest([try XXHash64.digits(of: file)])
            )
            try AtomicFile.write(
                facts.added(to: published.configuration),
                to: draft.appending(path: "config.json")
            )
            try AtomicFile.write(
                published.text("tokenizer.json"),
                to: draft.appending(path: "tokenizer.json")
            )
            if self.place(of: newName) != nil { _ = try remove(newName) }
            try AtomicFile.rename(draft, to: link(newName))
        } catch {
            try? FileManager.default.removeItem(at: draft)
            throw error
        }
        return try entry(newName)
    }

    /// What a model's folder says of its weights; nothing for one as it was published.
    func quantised(at place: URL) -> QuantisedModel? {
        (try? Data(contentsOf: place.appending(path: "config.json"))).flatMap(QuantisedModel.init)
    }

    /// About how many bytes of memory drawing takes.
    ///
    /// - Parameter name: A model that was added.
    /// - Returns: For one picture and for four, as it is and, of a model as it was published, in the smaller forms;
    ///   nothing for models that take little.
    /// - Throws: What reading throws.
    public func memory(of name: String) throws -> [MemoryNeed]? {
        guard let place = place(of: name), PublishedFolder.isOne(place) else { return nil }
        let published = try PublishedFolder(place)
        let kind = try PublishedKind(published)
        if kind == .amused {
            let isShort = PublishedModel.isShort(published)
            let needed = try PublishedModel.amused(published).memory(isShort: isShort)
            // Pictures are drawn one after the other.
            return [MemoryNeed(precision: isShort ? "bf16" : "f32", one: needed, four: needed)]
        }
        guard kind == .janus else { return nil }
        let weights = try PublishedModel.janus(published)
        let isShort = PublishedModel.isShort(published)
        let own = weights.settings.precision
        let forms = own == .published ? JanusPrecision.allCases : [own]
        return forms.map {
            MemoryNeed(
                precision: $0.rawValue,
                one: weights.memory($0, pictures: 1, isShort: isShort),
                four: weights.memory($0, pictures: 4, isShort: isShort)
            )
        }
    }

    /// What drawing needs.
    public struct MemoryNeed: Codable, Sendable, Equatable {
        /// The form of the weights.
        public let precision: String
        /// Bytes for one picture.
        public let one: Int
        /// Bytes for four at a time.
        public let four: Int
    }
}
