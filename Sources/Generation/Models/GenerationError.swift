import Settings

/// Why nothing can be drawn, with what to do about it.
public enum GenerationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No such file or folder.
    case missing(path: String)
    /// A bundled model whose file is not there.
    case notBundled(file: String, folder: String)
    /// A name under which no model was added.
    case notInstalled(name: String)
    /// What cannot be the name of a model.
    case badModelName(name: String)
    /// A name that a model has already.
    case modelExists(name: String, folder: String)
    /// A run's folder before its first snapshot.
    case noSnapshot(folder: String)
    /// A file of updates of weights where a model is asked for.
    case updatesAlone(path: String)
    /// A file with one of the two networks of a model.
    case partOfModel(path: String, part: String)
    /// A file of tensors that describes no model.
    case noModel(path: String)
    /// A file or folder without updates of weights.
    case noUpdates(path: String)
    /// Updates of weights that a model does not have.
    case otherLayers(path: String, layer: String)
    /// A folder of a published model that is not known here.
    case otherModel(path: String, kind: String)
    /// A model that needs more memory than there is.
    case littleMemory(path: String, needed: Int, available: Int, cure: String)
    /// A quantised model whose file is not as it was written.
    case damagedModel(path: String)
    /// What is no published model that could be quantised.
    case notPublished(name: String)
    /// More words than a model takes.
    case longText(pieces: Int, limit: Int)
    /// A family that this version does not know.
    case unknownFamily(String, path: String)
    /// A description that this version cannot read.
    case otherVersion(path: String, problem: String)
    /// A class that the model does not have.
    case unknownClass(String, known: [String])
    /// What a model cannot do.
    case lacks(ModelCapability, model: String)
    /// A choice among drawings where no discriminator lies beside the network.
    case noCritic(path: String)
    /// Several wishes asked of a model that draws one class at a time.
    case oneClass(model: String)
    /// A picture whose file does not say how it was drawn.
    case noRecord(picture: String)
    /// A model that does not say what it learned from.
    case noData(model: String)
    /// Words asked of a model that has none.
    case noWords(model: String)
    /// A layer that the model does not have.
    case noLayer(Int, count: Int)
    /// An edit that the model cannot make.
    case noEditing(String, model: String)
    /// A repair asked of a model that makes none of its kind.
    case noRepair(String, model: String)
    /// A model that translates no pictures.
    case noTranslation(model: String)
    /// A model that translates in one direction alone.
    case noWayBack(model: String)
    /// A number of times that a network cannot enlarge by.
    case otherFactor(Int, expected: String, model: String)
    /// A picture that is, or would become, too large.
    case tooLarge(picture: String, side: Int, limit: Int)
    /// Margins that are very large beside their picture.
    case wideMargins(picture: String, limit: Int)
    /// A picture that is far longer than wide.
    case longStrip(picture: String, width: Int, height: Int, limit: Int)
    /// A mask of another size than its picture.
    case otherMask(picture: String, expected: String, found: String)
    /// A mask that hides nothing.
    case emptyMask(picture: String)
    /// A mask is no picture.
    case badMask(reason: String)
    /// A picture that was edited, not drawn, and needs the pictures it was made from.
    case edited(picture: String, Edit)
    /// A picture drawn by other weights.
    case otherWeights(picture: String, wanted: String, model: String, file: String, found: String)
    /// A picture that another upscaler made larger.
    case otherUpscaler(picture: String, wanted: String, found: String)
    /// Layers that a network does not have.
    case noLayers(ClosedRange<Int>, count: Int, model: String)
    /// A class asked of a model that knows none.
    case noClasses(model: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .missing(let path):
            "\(path): there is no such file or folder. Name a run's folder or a"
                + " network-snapshot file."
        case .notInstalled(let name):
            "No model '\(name)' was added. 'atelier models list' shows those that were."
        case .badModelName(let name):
            "'\(name)' cannot be a model's name: expected 1 to 64 letters, digits, '.', '-' or '_', the first no '.',"
                + " and no bundled model's name. Give another with --name."
        case .modelExists(let name, let folder):
            "There is a model '\(name)' in \(folder) already. Give another name with --name, or replace it with"
                + " --replace."
        case .notBundled(let file, let folder):
            "\(file), which comes with atelier, is not in \(folder). Install atelier again, or name a"
                + " model with --model."
        case .noSnapshot(let folder):
            "\(folder) has no network-snapshot yet. Train for longer, or name another run."
        case .noModel(let path):
            "\(path) holds tensors but does not say of which network. Name a network-snapshot"
                + " file of a run."
        case .partOfModel(let path, let part):
            "\(path) holds a \(part) alone, which draws nothing without its other half. Add both as one model:"
                + " atelier models add TRANSFORMER --tokenizer TOKENIZER --name NAME."
        case .updatesAlone(let path):
            "\(path) holds updates of a model's weights and no model. Add them to the model that they were learned with:"
                + " --lora \(path), or --lora and a name in the prompt."
        case .noUpdates(let path):
            "\(path) has no updates of weights. Name a low-rank file of a run with start.low-rank, or that run's folder."
        case .otherLayers(let path, let layer):
            "\(path) updates the layer \(layer), which this model has not, or of another size. Name the model that the"
                + " run began with, with --model."
        case .otherModel(let path, let kind):
            "\(path) is a model of the type '\(kind)', which is not known here: expected Janus"
                + " (janus, multi_modality), BigGAN-deep (attention_layer_position in config.json), or aMUSEd"
                + " (AmusedPipeline in model_index.json). See docs/models.md."
        case .littleMemory(let path, let needed, let available, let cure):
            "\(path) needs \(needed.gigabytes) of memory for a picture, and \(available.gigabytes) are free. \(cure)"
        case .damagedModel(let path):
            "\(path): its weights are not as they were written. Make it again with 'atelier models quantise', or remove"
                + " it."
        case .notPublished(let name):
            "'\(name)' is no published model that can be quantised or timed. 'atelier models list' shows which are: 'janus'"
                + " can be both, 'amused' timed."
        case .longText(let pieces, let limit):
            "the prompt has \(pieces) pieces, expected \(limit) at most. Shorten it."
        case .unknownFamily(let family, let path):
            "\(path) is of the family '\(family)', which is not known here. Draw with the version that"
                + " wrote it."
        case .otherVersion(let path, let problem):
            "\(path) was written by another version: \(problem). Draw with the version that wrote"
                + " it."
        case .unknownClass(let name, let known):
            known.count <= 40
                ? "the model has no class '\(name)'; it has \(known.joined(separator: ", "))."
                : "the model has no class '\(name)' among its \(known.count)"
                    + (EditDistance.nearest(to: name, among: known).map { "; is '\($0)' meant?" }
                        ?? ".")
                    + " Name one, or give its number from 0 to \(known.count - 1); 'atelier models show NAME --classes' lists them."
        case .lacks(let capability, let model): capability.refusal(of: model)
        case .noCritic(let path):
            "\(path): the discriminator, which chooses among drawings, is not beside the network."
                + " Leave the quality at 1, or copy that file of the run to there."
        case .oneClass(let model):
            "the model '\(model)' draws one class at a time. Ask for one, without weights and"
                + " without --no."
        case .noRecord(let picture):
            "\(picture) does not say how it was drawn. Name a picture that atelier drew and nothing"
                + " else has written since."
        case .noData(let model):
            "the model '\(model)' does not say which data set it learned from, so nothing can be compared"
                + " with it. Use a model that atelier trained."
        case .noWords(let model):
            "the model '\(model)' knows no words. Use one that is asked with words, such as \(BundledModel.usual.name)."
        case .noEditing(let act, let model):
            "the model '\(model)' cannot \(act): it does not take codes of given pictures. Use one that does, such as"
                + " \(BundledModel.usual.name)."
        case .noLayer(let layer, let count):
            "there is no layer \(layer): the model has \(count), from 0 on."
        case .noRepair(let act, let model):
            "the model '\(model)' cannot \(act). Leave --model out, or name a run of the recipe"
                + " '\(act)'."
        case .noTranslation(let model):
            "the model '\(model)' translates no pictures. Name a run of the family 'translation' with --model."
        case .noWayBack(let model):
            "the model '\(model)' was trained on pairs and translates in one direction alone. Leave --backwards out,"
                + " or train one with model.mode: cycle."
        case .otherFactor(let times, let expected, let model):
            "the model '\(model)' makes pictures \(expected) times as large, found \(times)."
        case .tooLarge(let picture, let side, let limit):
            "\(picture) has, or would get, a side of \(side) pixels, expected \(limit) at most. Make it"
                + " smaller first."
        case .wideMargins(let picture, let limit):
            "the margins of \(picture) are too wide: expected \(limit) pixels at most from side to side."
                + " Go on in several steps."
        case .longStrip(let picture, let width, let height, let limit):
            "\(picture) has \(width)×\(height) pixels, expected a longer side of \(limit) times the shorter one at most:"
                + " what lies beside it is drawn in squares of the shorter one. Cut it into pieces."
        case .otherMask(let picture, let expected, let found):
            "the mask of \(picture) has \(found) pixels, expected \(expected). Make it as large as the"
                + " picture."
        case .badMask(let reason): "the mask is no picture: \(reason)"
        case .emptyMask(let picture):
            "the mask of \(picture) hides nothing. Make clear, or white, what is to be drawn anew."
        case .edited(let picture, let edit):
            "\(picture) was made by 'atelier \(edit.name)'"
                + (edit.pictures.isEmpty ? "" : " from \(edit.pictures.joined(separator: ", "))")
                + ". Do that again"
                + (edit.drawsByChance ? " with the seed that 'atelier info' shows." : ".")
        case .otherWeights(let picture, let wanted, let model, let file, let found):
            "\(picture) was drawn by the model '\(model)' (\(file)) with weights \(wanted); these are"
                + " \(found). Name the run or file of that model with --model, and what was added to it with --lora."
        case .otherUpscaler(let picture, let wanted, let found):
            "\(picture) was made larger by an upscaler with weights \(wanted); the one that comes with"
                + " atelier is \(found). Draw it with the version that wrote it."
        case .noLayers(let layers, let count, let model):
            "the model '\(model)' has the layers 0 to \(count - 1), found \(layers.lowerBound) to"
                + " \(layers.upperBound)."
        case .noClasses(let model):
            "the model '\(model)' knows no words and no classes, so nothing can be asked for. Leave the"
                + " prompt out, or train a conditional recipe such as digits."
        }
    }
}

extension Int {
    /// Bytes in billions, with one digit behind the point.
    public var gigabytes: String {
        let tenths = (self + 50_000_000) / 100_000_000
        return "\(tenths / 10).\(tenths % 10) GB"
    }
}
